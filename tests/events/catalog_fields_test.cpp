// Every type of field: which JSON values it takes and which it refuses, with the field's name.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "domain/roster/entities.hpp"
#include "events/catalog/codec.hpp"
#include "events/json/number.hpp"
#include "tests/events/catalog_samples.hpp"

namespace {

enum class Colour { red, green };

// One field of each type.
struct Everything {
  tenantry::Id<tenantry::roster::Student> id;
  tenantry::Uuid uuid;
  std::string name;
  bool flag = false;
  int count = 0;
  std::uint64_t total = 0;
  tenantry::Date day;
  tenantry::Instant moment;
  tenantry::Decimal weight;
  tenantry::Quantity amount;
  tenantry::LongText lesson;
  Colour colour = Colour::red;
  tenantry::Metadata metadata;
  std::optional<int> maybe;
  std::optional<tenantry::Quantity> rest;
  std::optional<std::optional<tenantry::Date>> nullable;

  bool operator==(const Everything&) const = default;
};

}  // namespace

namespace tenantry::events {

template <>
struct Describe<Colour> {
  static constexpr auto choices = std::array{choice(Colour::red, "red"), choice(Colour::green, "green")};
};

template <>
struct Describe<Everything> {
  using T = Everything;
  static constexpr std::string_view name = "Everything";
  static constexpr std::string_view about = "One field of each type.";
  static constexpr auto fields = std::array{field<&T::id>("id", "an id"),
                                            field<&T::uuid>("uuid", "a UUID"),
                                            field<&T::name>("name", "a name").length(1, 5).personal(),
                                            field<&T::flag>("flag", "a flag").defaulted(),
                                            field<&T::count>("count", "a count").range(1, 100),
                                            field<&T::total>("total", "a total"),
                                            field<&T::day>("day", "a day"),
                                            field<&T::moment>("moment", "a moment"),
                                            field<&T::weight>("weight", "a weight").range(0, 100),
                                            field<&T::amount>("amount", "an amount").range(0, 1000),
                                            field<&T::lesson>("lesson", "a lesson").bytes(1, 40).personal(),
                                            field<&T::colour>("colour", "a colour"),
                                            field<&T::metadata>("metadata", "anything"),
                                            field<&T::maybe>("maybe", "perhaps"),
                                            field<&T::rest>("rest", "what is left of it, if known"),
                                            field<&T::nullable>("nullable", "perhaps, or nothing")};
};

}  // namespace tenantry::events

namespace {

using namespace tenantry;
using namespace tenantry::events;

using JsonMembers = std::vector<std::pair<std::string, std::string>>;

const JsonMembers good{{"id", "\"0190A5B4-7c3e-7d2f-8a41-5e6b7c8d9e0f\""},
                       {"uuid", "\"0190a5b4-7c3e-7d2f-8a41-5e6b7c8d9e0f\""},
                       {"name", "\"Zo\u00eb\""},
                       {"flag", "true"},
                       {"count", "7"},
                       {"total", "18446744073709551615"},
                       {"day", "\"2014-10-01\""},
                       {"moment", "\"2014-10-01T09:30:00.250Z\""},
                       {"weight", "12.5"},
                       {"amount", "0.000250"},
                       {"lesson", "\"  One\\r\\n\\tTwo\\n\""},
                       {"colour", "\"green\""},
                       {"metadata", "{\"b\":1,\"a\":[2]}"}};

std::string object_of(const JsonMembers& members) {
  std::string json = "{";
  for (const auto& [name, value] : members) json += (json.size() > 1 ? ",\"" : "\"") + name + "\":" + value;
  return json + "}";
}

// The good object with one member replaced or added.
std::string with(const std::string& name, const std::string& value) {
  JsonMembers members = good;
  for (auto& member : members) {
    if (member.first == name) return member.second = value, object_of(members);
  }
  members.emplace_back(name, value);
  return object_of(members);
}

std::string without(const std::string& name) {
  JsonMembers members;
  for (const auto& member : good) {
    if (member.first != name) members.push_back(member);
  }
  return object_of(members);
}

DecodeError refused(const std::string& json) {
  INFO(json);
  auto value = decode<Everything>(json);
  REQUIRE_FALSE(value);
  return value.error();
}

struct BadValue {
  std::string name;
  std::string value;
  std::string detail_has;
  std::string field = {};  // if not the name
};

}  // namespace

TEST_CASE("good values of every type arrive as they are meant", "[catalog]") {
  auto value = decode<Everything>(object_of(good));
  REQUIRE(value);
  CHECK(value->id.text() == "0190a5b4-7c3e-7d2f-8a41-5e6b7c8d9e0f");
  CHECK(value->name == "Zo\u00eb");
  CHECK(value->flag);
  CHECK(value->count == 7);
  CHECK(value->total == ~std::uint64_t{0});
  CHECK(value->day.text() == "2014-10-01");
  CHECK(value->moment.text() == "2014-10-01T09:30:00.250Z");
  CHECK(value->weight == Decimal{1250});
  CHECK(value->amount == Quantity{250});
  CHECK(value->lesson == LongText{"  One\r\n\tTwo\n"});
  CHECK(value->colour == Colour::green);
  CHECK(value->metadata.json == "{\"a\":[2],\"b\":1}");
  CHECK_FALSE(value->maybe);
  CHECK_FALSE(value->nullable);
}

TEST_CASE("absent, null and a value are told apart where it matters", "[catalog]") {
  CHECK(decode<Everything>(with("maybe", "null"))->maybe == std::nullopt);
  CHECK(decode<Everything>(with("maybe", "3"))->maybe == 3);
  auto cleared = decode<Everything>(with("nullable", "null"));
  REQUIRE(cleared->nullable.has_value());
  CHECK_FALSE(cleared->nullable->has_value());
  CHECK(decode<Everything>(with("nullable", "\"2014-10-02\""))->nullable.value()->text() == "2014-10-02");
  CHECK_FALSE(decode<Everything>(without("flag"))->flag);
}

TEST_CASE("what is missing, unknown or null is refused by name", "[catalog]") {
  for (const auto& [name, value] : good) {
    if (name == "flag") continue;
    CHECK(refused(without(name)) == DecodeError{name, "is missing"});
  }
  for (const auto& [name, value] : good) CHECK(refused(with(name, "null")).field == name);
  CHECK(refused(with("nickname", "1")) == DecodeError{"nickname", "is not a field here"});
  CHECK(refused(with("Name", "1")) == DecodeError{"Name", "is not a field here"});
  CHECK(refused("{\"" + std::string(1000, 'x') + "\":1}").detail == "has a field with a very long unknown name");
  CHECK(refused("[]") == DecodeError{"", "must be an object, not an array"});
  CHECK(refused("\"{}\"") == DecodeError{"", "must be an object, not a string"});
  CHECK(refused("{\"count\":1,\"count\":1}") == DecodeError{"count", "is given twice"});
}

TEST_CASE("bad values of every type are refused by name", "[catalog]") {
  const std::string nul = "\"a\\u0000b\"";
  const std::vector<BadValue> table{
      {"id", "7", "must be a string, not a number"},
      {"id", "\"0190a5b47c3e7d2f8a415e6b7c8d9e0f\"", "must be a UUID"},
      {"id", "\"00000000-0000-0000-0000-000000000000\"", "must be a UUID"},
      {"uuid", "\"0190a5b4-7c3e-7d2f-8a41-5e6b7c8d9e0g\"", "must be a UUID"},
      {"uuid", nul, "must be a UUID"},
      {"name", "\"\"", "between 1 and 5 characters, not 0"},
      {"name", "\"sixsix\"", "between 1 and 5 characters, not 6"},
      {"name", nul, "control characters"},
      {"name", "\"a\\nb\"", "control characters"},
      {"name", "\"a\\u007fb\"", "control characters"},
      {"name", "\"a\\u0085b\"", "control characters"},
      {"name", "[\"a\"]", "must be a string, not an array"},
      {"flag", "1", "must be a boolean, not a number"},
      {"flag", "\"true\"", "must be a boolean, not a string"},
      {"count", "0", "between 1 and 100"},
      {"count", "101", "between 1 and 100"},
      {"count", "-1", "between 1 and 100"},
      {"count", "-0", "between 1 and 100"},
      {"count", "1.5", "whole number"},
      {"count", "15e-1", "whole number"},
      {"count", "1e-400", "whole number"},
      {"count", "101.0", "between 1 and 100"},
      {"count", "1.01e2", "between 1 and 100"},
      {"count", "1e300", "between 1 and 100"},
      {"count", "0e5", "between 1 and 100"},
      {"count", "4294967297", "between 1 and 100"},
      {"count", "99999999999999999999999999", "between 1 and 100"},
      {"count", "1e400", "beyond the range"},
      {"count", "\"1\"", "must be a number, not a string"},
      {"count", "true", "must be a number, not a boolean"},
      {"total", "-1", "from 0 to 2^64 - 1"},
      {"total", "18446744073709551616", "from 0 to 2^64 - 1"},
      {"day", "\"2014-02-29\"", "must be a date"},
      {"day", "\"2014-1-1\"", "must be a date"},
      {"day", "\"1899-12-31\"", "must be a date"},
      {"day", "20141001", "must be a string, not a number"},
      {"moment", "\"2014-10-01\"", "must be a moment"},
      {"moment", "\"2014-10-01T25:00:00Z\"", "must be a moment"},
      {"weight", "12.345", "at most two decimal places"},
      {"weight", "1e-3", "at most two decimal places"},
      {"weight", "1.2345e1", "at most two decimal places"},
      {"weight", "1e9", "nine digits"},
      {"weight", "1e300", "nine digits"},
      {"weight", "1e2000", "beyond the range"},
      {"weight", "1.0001e2", "between 0 and 100"},
      {"total", "1.5", "from 0 to 2^64 - 1"},
      {"total", "1.8446744073709551616e19", "from 0 to 2^64 - 1"},
      {"weight", "1234567890", "nine digits"},
      {"weight", "100.01", "between 0 and 100"},
      {"weight", "-0.01", "between 0 and 100"},
      {"weight", "\"12\"", "must be a number, not a string"},
      {"amount", "0.0000001", "at most six decimal places"},
      {"amount", "1e-7", "at most six decimal places"},
      {"amount", "1e12", "twelve digits"},
      {"amount", "1000000000000", "twelve digits"},
      {"amount", "1000.000001", "between 0 and 1000"},
      {"amount", "-0.000001", "between 0 and 1000"},
      {"amount", "\"1\"", "must be a number, not a string"},
      {"rest", "1000000000000", "twelve digits"},
      {"rest", "true", "must be a number, not a boolean"},
      {"lesson", "\"\"", "between 1 and 40 bytes as UTF-8, not 0"},
      {"lesson", '"' + std::string(41, 'x') + '"', "between 1 and 40 bytes as UTF-8, not 41"},
      {"lesson", "\"" + std::string(39, 'x') + "\u00e9\"", "between 1 and 40 bytes as UTF-8, not 41"},
      {"lesson", nul, "no control characters but tab and line ends"},
      {"lesson", "\"a\\u000bb\"", "no control characters but tab and line ends"},
      {"lesson", "\"a\\u007fb\"", "no control characters but tab and line ends"},
      {"lesson", "\"a\\u0085b\"", "no control characters but tab and line ends"},
      {"lesson", "[]", "must be a string, not an array"},
      {"colour", "\"blue\"", "must be one of red, green"},
      {"colour", "\"Red\"", "must be one of red, green"},
      {"colour", "0", "must be a string, not a number"},
      {"metadata", "[]", "must be an object, not an array"},
      {"metadata", "\"{}\"", "must be an object, not a string"},
      {"metadata", "{\"a\":{\"b\":[0," + nul + "]}}", "control characters", "metadata.a.b[1]"},
      {"metadata", "{\"a\":1,\"a\":2}", "given twice", "metadata.a"},
      {"metadata", "{\"a\":1e400}", "beyond the range", "metadata.a"},
      {"metadata", "{\"a\\u0001\":1}", "control characters"},
      {"maybe", "\"x\"", "must be a number, not a string"},
      {"nullable", "\"x\"", "must be a date"},
      {"nullable", "{}", "must be a string, not an object"},
  };
  for (const BadValue& row : table) {
    DecodeError error = refused(with(row.name, row.value));
    INFO(row.value << " -> " << error.field << ": " << error.detail);
    CHECK(error.field == (row.field.empty() ? row.name : row.field));
    CHECK(error.detail.find(row.detail_has) != std::string::npos);
  }
}

TEST_CASE("values at their limits are taken", "[catalog]") {
  const JsonMembers table{{"name", "\"\u20ac\u20ac\u20ac\u20ac\u20ac\""},
                          {"count", "100"},
                          {"count", "1"},
                          {"total", "0"},
                          {"weight", "0"},
                          {"weight", "-0.0"},
                          {"weight", "100.00"},
                          {"amount", "0"},
                          {"amount", "1e3"},
                          {"amount", "999.999999"},
                          {"rest", "999999999999.999999"},
                          {"rest", "-999999999999.999999"},
                          {"lesson", '"' + std::string(40, 'x') + '"'},
                          {"lesson", "\"\\n\""},
                          {"day", "\"2999-12-31\""},
                          {"name", "\"\\ud83d\\ude00\""},
                          {"moment", "\"2014-10-01t09:30:00+01:00\""}};
  for (const auto& [name, value] : table) {
    INFO(name << " " << value);
    CHECK(decode<Everything>(with(name, value)));
  }
}

TEST_CASE("numbers are read by their value, however they are written", "[catalog]") {
  for (const char* count : {"31", "31.0", "31.000", "3.1e1", "310e-1", "0.31E+2", "31e0", "3100e-2"}) {
    CAPTURE(count);
    auto value = decode<Everything>(with("count", count));
    REQUIRE(value);
    CHECK(value->count == 31);
  }
  for (const char* weight : {"82.5", "82.50", "8.25e1", "0.825E2", "8250e-2"}) {
    CAPTURE(weight);
    auto value = decode<Everything>(with("weight", weight));
    REQUIRE(value);
    CHECK(value->weight == Decimal{8250});
  }
  for (const char* amount : {"82.000005", "82.00000500", "8.2000005e1", "0.82000005E2", "82000005e-6"}) {
    CAPTURE(amount);
    auto value = decode<Everything>(with("amount", amount));
    REQUIRE(value);
    CHECK(value->amount == Quantity{82'000'005});
  }
  CHECK(decode<Everything>(with("weight", "0e999999999999999999999"))->weight == Decimal{});
  CHECK(decode<Everything>(with("weight", "5e-2"))->weight == Decimal{5});
  CHECK(decode<Everything>(with("total", "1.8446744073709551615e19"))->total == 18446744073709551615u);
  // One more digit than a double tells apart.
  CHECK(decode<Everything>(with("total", "90071992547409930e-1"))->total == 9007199254740993u);
}

TEST_CASE("a number's literal has one exact value", "[catalog]") {
  using json::exact_number;
  using json::Number;
  CHECK(exact_number("-0.050e3") == Number{true, "5", 1});
  CHECK(exact_number("-0.0") == Number{});
  CHECK(exact_number("0e-99999999999999999999") == Number{});
  CHECK(exact_number("1200") == Number{false, "12", 2});
  for (const char* text : {"", "-", "+1", "01", ".5", "5.", "1e", "1e+", "1.2.3", "0x1", "1 ", "e1", "1e1.0"}) {
    CAPTURE(text);
    CHECK_FALSE(exact_number(text));
  }
  CHECK(json::plain_digits(*exact_number("-12.5e1")) == "-125");
  CHECK(json::plain_digits(*exact_number("5e-4")) == "0.0005");
  CHECK(json::plain_digits(*exact_number("125e-1")) == "12.5");
  CHECK(json::plain_digits(*exact_number("1e39"))->size() == 40);
  CHECK_FALSE(json::plain_digits(*exact_number("1e40")));
  CHECK_FALSE(json::plain_digits(*exact_number("1e-99999999999999999999")));
  CHECK_FALSE(json::plain_digits(*exact_number("1e99999999999999999999")));
}

TEST_CASE("metadata is canonical and limited", "[catalog]") {
  auto metadata = [](const std::string& json) { return decode<Everything>(with("metadata", json)); };
  CHECK(metadata(R"({ "b" : {"y":1,"x":[ ]}, "a" : 1.50, "B":"\u0041\n", "":null, "n":-0 })")->metadata.json ==
        R"({"":null,"B":"A\n","a":1.50,"b":{"x":[],"y":1},"n":0})");
  auto levels = [](int count) {
    return std::string("{\"a\":") + std::string(count - 1, '[') + std::string(count - 1, ']') + "}";
  };
  CHECK(metadata(levels(8)));
  CHECK(metadata(levels(9)).error().detail == "is nested more than 8 levels deep");
  CHECK(metadata(levels(9)).error().field == "metadata.a[0][0][0][0][0][0][0]");
  auto sized = [](std::size_t bytes) { return "{\"a\":\"" + std::string(bytes - 8, 'x') + "\"}"; };
  CHECK(metadata(sized(16384)));
  CHECK(metadata(sized(16385)).error() == DecodeError{"metadata", "must have at most 16384 bytes as JSON"});
}

TEST_CASE("one of each type survives JSON and packing", "[catalog]") {
  test::Random random{1};
  for (int count = 0; count < 200; ++count) {
    auto sample = test::sample(random, kind_of<Everything>, Describe<Everything>::fields);
    const auto& value = sample.value.get<Everything>();
    std::string json;
    encode(value, json);
    CHECK(json == sample.json);
    CHECK(decode<Everything>(json) == value);
    std::string bytes;
    pack(value, bytes);
    CHECK(unpack<Everything>(bytes) == value);
  }
}

TEST_CASE("a schema says what the decoder holds to", "[catalog]") {
  std::string text = schema<Everything>();
  auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  CHECK(json::Document{}.parse(text));
  CHECK(has(R"("id":{"type":"string","format":"uuid")"));
  CHECK(has(R"("name":{"type":"string","minLength":1,"maxLength":5,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f]*$",)"
            R"("description":"a name","x-personal":true,"x-person":"id"})"));
  CHECK(has(R"("count":{"type":"integer","minimum":1,"maximum":100)"));
  CHECK(has(R"("weight":{"type":"number","minimum":0,"maximum":100,"multipleOf":0.01)"));
  CHECK(has(R"("amount":{"type":"number","minimum":0,"maximum":1000,"multipleOf":0.000001)"));
  CHECK(has(R"("rest":{"type":["number","null"],"minimum":-999999999999.999999,"maximum":999999999999.999999,)"));
  CHECK(has(R"("lesson":{"type":"string","minLength":1,"maxLength":40,)"
            R"("pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$",)"
            R"("description":"a lesson; at most 40 bytes as UTF-8","x-personal":true,"x-person":"id"})"));
  CHECK(has(R"("colour":{"type":"string","enum":["red","green"])"));
  CHECK(has(R"("maybe":{"type":["integer","null"])"));
  CHECK(has(R"("nullable":{"type":["string","null"],"format":"date")"));
  CHECK(has(R"("required":["id","uuid","name","count","total","day","moment","weight","amount","lesson",)"
            R"("colour","metadata"])"));
  CHECK(has(R"("additionalProperties":false)"));
}

// Tables hold these bytes: another form is another version of the tables.
TEST_CASE("quantities and long texts are packed as they ever were", "[catalog]") {
  using namespace std::string_literals;
  Everything value;
  value.amount = Quantity{-250};
  value.rest = Quantity{Quantity::millionths_max};
  value.lesson = LongText{"a\nb"};
  std::string bytes;
  pack(value, bytes);
  CHECK(bytes.find("\xf3\x03\x03"
                   "a\nb"s) != std::string::npos);
  CHECK(bytes.find("\x01\xfe\xff\x9f\xf6\xf4\xac\xdb\xe0\x1b"s) != std::string::npos);
}

TEST_CASE("a packed quantity out of its range is refused by name", "[catalog]") {
  Everything value;
  value.amount = Quantity{Quantity::millionths_max + 1};
  std::string bytes;
  pack(value, bytes);
  CHECK(unpack<Everything>(bytes).error().field == "amount");
}

// What is stored is read whatever its declaration says of requests; its type is all it must keep to.
TEST_CASE("limits of long texts bind requests alone", "[catalog]") {
  std::string longer = with("lesson", '"' + std::string(300, 'x') + '"');
  CHECK_FALSE(decode<Everything>(longer));
  CHECK(decode<Everything>(longer, Limited::no)->lesson.text.size() == 300);
  std::string longest = with("lesson", '"' + std::string(LongText::bytes_max + 1, 'x') + '"');
  CHECK(decode<Everything>(longest, Limited::no).error().field == "lesson");
}
