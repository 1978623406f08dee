// Forms: application/x-www-form-urlencoded, as it comes in bodies and in the query of a URI, read strictly; parameters
// added to a URI.
//
// parse() takes fields of "name=value" with '&' between; '+' is a space; a field without '=' has an empty value, and
// empty fields ("a=1&&b=2") are passed over. It refuses, naming the field: a name given twice (RFC 6749 sections 3.1
// and 3.2), a malformed percent escape, what is not UTF-8 after decoding, control characters (U+0000 to U+001F, U+007F;
// none of the parameters read here may hold any), an empty name, more than the limits below. What was refused is never
// repeated in a fault but for its name, and that only if it is short printable ASCII. A parameter that is sent without
// a value is as if it were not there (RFC 6749 section 3.1), so find() does not answer it; two empty ones of one name
// are still one too many.
//
// Encoded is everything but the unreserved characters of RFC 3986, a space as %20, which every reader of forms takes.
// Plain values and pure functions; any thread.
#pragma once

#include <cstddef>
#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenantry::api::oauth {

inline constexpr std::size_t form_bytes_max = 16 * 1024;
inline constexpr std::size_t form_fields_max = 64;
inline constexpr std::size_t form_name_bytes_max = 128;
inline constexpr std::size_t form_value_bytes_max = 4 * 1024;  // decoded

struct FormFault {
  std::string field;   // empty: the whole, or one whose name cannot be shown
  std::string detail;  // a sentence's end: "is given twice"

  bool operator==(const FormFault&) const = default;
};

class Form {
 public:
  static std::expected<Form, FormFault> parse(std::string_view text);

  // Lives as long as the form. Never empty.
  std::optional<std::string_view> find(std::string_view name) const;
  // Whether the name is there at all, with a value or without.
  bool names(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

using Parameter = std::pair<std::string_view, std::string_view>;

// "a=1&b=x%20y". Parameters without a value are left out.
std::string encode_form(std::initializer_list<Parameter> parameters);
// The URI, which has no fragment, with these added to whatever query it has.
std::string append_query(std::string_view uri, std::initializer_list<Parameter> parameters);

}  // namespace tenantry::api::oauth
