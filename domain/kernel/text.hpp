// Texts that people type, as they are kept.
//
// normalised() is for what is read (names, titles, reasons): white space and invisible characters are taken from both
// ends, and what is left is brought to Unicode's Normalization Form C, so that an "é" of one character and an "é" of
// two are one text. Inside, everything stays as it was typed; so do variation selectors and tags right behind the last
// character that is seen, since they choose its look (a heart in colour, the flag of Wales). Nothing left means blank.
//
// normalised_key() is for what names one thing (numbers, codes, names of terms, e-mail addresses), where two texts that
// look alike must be one: besides that, each white space inside becomes a plain space, and invisible characters go,
// at the ends all of them, inside all but those that scripts need between letters (U+034F, U+180E, U+200C, U+200D).
//
// normalised_long() is for what is written in several lines (descriptions, lessons): every line end (CR LF, or CR
// alone) becomes LF, the text is brought to Form C, and white space and invisible characters go from its end. At its
// front they stay: the first line may be indented.
//
// White space is Unicode's property White_Space. Invisible are its property Default_Ignorable_Code_Point and its
// general category Cf, but for the format characters that are seen (Prepended_Concatenation_Mark: Arabic signs around
// numbers and the like). Upper and lower case stay and differ; compatibility forms (full-width digits, ligatures) stay
// too. The functions are idempotent. Text that is not UTF-8 comes back as it is: it can equal nothing that is kept.
// `on` normalises; `apply` takes what events hold as it stands, since events from before this rule hold texts as
// they were typed.
//
// Pure functions; any thread. ASCII costs one pass and no call of the library.
#pragma once

#include <string>
#include <string_view>

namespace tenantry {

std::string normalised(std::string_view text);
std::string normalised_key(std::string_view text);
std::string normalised_long(std::string_view text);

}  // namespace tenantry
