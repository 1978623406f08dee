// Registering tenants: slugs, partitions and the values that go into a tenant's first event.
#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/directory/rules.hpp"
#include "domain/kernel/platform.hpp"
#include "tests/support/given.hpp"

namespace tenantry::directory {
namespace {

using test::given;

TenantId tenant(std::uint8_t number) {
  return test::id<tenancy::Tenant>(number);
}

RegisterTenant command(std::uint8_t number, std::string slug) {
  return {.tenant = tenant(number),
          .slug = std::move(slug),
          .name = "Oak School",
          .timezone = "Europe/London",
          .metadata = {R"({"plan":"free"})"},
          .partitions = 4};
}

TenantRegistered event(std::uint8_t number, std::string slug, int partition) {
  return {.tenant = tenant(number),
          .slug = std::move(slug),
          .name = "Oak School",
          .timezone = "Europe/London",
          .metadata = {R"({"plan":"free"})"},
          .partition = partition};
}

}  // namespace

TEST_CASE("a tenant is registered with the values it was given") {
  auto tables = given({}).when(command(1, "oak")).then({event(1, "oak", 0)});
  const Registration& row = tables.at(registration_of(tenant(1)));
  CHECK(row.tenant == tenant(1));
  CHECK(row.slug == "oak");
  CHECK(row.timezone == "Europe/London");
  CHECK(row.metadata == Metadata{R"({"plan":"free"})"});
  CHECK(tables.at(totals_id).registrations == 1);
}

TEST_CASE("tenants go round the partitions") {
  test::Events events;
  for (int number = 0; number < 9; ++number) {
    std::string slug = "school-" + std::to_string(number);
    auto id = static_cast<std::uint8_t>(number + 1);
    given(events).when(command(id, slug)).then({event(id, slug, number % 4)});
    events.push_back(event(id, slug, number % 4));
  }
}

TEST_CASE("a slug belongs to one tenant") {
  given({event(1, "oak", 0)}).when(command(2, "oak")).then_refused(refused.slug_taken, "slug");
}

TEST_CASE(
    "registering a tenant again with the same values changes nothing, however many partitions there are by then") {
  auto again = command(1, "oak");
  again.name = "  Oak School\n";
  again.partitions = 8;
  given({event(2, "elm", 0), event(1, "oak", 1)}).when(again).then_holds(registration_of(tenant(1)));
}

TEST_CASE("a registration from before texts were normalised holds when its values are given again") {
  for (std::string name : {"Oak School\u00a0", "\ufe0f"}) {
    CAPTURE(name);
    auto old = event(1, "oak", 3);
    old.name = name;
    auto again = command(1, "oak");
    again.name = name;
    given({old}).when(again).then_holds(registration_of(tenant(1)));
  }
}

TEST_CASE("an id that is in use with other values is refused") {
  given({event(1, "oak", 0)}).when(command(1, "elm")).then_refused(refused.tenant_exists, "id");
  auto other_data = command(1, "oak");
  other_data.metadata = {};
  given({event(1, "oak", 0)}).when(other_data).then_refused(refused.tenant_exists, "id");
}

TEST_CASE("no tenant has the platform's own id") {
  auto platform = command(1, "oak");
  platform.tenant = platform_id;
  given({}).when(platform).then_refused(refused.tenant_exists, "id");
}

TEST_CASE("slugs are DNS labels") {
  for (const std::string& slug : std::vector<std::string>{"abc", "a-b", "123", "a--b", std::string(63, 'a')}) {
    INFO(slug);
    given({}).when(command(1, slug)).then({event(1, slug, 0)});
  }
  for (const std::string& slug : std::vector<std::string>{"", "ab", "-abc", "abc-", "Abc", "a_b", "a.b", "a b",
                                                          "caf\xc3\xa9", "oak ", std::string(64, 'a')}) {
    INFO(slug);
    given({}).when(command(1, slug)).then_refused(refused.slug_malformed, "slug");
  }
  for (const std::string& slug :
       std::vector<std::string>{"www", "api", "admin", "platform", "mail", "localhost", "static"}) {
    INFO(slug);
    given({}).when(command(1, slug)).then_refused(refused.slug_reserved, "slug");
  }
}

TEST_CASE("a slug that looks like an id is refused: tenants are found by either") {
  for (const std::string& slug : std::vector<std::string>{"01900000-0000-7000-8000-000000000001",
                                                          "00000000-0000-0000-0000-000000000000", tenant(1).text()}) {
    INFO(slug);
    given({}).when(command(1, slug)).then_refused(refused.slug_like_id, "slug");
  }
  std::string nearly = "01900000-0000-7000-8000-00000000000g";
  given({}).when(command(1, nearly)).then({event(1, nearly, 0)});
}

TEST_CASE("a registration needs a name, a known time zone and a partition") {
  auto blank = command(1, "oak");
  blank.name = " \t";
  given({}).when(blank).then_refused(refused.name_blank, "name");
  for (std::string zone : {"", "Mars/Olympus", "europe/london", "posix/Europe/London", "Factory"}) {
    INFO(zone);
    auto elsewhere = command(1, "oak");
    elsewhere.timezone = zone;
    given({}).when(elsewhere).then_refused(refused.timezone_unknown, "timezone");
  }
  auto nowhere = command(1, "oak");
  nowhere.partitions = 0;
  given({}).when(nowhere).then_refused(refused.partitions_malformed, "partitions");
}

TEST_CASE("a registration is about itself") {
  CHECK(subject(event(1, "oak", 0)).text() == "registrations/" + tenant(1).text());
}

}  // namespace tenantry::directory
