// Records, alone and in lists: what they look like in JSON, in tables, schemas and documents, and how errors name them.
#include <catch2/catch.hpp>
#include <string>

#include "events/catalog/codec.hpp"
#include "events/catalog/documentation.hpp"
#include "tests/events/catalog_samples.hpp"
#include "tests/support/json_schema.hpp"

namespace {

struct Part {
  static constexpr std::string_view collection = "parts";
};
struct Price {
  tenantry::Decimal amount;
  std::optional<std::string> currency;

  bool operator==(const Price&) const = default;
};
struct Line {
  tenantry::Id<Part> part;
  tenantry::Quantity quantity;
  std::optional<Price> price;
  bool optional_part = false;

  bool operator==(const Line&) const = default;
};
struct Recipe {
  std::string title;
  std::vector<Line> lines;
  std::optional<std::vector<Price>> fees;
  Price total;

  bool operator==(const Recipe&) const = default;
};

}  // namespace

namespace tenantry::events {

template <>
struct Describe<Price> {
  using T = Price;
  static constexpr std::string_view name = "Price", about = "A price.";
  static constexpr auto fields = std::array{field<&T::amount>("amount", "how much").range(0, 1000),
                                            field<&T::currency>("currency", "in what").length(3, 3)};
};
template <>
struct Describe<Line> {
  using T = Line;
  static constexpr std::string_view name = "Line", about = "A line.";
  static constexpr auto fields =
      std::array{field<&T::part>("partId", "the part"), field<&T::quantity>("quantity", "how much of it").range(0, 100),
                 field<&T::price>("price", "what it costs").personal(),
                 field<&T::optional_part>("optional", "whether it can be left out").defaulted()};
};
template <>
struct Describe<Recipe> {
  using T = Recipe;
  static constexpr std::string_view name = "Recipe", about = "What is made of what.";
  static constexpr auto fields =
      std::array{field<&T::title>("title", "its title"), field<&T::lines>("lines", "what it takes").at_most(4),
                 field<&T::fees>("fees", "what is added, if any").at_most(2), field<&T::total>("total", "the price")};
};

}  // namespace tenantry::events

namespace {

using namespace tenantry;
using namespace tenantry::events;

const std::string part = R"("partId":"0190a5b4-7c3e-7d2f-8a41-5e6b7c8d9e0f")";
const std::string line = "{" + part + R"(,"quantity":2.5})";

std::string recipe(const std::string& lines, const std::string& more = {}) {
  return R"({"title":"T","lines":[)" + lines + R"(],"total":{"amount":1})" + more + "}";
}

std::string refused(const std::string& json, Limited limited = Limited::yes) {
  auto value = decode<Recipe>(json, limited);
  return value ? "" : value.error().field + " " + value.error().detail;
}

Recipe golden() {
  Line first{.part = test::fixed_id<Part>(7), .quantity = Quantity{2'500'000}};
  Line second{
      .part = test::fixed_id<Part>(8), .quantity = {}, .price = Price{Decimal{-1}, "EUR"}, .optional_part = true};
  return {.title = "T", .lines = {first, second}, .fees = std::vector<Price>{}, .total = {Decimal{100}, {}}};
}

}  // namespace

TEST_CASE("records and lists of them are read", "[records]") {
  auto value = decode<Recipe>(
      recipe(line + "," + "{" + part + R"(,"optional":true,"price":{"currency":"EUR","amount":7.5},"quantity":1})"));
  REQUIRE(value);
  REQUIRE(value->lines.size() == 2);
  CHECK(value->lines[0].quantity == Quantity{2'500'000});
  CHECK_FALSE(value->lines[0].price);
  CHECK_FALSE(value->lines[0].optional_part);
  CHECK(value->lines[1].optional_part);
  CHECK(value->lines[1].price == Price{Decimal{750}, "EUR"});
  CHECK_FALSE(value->fees);
  CHECK(value->total == Price{Decimal{100}, {}});
  CHECK(decode<Recipe>(recipe("", R"(,"fees":[])"))->fees == std::vector<Price>{});
  CHECK(decode<Recipe>(recipe("", R"(,"fees":null)"))->fees == std::nullopt);
}

TEST_CASE("what is wrong in a record is named by its place", "[records]") {
  auto with = [](const std::string& members) { return "{" + part + R"(,"quantity":1,)" + members + "}"; };
  CHECK(refused(recipe(line + ",{" + part + R"(,"quantity":101})")) == "lines[1].quantity must be between 0 and 100");
  CHECK(refused(recipe(line + ",{" + part + "}")) == "lines[1].quantity is missing");
  CHECK(refused(recipe(with(R"("colour":1)"))) == "lines[0].colour is not a field here");
  CHECK(refused(recipe(with(R"("price":{"amount":1001})"))) == "lines[0].price.amount must be between 0 and 1000");
  CHECK(refused(recipe(with(R"("price":{"amount":1,"currency":"EURO"})"))) ==
        "lines[0].price.currency must have between 3 and 3 characters, not 4");
  CHECK(refused(recipe(with(R"("price":[])"))) == "lines[0].price must be an object, not an array");
  CHECK(refused(recipe(with(R"("optional":null)"))) == "lines[0].optional must be a boolean, not null");
  CHECK(refused(recipe(line + ",7")) == "lines[1] must be an object, not a number");
  CHECK(refused(recipe("null")) == "lines[0] must be an object, not null");
  CHECK(refused(R"({"title":"T","lines":{},"total":{"amount":1}})") == "lines must be an array, not an object");
  CHECK(refused(R"({"title":"T","lines":[],"total":{}})") == "total.amount is missing");
  CHECK(refused(R"({"title":"T","total":{"amount":1}})") == "lines is missing");
  CHECK(refused(recipe("", R"(,"fees":[{"amount":1},{"amount":"1"}])")) ==
        "fees[1].amount must be a number, not a string");
}

TEST_CASE("a list has at most so many items", "[records]") {
  std::string four = line + "," + line + "," + line + "," + line;
  CHECK(refused(recipe(four)).empty());
  CHECK(refused(recipe(four + "," + line)) == "lines must have at most 4 items");
  CHECK(refused(recipe("", R"(,"fees":[{"amount":1},{"amount":1},{"amount":1}])")) == "fees must have at most 2 items");
}

TEST_CASE("limits of records bind what a request may say, and not what is stored", "[records]") {
  std::string larger = "{" + part + R"(,"quantity":101,"price":{"amount":1001,"currency":"EURO"}})";
  std::string longer = recipe(larger + "," + larger + "," + larger + "," + larger + "," + larger);
  CHECK(refused(longer, Limited::no).empty());
  CHECK(refused(recipe(larger)) == "lines[0].quantity must be between 0 and 100");
  CHECK(refused(recipe("{" + part + R"(,"quantity":1e12})"), Limited::no).starts_with("lines[0].quantity must be"));
}

TEST_CASE("records survive JSON and packing", "[records]") {
  test::Random random{1};
  for (int count = 0; count < 300; ++count) {
    auto sample = test::sample(random, kind_of<Recipe>, Describe<Recipe>::fields);
    const auto& value = sample.value.get<Recipe>();
    std::string json, bytes;
    encode(value, json);
    CHECK(json == sample.json);
    CHECK(decode<Recipe>(json) == value);
    pack(value, bytes);
    CHECK(unpack<Recipe>(bytes) == value);
    CHECK_FALSE(unpack<Recipe>(bytes + 'x'));
    for (std::size_t size = 0; size < bytes.size(); ++size) REQUIRE_FALSE(unpack<Recipe>(bytes.substr(0, size)));
  }
}

// The log and the tables hold these bytes: another form is another version of them.
TEST_CASE("records are written and packed as they ever were", "[records]") {
  using namespace std::string_literals;
  std::string json, bytes;
  encode(golden(), json);
  CHECK(json == R"({"title":"T","lines":[{"partId":"00000000-0000-7000-8000-000000000007","quantity":2.5,)"
                R"("optional":false},{"partId":"00000000-0000-7000-8000-000000000008","quantity":0,)"
                R"("price":{"amount":-0.01,"currency":"EUR"},"optional":true}],"fees":[],"total":{"amount":1}})");
  pack(golden(), bytes);
  const std::string id = "\x00\x00\x00\x00\x00\x00\x70\x00\x80\x00\x00\x00\x00\x00\x00"s;
  CHECK(bytes ==
        "\x01T"  // the title
        "\x02"s +
            id + "\x07\xc0\x96\xb1\x02\x00\x00"s +          // the first line: no price, not optional
            id + "\x08\x00\x01\x01\x01\x03"s + "EUR\x01" +  // the second
            "\x01\x00"s +                                   // fees that are there, none
            "\xc8\x01\x00"s);                               // the total
}

TEST_CASE("a count of records that are not there is refused", "[records]") {
  std::string bytes = "\x01T\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
  CHECK(unpack<Recipe>(bytes).error().field == "lines");
}

TEST_CASE("a schema holds its records' fields and limits", "[records]") {
  auto asked = nlohmann::json::parse(schema<Recipe>());
  const auto& lines = asked.at("properties").at("lines");
  CHECK(lines.at("type") == "array");
  CHECK(lines.at("maxItems") == 4);
  CHECK(lines.at("description") == "what it takes");
  const auto& item = lines.at("items");
  CHECK(item.at("type") == "object");
  CHECK(item.at("required") == nlohmann::json{"partId", "quantity"});
  CHECK(item.at("additionalProperties") == false);
  CHECK(item.at("properties").at("quantity").at("maximum") == 100);
  CHECK(item.at("properties").at("price").at("type") == nlohmann::json{"object", "null"});
  CHECK(item.at("properties").at("price").at("x-personal") == true);
  CHECK(item.at("properties").at("price").at("properties").at("currency").at("maxLength") == 3);
  CHECK(asked.at("properties").at("fees").at("type") == nlohmann::json{"array", "null"});
  CHECK(asked.at("properties").at("total").at("required") == nlohmann::json{"amount"});

  auto stored = nlohmann::json::parse(schema<Recipe>(Limited::no));
  CHECK_FALSE(stored.at("properties").at("lines").contains("maxItems"));
  auto quantity = stored.at("properties").at("lines").at("items").at("properties").at("quantity");
  CHECK(quantity.at("maximum").get<double>() > 100);
}

TEST_CASE("what is read is valid by the schema, and what is refused is not", "[records]") {
  auto schema_of_recipe = nlohmann::json::parse(schema<Recipe>());
  test::JsonSchema checker(schema_of_recipe, schema_of_recipe);
  test::Random random{2};
  for (int count = 0; count < 50; ++count) {
    auto sample = test::sample(random, kind_of<Recipe>, Describe<Recipe>::fields);
    CHECK(checker.faults(nlohmann::json::parse(sample.json)).empty());
  }
  for (const std::string& lines : {line + "," + line + "," + line + "," + line + "," + line, std::string{"7"},
                                   "{" + part + "}", "{" + part + R"(,"quantity":1,"colour":1})"}) {
    CHECK_FALSE(refused(recipe(lines)).empty());
    CHECK_FALSE(checker.faults(nlohmann::json::parse(recipe(lines))).empty());
  }
}

TEST_CASE("as they are stored, values are never null, in records either", "[records]") {
  auto fields = describe_fields(Describe<Recipe>::fields, Limited::no);
  refuse_null(fields);
  std::string text = schema_text("Recipe", "a recipe", fields);
  CHECK(text.find("null") == std::string::npos);
}

TEST_CASE("documents list a record's fields under the field that holds it", "[records]") {
  std::string text = fields_markdown(describe_fields(Describe<Recipe>::fields, Limited::no));
  for (const char* row : {"| `lines` | list | yes | what it takes |\n", "| `lines[].partId` | uuid of `parts` | yes |",
                          "| `lines[].price` | record | no | what it costs (*personal*) |\n",
                          "| `lines[].price.amount` | decimal | yes | how much |\n", "| `fees[].amount` |",
                          "| `total.currency` | text | no |"}) {
    INFO(text);
    CHECK(text.find(row) != std::string::npos);
  }
}
