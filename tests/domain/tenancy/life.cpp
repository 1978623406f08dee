// The life of a tenant: created, renamed, suspended, reactivated, archived.
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"
#include "domain/tenancy/rules.hpp"
#include "domain/tenancy/time_zones.hpp"
#include "tests/support/given.hpp"

namespace tenantry::tenancy {
namespace {

using test::given;

const TenantId oak = test::id<Tenant>(1);

const CreateTenant create{
    .id = oak, .slug = "oak", .name = "Oak School", .timezone = "Europe/London", .metadata = {}, .partition = 3};
const TenantCreated created{
    .id = oak, .slug = "oak", .name = "Oak School", .timezone = "Europe/London", .metadata = {}, .partition = 3};
const TenantSuspended suspended{.id = oak, .reason = "unpaid"};
const TenantReactivated reactivated{.id = oak};
const TenantArchived archived{.id = oak, .reason = "closed down"};

}  // namespace

TEST_CASE("a tenant is created active, in the partition that it was given") {
  auto tables = given({}).when(create).then({created});
  const Tenant& row = tables.at(oak);
  CHECK(row.status == TenantStatus::active);
  CHECK(row.partition == 3);
  CHECK(row.slug == "oak");
}

TEST_CASE(
    "a tenant that is created again holds with the same values, also when suspended, and is refused with others") {
  auto other = create;
  other.partition = 4;
  given({created}).when(other).then_refused(refused.tenant_exists, "id");
  given({created, suspended}).when(other).then_refused(refused.tenant_exists, "id");
  given({created, suspended}).when(create).then_holds(oak);
  given({created, archived}).when(create).then_refused(refused.tenant_archived, "");
}

TEST_CASE("a tenant needs a name and a known time zone") {
  auto wrong = create;
  for (const char* blank : {"", "  ", "\u3000\u3000", "\u200b", "\ufeff\u00a0"}) {
    wrong.name = blank;
    given({}).when(wrong).then_refused(refused.name_blank, "name");
  }
  wrong = create;
  wrong.timezone = "London";
  given({}).when(wrong).then_refused(refused.timezone_unknown, "timezone");
}

TEST_CASE("time zones are IANA's, links included") {
  for (auto name : {"UTC", "Europe/Kyiv", "Europe/Kiev", "America/Argentina/Buenos_Aires", "Africa/Abidjan", "Zulu"}) {
    CHECK(is_time_zone(name));
  }
  for (auto name : {"", "UT", "UTC ", "localtime", "Factory", "right/UTC", "Africa", "Zulu/"}) {
    CHECK_FALSE(is_time_zone(name));
  }
}

TEST_CASE("a tenant is renamed") {
  auto tables = given({created}).when(RenameTenant{oak, " Oak Academy "}).then({TenantRenamed{oak, "Oak Academy"}});
  CHECK(tables.at(oak).name == "Oak Academy");
  given({created}).when(RenameTenant{oak, "Oak School"}).then_holds(oak);
  given({created}).when(RenameTenant{oak, "\n"}).then_refused(refused.name_blank, "name");
}

TEST_CASE("a tenant's metadata changes") {
  Metadata data{R"({"region":"north"})"};
  auto tables = given({created}).when(ChangeTenantMetadata{oak, data}).then({TenantMetadataChanged{oak, data}});
  CHECK(tables.at(oak).metadata == data);
  given({created}).when(ChangeTenantMetadata{oak, {}}).then_holds(oak);
}

TEST_CASE("a suspended tenant keeps its reason and changes nothing else") {
  auto tables = given({created}).when(SuspendTenant{oak, "unpaid "}).then({suspended});
  CHECK(tables.at(oak).status == TenantStatus::suspended);
  CHECK(tables.at(oak).status_reason == "unpaid");
  given({created, suspended}).when(RenameTenant{oak, "Elm"}).then_refused(refused.tenant_suspended, "");
  given({created, suspended}).when(ChangeTenantMetadata{oak, {}}).then_refused(refused.tenant_suspended, "");
  given({created, suspended}).when(SuspendTenant{oak, "unpaid\u00a0"}).then_holds(oak);
  given({created, suspended}).when(SuspendTenant{oak, "another reason"}).then_refused(refused.reason_differs, "reason");
  given({created}).when(SuspendTenant{oak, " "}).then_refused(refused.reason_blank, "reason");
}

TEST_CASE("a suspended tenant is reactivated and forgets the reason") {
  auto tables = given({created, suspended}).when(ReactivateTenant{oak}).then({reactivated});
  CHECK(tables.at(oak).status == TenantStatus::active);
  CHECK(tables.at(oak).status_reason.empty());
  given({created}).when(ReactivateTenant{oak}).then_holds(oak);
}

TEST_CASE("a suspended tenant is given another reason by reactivating and suspending it again") {
  TenantSuspended again{.id = oak, .reason = "unpaid since March"};
  auto tables = given({created, suspended, reactivated}).when(SuspendTenant{oak, "unpaid since March"}).then({again});
  CHECK(tables.at(oak).status_reason == "unpaid since March");
}

TEST_CASE("a reason from before texts were normalised is the same reason") {
  given({created, TenantSuspended{.id = oak, .reason = "unpaid\u00a0"}})
      .when(SuspendTenant{oak, "unpaid"})
      .then_holds(oak);
}

TEST_CASE("texts from before they were normalised hold when they are given as they are stored") {
  TenantRenamed renamed{oak, "Oak\u00a0"};
  given({created, renamed}).when(RenameTenant{oak, "Oak\u00a0"}).then_holds(oak);
  given({created, renamed}).when(RenameTenant{oak, "Oak"}).then({TenantRenamed{oak, "Oak"}});
  TenantSuspended for_blank{.id = oak, .reason = "\ufe0f"};
  given({created, for_blank}).when(SuspendTenant{oak, "\ufe0f"}).then_holds(oak);
  given({created, TenantArchived{oak, "\ufe0f"}}).when(ArchiveTenant{oak, "\ufe0f"}).then_holds(oak);
  TenantCreated nameless = created;
  nameless.name = "\ufe0f";
  CreateTenant again = create;
  again.name = nameless.name;
  given({nameless}).when(again).then_holds(oak);
  given({}).when(again).then_refused(refused.name_blank, "name");
  given({created}).when(SuspendTenant{oak, "\ufe0f"}).then_refused(refused.reason_blank, "reason");
  given({created}).when(RenameTenant{oak, "\U000e0100\u1160"}).then_refused(refused.name_blank, "name");
}

TEST_CASE("a tenant is archived for good, from active or suspended") {
  auto tables = given({created}).when(ArchiveTenant{oak, "closed down"}).then({archived});
  CHECK(tables.at(oak).status == TenantStatus::archived);
  CHECK(tables.at(oak).status_reason == "closed down");
  given({created, suspended}).when(ArchiveTenant{oak, "closed down"}).then({archived});
  given({created}).when(ArchiveTenant{oak, ""}).then_refused(refused.reason_blank, "reason");

  auto gone = given({created, archived});
  gone.when(ArchiveTenant{oak, "closed down "}).then_holds(oak);
  gone.when(ArchiveTenant{oak, "again"}).then_refused(refused.reason_differs, "reason");
  gone.when(ReactivateTenant{oak}).then_refused(refused.tenant_archived, "");
  gone.when(SuspendTenant{oak, "unpaid"}).then_refused(refused.tenant_archived, "");
  gone.when(RenameTenant{oak, "Elm"}).then_refused(refused.tenant_archived, "");
  gone.when(ChangeTenantMetadata{oak, {}}).then_refused(refused.tenant_archived, "");
}

TEST_CASE("nothing can be asked of a tenant that there is not") {
  given({}).when(RenameTenant{oak, "Elm"}).then_refused(refused.tenant_unknown, "id");
  given({}).when(ChangeTenantMetadata{oak, {}}).then_refused(refused.tenant_unknown, "id");
  given({}).when(SuspendTenant{oak, "unpaid"}).then_refused(refused.tenant_unknown, "id");
  given({}).when(ReactivateTenant{oak}).then_refused(refused.tenant_unknown, "id");
  given({}).when(ArchiveTenant{oak, "gone"}).then_refused(refused.tenant_unknown, "id");
}

TEST_CASE("only an active tenant is admitted to the other contexts") {
  auto refusal_after = [](const test::Events& events) -> const RefusalType* {
    auto tables = test::replayed(events);
    auto refusal = admit(Rows{tables}.tenants.find(oak));
    return refusal ? refusal->type : nullptr;
  };
  CHECK(refusal_after({}) == &refused.tenant_unknown);
  CHECK(refusal_after({created}) == nullptr);
  CHECK(refusal_after({created, suspended}) == &refused.tenant_suspended);
  CHECK(refusal_after({created, suspended, reactivated}) == nullptr);
  CHECK(refusal_after({created, archived}) == &refused.tenant_archived);
}

TEST_CASE("an event about a tenant that there is not cannot be applied") {
  CHECK_THROWS_AS(test::replayed({suspended}), std::runtime_error);
}

}  // namespace tenantry::tenancy
