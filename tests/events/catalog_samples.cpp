#include "tests/events/catalog_samples.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "events/json/writer.hpp"

namespace tenantry::test {
namespace {

using events::Field;
using events::Fields;
using events::Limits;
using events::ValueShape;
namespace json = events::json;

constexpr std::int64_t hundredths_max = 99'999'999'999;  // of a Decimal

bool one_in(Random& random, std::uint64_t count) {
  return up_to(random, count - 1) == 0;
}

// Any of the numbers, and often the first or the last.
std::int64_t between(Random& random, std::int64_t minimum, std::int64_t maximum) {
  if (one_in(random, 6)) return one_in(random, 2) ? minimum : maximum;
  return std::uniform_int_distribution<std::int64_t>{minimum, maximum}(random);
}

Uuid uuid(Random& random) {
  Uuid uuid;
  for (auto& byte : uuid.bytes) byte = static_cast<std::uint8_t>(up_to(random, 255));
  uuid.bytes[0] |= 1;  // never nil
  return uuid;
}

// Of one to four bytes a character, and those that JSON escapes.
std::string text(Random& random, const ValueShape& shape) {
  static const std::string_view characters[] = {"a", "Z", "9", " ", "\"", "\\", "/", "\u00e9", "\u20ac", "\U0001F600"};
  std::uint32_t longest = std::min(shape.characters_max, std::max(shape.characters_min + 30, 300u));
  std::uint32_t shown = std::min(longest, shape.characters_min + 30);
  auto count = one_in(random, 20) ? longest : between(random, shape.characters_min, shown);
  std::string text;
  for (; count > 0; --count) text += characters[up_to(random, std::size(characters) - 1)];
  return text;
}

void append_integer(Random& random, const ValueShape& shape, std::string& out) {
  bool is_unsigned = shape.minimum == 0 && shape.maximum == std::numeric_limits<std::int64_t>::max();
  if (!is_unsigned) return json::append_integer(out, between(random, shape.minimum, shape.maximum));
  constexpr auto largest = std::numeric_limits<std::uint64_t>::max();
  json::append_integer(out, one_in(random, 6) ? largest : up_to(random, largest));
}

Decimal decimal(Random& random, const ValueShape& shape) {
  return {
      between(random, std::max(shape.minimum * 100, -hundredths_max), std::min(shape.maximum * 100, hundredths_max))};
}

Quantity quantity(Random& random, const ValueShape& shape) {
  auto millionths = [](std::int64_t whole) {
    return std::clamp(whole, -Quantity::whole_max - 1, Quantity::whole_max + 1) * 1'000'000;
  };
  return {between(random, std::max(millionths(shape.minimum), -Quantity::millionths_max),
                  std::min(millionths(shape.maximum), Quantity::millionths_max))};
}

std::string long_text(Random& random, const ValueShape& shape) {
  static const std::string_view characters[] = {"a",  "9",  " ",      "\n",     "\r",
                                                "\t", "\"", "\u00e9", "\u20ac", "\U0001F600"};
  auto longest = one_in(random, 20) ? shape.bytes_max : std::min(shape.bytes_max, 4 * shape.characters_min + 100);
  std::string text(4 * shape.characters_min, 'b');
  text.resize(std::min<std::size_t>(text.size(), longest));
  while (text.size() + 4 <= longest && !one_in(random, 200)) {
    text += characters[up_to(random, std::size(characters) - 1)];
  }
  return text;
}

Date date(Random& random) {
  static const Date first = Date::parse("1900-01-01").value();
  static const auto days = (Date::parse("2999-12-31").value().day - first.day).count();
  return first.plus_days(static_cast<int>(between(random, 0, days)));
}

std::string_view metadata(Random& random) {
  return one_in(random, 2) ? "{}" : R"({"a":[1,2.50,null,"x\n"],"b":{"c":true}})";
}

void append_record(Random& random, const ValueShape& shape, std::string& out);
void append_records(Random& random, const ValueShape& shape, std::string& out);

// The JSON of a value of this shape.
void append_value(Random& random, const ValueShape& shape, std::string& out) {
  using Kind = ValueShape::Kind;
  switch (shape.kind) {
    case Kind::uuid:
      return json::append_text(out, uuid(random).text());
    case Kind::text:
      return json::append_text(out, text(random, shape));
    case Kind::long_text:
      return json::append_text(out, long_text(random, shape));
    case Kind::boolean:
      return json::append_boolean(out, one_in(random, 2));
    case Kind::integer:
      return append_integer(random, shape, out);
    case Kind::date:
      return json::append_text(out, date(random).text());
    case Kind::instant:
      return json::append_text(out, Instant{between(random, 0, 4'000'000'000'000)}.text());
    case Kind::decimal:
      out += decimal(random, shape).text();
      return;
    case Kind::quantity:
      out += quantity(random, shape).text();
      return;
    case Kind::choice:
      return json::append_text(out, shape.choices.at(up_to(random, shape.choices.size() - 1)));
    case Kind::metadata:
      out += metadata(random);
      return;
    case Kind::record:
      return append_record(random, shape, out);
    case Kind::records:
      return append_records(random, shape, out);
  }
  throw std::logic_error("a field has a shape that there is no sample of");
}

// What is empty is left out.
void append_record(Random& random, const ValueShape& shape, std::string& out) {
  json::ObjectWriter writer{out};
  for (const events::FieldDescription& field : shape.fields) {
    if (!field.shape.nullable || !one_in(random, 3)) append_value(random, field.shape, writer.key(field.name));
  }
}

void append_records(Random& random, const ValueShape& shape, std::string& out) {
  std::uint64_t longest = shape.items_max == 0 ? 5 : shape.items_max;
  std::uint64_t count = one_in(random, 6) ? longest : up_to(random, std::min<std::uint64_t>(longest, 3));
  out += '[';
  for (std::uint64_t place = 0; place < count; ++place) {
    if (place > 0) out += ',';
    append_record(random, shape, out);
  }
  out += ']';
}

// The limits that decoding holds to; what rules judge is not looked at.
ValueShape decoded_shape(const Field& field) {
  Limits limits = field.limits;
  const Limits none;
  limits.judged_minimum = none.judged_minimum;
  limits.judged_maximum = none.judged_maximum;
  limits.judged_above = none.judged_above;
  return field.type->shape(limits);
}

// Of an optional: whether null is a value to it, and not the same as being left out.
bool keeps_null(const Field& field, const ValueKind& kind) {
  if (field.is_kept) return false;
  json::Document document;
  Value owner = Value::of_kind(kind);
  REQUIRE_FALSE(field.type->read(document.parse("null").value(), field.limits, field.in(owner.data())));
  return !field.type->is_empty(field.in(owner.data()));
}

}  // namespace

std::uint64_t up_to(Random& random, std::uint64_t maximum) {
  return std::uniform_int_distribution<std::uint64_t>{0, maximum}(random);
}

Sample sample(Random& random, const ValueKind& kind, Fields fields) {
  Sample sample{{}, Value::of_kind(kind)};
  {
    json::ObjectWriter writer{sample.json};
    for (const Field& field : fields) {
      bool is_optional = field.type->is_optional;
      if (is_optional && one_in(random, 3)) continue;
      std::string& out = writer.key(field.name);
      if (is_optional && one_in(random, 3) && keeps_null(field, kind)) {
        out += "null";
      } else {
        append_value(random, decoded_shape(field), out);
      }
    }
  }
  INFO(sample.json);
  auto problem = events::decode(fields, sample.json, events::Limited::yes, sample.value.data());
  INFO((problem ? problem->field + ' ' + problem->detail : ""));
  REQUIRE_FALSE(problem);
  return sample;
}

std::vector<const events::Type*> all_types() {
  std::vector<const events::Type*> types;
  for (const events::Catalog* catalog : events::catalogs()) {
    for (const auto& type : catalog->commands) types.push_back(&type);
    for (const auto& type : catalog->events) types.push_back(&type);
    for (const auto& type : catalog->entities) types.push_back(&type);
  }
  return types;
}

std::string packed(Fields fields, const Value& value) {
  std::string bytes;
  events::pack(fields, value.data(), bytes);
  return bytes;
}

std::string encoded(Fields fields, const Value& value) {
  std::string json;
  events::encode(fields, value.data(), json);
  return json;
}

}  // namespace tenantry::test
