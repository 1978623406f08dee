#include "events/catalog/field_types.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include "events/json/number.hpp"

namespace tenantry::events {
namespace {

Problem problem(std::string detail) {
  return DecodeError{"", std::move(detail)};
}

struct TextMeasure {
  std::uint32_t characters = 0;
  bool has_control = false;
};

bool is_tab_or_line_end(unsigned char byte) {
  return byte == '\t' || byte == '\n' || byte == '\r';
}

enum class Lines { one, many };

// Counts the characters of valid UTF-8 and looks for controls: U+0000 to U+001F, U+007F to U+009F; of a text of many
// lines, for others than tabs and line ends.
TextMeasure measure(std::string_view text, Lines lines = Lines::one) {
  TextMeasure measure;
  for (std::size_t index = 0; index < text.size(); ++index) {
    auto byte = static_cast<unsigned char>(text[index]);
    if ((byte & 0xC0) != 0x80) ++measure.characters;
    bool first_of_c1 = byte == 0xC2 && index + 1 < text.size() && static_cast<unsigned char>(text[index + 1]) < 0xA0;
    if (lines == Lines::many && is_tab_or_line_end(byte)) continue;
    if (byte < 0x20 || byte == 0x7F || first_of_c1) measure.has_control = true;
  }
  return measure;
}

std::string between(std::int64_t minimum, std::int64_t maximum) {
  return "between " + std::to_string(minimum) + " and " + std::to_string(maximum);
}

// Limits of an int where the declaration sets none.
std::int64_t int_minimum(const Limits& limits) {
  return std::max<std::int64_t>(limits.minimum, std::numeric_limits<int>::min());
}
std::int64_t int_maximum(const Limits& limits) {
  return std::min<std::int64_t>(limits.maximum, std::numeric_limits<int>::max());
}

// Limits of a Decimal or a Quantity where the declaration sets none: the first whole number that it does not reach.
template <class Number>
std::int64_t exact_minimum(const Limits& limits) {
  return std::max(limits.minimum, -Number::whole_max - 1);
}
template <class Number>
std::int64_t exact_maximum(const Limits& limits) {
  return std::min(limits.maximum, Number::whole_max + 1);
}

template <class Integer>
std::errc parse_digits(std::string_view digits, Integer& out) {
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error == std::errc{} && end != digits.data() + digits.size()) return std::errc::invalid_argument;
  return error;
}

// By value: 31, 31.0 and 3.1e1 are the same whole number.
template <class Integer>
std::errc parse_integer(std::string_view literal, Integer& out) {
  if (literal.find_first_of(".eE") == std::string_view::npos) return parse_digits(literal, out);
  auto number = json::exact_number(literal);
  if (!number || number->exponent < 0) return std::errc::invalid_argument;
  auto digits = json::plain_digits(*number);
  return digits ? parse_digits(*digits, out) : std::errc::result_out_of_range;
}

// By value too: 8.2e1 is 82.
template <class Number>
std::optional<Number> parse_exact(std::string_view literal) {
  if (literal.find_first_of("eE") == std::string_view::npos) return Number::parse(literal);
  auto number = json::exact_number(literal);
  auto digits = number ? json::plain_digits(*number) : std::nullopt;
  return digits ? Number::parse(*digits) : std::nullopt;
}

template <class Number>
Problem parse_exact(std::string_view literal, const Limits& limits, std::string_view what, Number& out) {
  auto value = parse_exact<Number>(literal);
  if (!value) return problem("must be a number with at most " + std::string{what});
  bool too_small = limits.minimum > -Number::whole_max && *value < Number::whole(limits.minimum);
  bool too_large = limits.maximum<Number::whole_max&& * value> Number::whole(limits.maximum);
  if (too_small || too_large) {
    return problem("must be " + between(exact_minimum<Number>(limits), exact_maximum<Number>(limits)));
  }
  out = *value;
  return std::nullopt;
}

template <class Number>
ValueShape exact_shape(ValueShape::Kind kind, const Limits& limits) {
  return {.kind = kind,
          .minimum = std::max(exact_minimum<Number>(limits), limits.judged_minimum),
          .maximum = std::min(exact_maximum<Number>(limits), limits.judged_maximum),
          .above_minimum = limits.judged_above};
}

}  // namespace

Problem check_kind(json::Value value, json::Kind wanted) {
  if (value.kind() == wanted) return std::nullopt;
  return problem("must be " + std::string{json::kind_name(wanted)} + ", not " +
                 std::string{json::kind_name(value.kind())});
}

Problem check_room(const Limits& limits, std::size_t items) {
  if (limits.items_max == 0 || items < limits.items_max) return std::nullopt;
  return problem("must have at most " + std::to_string(limits.items_max) + " items");
}

Problem in_item(std::size_t place, Problem problem) {
  if (problem) problem->field.insert(0, '[' + std::to_string(place) + ']');
  return problem;
}

Problem not_a_choice(const std::vector<std::string_view>& names) {
  std::string detail = "must be one of ";
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (index > 0) detail += ", ";
    detail += names[index];
  }
  return problem(std::move(detail));
}

void throw_unnamed_choice() {
  throw std::logic_error{"an enum value has no name in the catalog"};
}

Problem FieldType<Uuid>::parse(std::string_view text, const Limits&, Uuid& out) {
  auto uuid = Uuid::parse(text);
  if (!uuid) return problem("must be a UUID like 0190a5b4-7c3e-7d2f-8a41-5e6b7c8d9e0f and other than the nil UUID");
  out = *uuid;
  return std::nullopt;
}

void FieldType<Uuid>::write(const Uuid& value, std::string& out) {
  out += '"';
  json::append_uuid(out, value);
  out += '"';
}

bool FieldType<Uuid>::unpack(packing::Cursor& bytes, Uuid& out) {
  std::string_view raw;
  if (!bytes.take_bytes(out.bytes.size(), raw)) return false;
  raw.copy(reinterpret_cast<char*>(out.bytes.data()), raw.size());
  return true;
}

Problem FieldType<std::string>::parse(std::string_view text, const Limits& limits, std::string& out) {
  TextMeasure found = measure(text);
  if (found.has_control) return problem("must have no control characters");
  if (found.characters < limits.characters_min || found.characters > limits.characters_max) {
    return problem("must have " + between(limits.characters_min, limits.characters_max) + " characters, not " +
                   std::to_string(found.characters));
  }
  out = text;
  return std::nullopt;
}

bool FieldType<std::string>::unpack(packing::Cursor& bytes, std::string& out) {
  std::string_view text;
  if (!bytes.take_text(text)) return false;
  out = text;
  return true;
}

ValueShape FieldType<std::string>::shape(const Limits& limits) {
  return {.kind = ValueShape::Kind::text,
          .characters_min = limits.characters_min,
          .characters_max = limits.characters_max,
          .pattern = limits.judged_pattern};
}

Problem FieldType<LongText>::parse(std::string_view text, const Limits& limits, LongText& out) {
  if (measure(text, Lines::many).has_control) return problem("must have no control characters but tab and line ends");
  if (text.size() < limits.bytes_min || text.size() > limits.bytes_max) {
    return problem("must have " + between(limits.bytes_min, limits.bytes_max) + " bytes as UTF-8, not " +
                   std::to_string(text.size()));
  }
  out.text = text;
  return std::nullopt;
}

bool FieldType<LongText>::unpack(packing::Cursor& bytes, LongText& out) {
  return FieldType<std::string>::unpack(bytes, out.text);
}

// A character has one to four bytes: how many there may be follows from that.
ValueShape FieldType<LongText>::shape(const Limits& limits) {
  return {.kind = ValueShape::Kind::long_text,
          .characters_min = (limits.bytes_min + 3) / 4,
          .characters_max = limits.bytes_max,
          .bytes_max = limits.bytes_max};
}

Problem FieldType<bool>::parse(std::string_view literal, const Limits&, bool& out) {
  if (literal != "true" && literal != "false") return problem("must be true or false");
  out = literal == "true";
  return std::nullopt;
}

Problem FieldType<int>::parse(std::string_view literal, const Limits& limits, int& out) {
  std::int64_t value = 0;
  std::errc error = parse_integer(literal, value);
  if (error == std::errc::invalid_argument) return problem("must be a whole number");
  if (error != std::errc{} || value < int_minimum(limits) || value > int_maximum(limits)) {
    return problem("must be " + between(int_minimum(limits), int_maximum(limits)));
  }
  out = static_cast<int>(value);
  return std::nullopt;
}

bool FieldType<int>::unpack(packing::Cursor& bytes, int& out) {
  std::int64_t value = 0;
  if (!bytes.take_signed(value) || value != static_cast<int>(value)) return false;
  out = static_cast<int>(value);
  return true;
}

ValueShape FieldType<int>::shape(const Limits& limits) {
  return {.kind = ValueShape::Kind::integer,
          .minimum = std::max(int_minimum(limits), limits.judged_minimum),
          .maximum = std::min(int_maximum(limits), limits.judged_maximum)};
}

Problem FieldType<std::uint64_t>::parse(std::string_view literal, const Limits&, std::uint64_t& out) {
  std::uint64_t value = 0;
  if (parse_integer(literal, value) != std::errc{}) return problem("must be a whole number from 0 to 2^64 - 1");
  out = value;
  return std::nullopt;
}

ValueShape FieldType<std::uint64_t>::shape(const Limits&) {
  return {.kind = ValueShape::Kind::integer, .minimum = 0, .maximum = std::numeric_limits<std::int64_t>::max()};
}

Problem FieldType<Date>::parse(std::string_view text, const Limits&, Date& out) {
  auto date = Date::parse(text);
  if (!date) return problem("must be a date like 2014-10-01, from 1900 to 2999");
  out = *date;
  return std::nullopt;
}

void FieldType<Date>::write(const Date& value, std::string& out) {
  out += '"';
  out += value.text();
  out += '"';
}

void FieldType<Date>::pack(const Date& value, std::string& out) {
  packing::append_signed(out, value.day.time_since_epoch().count());
}

bool FieldType<Date>::unpack(packing::Cursor& bytes, Date& out) {
  int days = 0;
  if (!FieldType<int>::unpack(bytes, days)) return false;
  out.day = std::chrono::sys_days{std::chrono::days{days}};
  return true;
}

Problem FieldType<Instant>::parse(std::string_view text, const Limits&, Instant& out) {
  auto instant = Instant::parse(text);
  if (!instant) return problem("must be a moment like 2014-10-01T09:30:00Z (RFC 3339)");
  out = *instant;
  return std::nullopt;
}

void FieldType<Instant>::write(const Instant& value, std::string& out) {
  out += '"';
  out += value.text();
  out += '"';
}

Problem FieldType<Decimal>::parse(std::string_view literal, const Limits& limits, Decimal& out) {
  return parse_exact(literal, limits, "two decimal places and nine digits before them", out);
}

ValueShape FieldType<Decimal>::shape(const Limits& limits) {
  return exact_shape<Decimal>(ValueShape::Kind::decimal, limits);
}

Problem FieldType<Quantity>::parse(std::string_view literal, const Limits& limits, Quantity& out) {
  return parse_exact(literal, limits, "six decimal places and twelve digits before them", out);
}

bool FieldType<Quantity>::unpack(packing::Cursor& bytes, Quantity& out) {
  std::int64_t millionths = 0;
  if (!bytes.take_signed(millionths)) return false;
  if (millionths < -Quantity::millionths_max || millionths > Quantity::millionths_max) return false;
  out = Quantity{millionths};
  return true;
}

ValueShape FieldType<Quantity>::shape(const Limits& limits) {
  return exact_shape<Quantity>(ValueShape::Kind::quantity, limits);
}

bool FieldType<Metadata>::unpack(packing::Cursor& bytes, Metadata& out) {
  return FieldType<std::string>::unpack(bytes, out.json);
}

}  // namespace tenantry::events
