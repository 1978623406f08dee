// The one file of this layer that sees a library: Unicode's tables of composition are not for writing by hand.
#include "domain/kernel/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <vector>

namespace tenantry {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The property White_Space, PropList.txt of Unicode 15; its stability policy lets no character leave it.
constexpr auto white_space = std::to_array<Range>({{0x0009, 0x000D},
                                                   {0x0020, 0x0020},
                                                   {0x0085, 0x0085},
                                                   {0x00A0, 0x00A0},
                                                   {0x1680, 0x1680},
                                                   {0x2000, 0x200A},
                                                   {0x2028, 0x2029},
                                                   {0x202F, 0x202F},
                                                   {0x205F, 0x205F},
                                                   {0x3000, 0x3000}});

// Of the property Default_Ignorable_Code_Point what is not assigned yet, which the library does not tell:
// DerivedCoreProperties.txt of Unicode 15.
constexpr auto reserved_ignorable = std::to_array<Range>({{0x2065, 0x2065}, {0xFFF0, 0xFFF8}, {0xE0000, 0xE0FFF}});

// The format characters that are seen: the property Prepended_Concatenation_Mark, PropList.txt of Unicode 15.
constexpr auto visible_format = std::to_array<Range>({{0x0600, 0x0605},
                                                      {0x06DD, 0x06DD},
                                                      {0x070F, 0x070F},
                                                      {0x0890, 0x0891},
                                                      {0x08E2, 0x08E2},
                                                      {0x110BD, 0x110BD},
                                                      {0x110CD, 0x110CD}});

constexpr auto joining = std::to_array<Range>({{0x034F, 0x034F}, {0x180E, 0x180E}, {0x200C, 0x200D}});

// Variation selectors, Mongolian ones among them, and tags: they choose the look of the character before them.
constexpr auto varying = std::to_array<Range>(
    {{0x180B, 0x180D}, {0x180F, 0x180F}, {0xFE00, 0xFE0F}, {0xE0020, 0xE007F}, {0xE0100, 0xE01EF}});

constexpr char32_t first_that_may_compose = 0x0300;  // all before it are in Form C by themselves

bool is_in(const auto& ranges, char32_t character) {
  return std::ranges::any_of(ranges, [&](Range each) { return each.first <= character && character <= each.last; });
}

bool is_white_space(char32_t character) {
  return is_in(white_space, character);
}

bool is_invisible(char32_t character) {
  const auto* properties = utf8proc_get_property(static_cast<utf8proc_int32_t>(character));
  bool is_format = properties->category == UTF8PROC_CATEGORY_CF && !is_in(visible_format, character);
  return is_format || properties->ignorable || is_in(reserved_ignorable, character);
}

bool is_edge(char32_t character) {
  return is_white_space(character) || is_invisible(character);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return static_cast<unsigned char>(each) < 0x80; });
}

constexpr std::string_view ascii_edge = " \t\n\v\f\r";

std::string_view trimmed_ascii(std::string_view text) {
  auto first = text.find_first_not_of(ascii_edge);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(ascii_edge) - first + 1);
}

// In UTF-8 no other character has the bytes of CR and LF.
std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t index = 0; index < text.size(); ++index) {
    bool is_return = text[index] == '\r';
    plain += is_return ? '\n' : text[index];
    if (is_return && text.substr(index + 1).starts_with('\n')) ++index;
  }
  return plain;
}

using Characters = std::vector<char32_t>;

// Nothing if the text is not UTF-8.
std::optional<Characters> characters_of(std::string_view text) {
  Characters characters;
  characters.reserve(text.size());
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t character = 0;
    utf8proc_ssize_t length = utf8proc_iterate(bytes, left, &character);
    if (length <= 0) return std::nullopt;
    characters.push_back(static_cast<char32_t>(character));
    bytes += length;
    left -= length;
  }
  return characters;
}

std::string text_of(std::span<const char32_t> characters) {
  std::string text;
  text.reserve(characters.size() * 2);
  for (char32_t each : characters) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(each), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }
  return text;
}

using Place = Characters::iterator;

// Behind the last character that is seen; the start if there is none.
Place content_end(Characters& characters) {
  auto is_content = [](char32_t each) { return !is_edge(each); };
  return std::find_if(characters.rbegin(), characters.rend(), is_content).base();
}

// Behind what changes the look of the character before `end`.
Place look_end(Characters& characters, Place end) {
  if (end == characters.begin()) return end;
  return std::find_if(end, characters.end(), [](char32_t each) { return !is_in(varying, each); });
}

void trim(Characters& characters, Place end) {
  characters.erase(end, characters.end());
  characters.erase(characters.begin(), std::ranges::find_if(characters, [](char32_t each) { return !is_edge(each); }));
}

void plain_inside(Characters& characters) {
  std::erase_if(characters, [](char32_t each) { return is_invisible(each) && !is_in(joining, each); });
  std::ranges::replace_if(characters, is_white_space, U' ');
}

struct Free {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

std::string composed_run(std::span<const char32_t> characters) {
  std::string text = text_of(characters);
  if (std::ranges::all_of(characters, [](char32_t each) { return each < first_that_may_compose; })) return text;
  utf8proc_uint8_t* bytes = nullptr;
  auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &bytes, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  std::unique_ptr<utf8proc_uint8_t, Free> owner{bytes};
  if (length < 0) throw std::bad_alloc{};  // of valid text nothing else can fail
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

// utf8proc 2.8 swallows U+11A7 after a Hangul syllable that has no final consonant, taking it for the consonant number
// 0 (its place is where Unicode's algorithm begins to count). It composes with nothing, so the text is composed around
// it.
std::string composed(std::span<const char32_t> characters) {
  constexpr char32_t swallowed = 0x11A7;
  std::string text;
  for (auto rest = characters; !rest.empty();) {
    auto run = static_cast<std::size_t>(std::ranges::find(rest, swallowed) - rest.begin());
    text += composed_run(rest.first(run));
    if (run < rest.size()) text += text_of(rest.subspan(run, 1));
    rest = rest.subspan(std::min(run + 1, rest.size()));
  }
  return text;
}

}  // namespace

std::string normalised(std::string_view text) {
  if (is_ascii(text)) return std::string{trimmed_ascii(text)};
  auto characters = characters_of(text);
  if (!characters) return std::string{text};
  trim(*characters, look_end(*characters, content_end(*characters)));
  return composed(*characters);
}

std::string normalised_key(std::string_view text) {
  if (is_ascii(text)) {
    std::string key{trimmed_ascii(text)};
    std::ranges::replace_if(
        key, [](char each) { return is_white_space(static_cast<unsigned char>(each)); }, ' ');
    return key;
  }
  auto characters = characters_of(text);
  if (!characters) return std::string{text};
  trim(*characters, content_end(*characters));
  plain_inside(*characters);
  return composed(*characters);
}

std::string normalised_long(std::string_view text) {
  std::string plain = with_plain_line_ends(text);
  if (is_ascii(plain)) {
    plain.resize(plain.find_last_not_of(ascii_edge) + 1);  // npos + 1 is 0
    return plain;
  }
  auto characters = characters_of(plain);
  if (!characters) return std::string{text};
  characters->erase(look_end(*characters, content_end(*characters)), characters->end());
  return composed(*characters);
}

}  // namespace tenantry
