// Applications in which users log in, and keys of services.
#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/redirect_uri.hpp"
#include "domain/access/rules.hpp"
#include "tests/support/given.hpp"

namespace tenantry::access {
namespace {

using test::given;

const auto app = test::id<Application>(20);
const auto key = test::id<ServiceKey>(21);
const Instant later{1'000'000};

const RegisterApplication register_app{
    .id = app, .name = " School app ", .redirect_uris = {{"https://app.example/callback"}}};
const ApplicationRegistered app_registered{
    .id = app, .name = "School app", .redirect_uris = {{"https://app.example/callback"}}};
const IssueServiceKey issue{.id = key,
                            .name = "Timetable",
                            .permissions = {{Permission::manage_roster}, {Permission::read_roster}},
                            .expires_at = later};
const ServiceKeyIssued issued{.id = key,
                              .name = "Timetable",
                              .permissions = {{Permission::read_roster}, {Permission::manage_roster}},
                              .expires_at = later};

}  // namespace

TEST_CASE("an application is registered with where browsers may be sent, and withdrawn") {
  given({}).when(register_app).then({app_registered});
  auto other = register_app;
  other.name = "Other";
  given({app_registered}).when(other).then_refused(refused.application_exists, "id");
  other.name = " ";
  given({}).when(other).then_refused(refused.name_blank, "name");
  auto nowhere = register_app;
  nowhere.redirect_uris = {};
  given({}).when(nowhere).then_refused(refused.redirect_uri_missing, "redirectUris");
  nowhere.redirect_uris = {{"https://app.example/callback"}, {"http://app.example/callback"}};
  given({}).when(nowhere).then_refused(refused.redirect_uri_unfit, "redirectUris[1].uri");

  given({app_registered}).when(WithdrawApplication{app}).then({ApplicationWithdrawn{app}});
  given({}).when(WithdrawApplication{app}).then_refused(refused.application_unknown, "id");
}

TEST_CASE("browsers are sent over TLS, to the person's own machine, or to a program by a scheme of its own") {
  for (const char* good :
       {"https://app.example/callback", "https://app.example", "https://app.example:8443/a?b=c%20d",
        "http://127.0.0.1/callback", "http://127.0.0.1:3000/", "http://[::1]:3000/", "http://localhost:3000/callback",
        "com.example.app:/callback", "com.example.app:/", "https://[2001:db8::1]/"}) {
    CAPTURE(good);
    CHECK_FALSE(fault_of_redirect_uri(good).has_value());
  }
  for (const char* bad : {"",
                          "/callback",
                          "app.example/callback",
                          "http://app.example/",
                          "http://127.0.0.1.evil.example/",
                          "http://localhost.evil.example/",
                          "https://",
                          "https:///callback",
                          "https:/app.example",
                          "https:app.example",
                          "https://user@app.example/",
                          "https://app.example@evil.example/",
                          "https://app.example/#a",
                          "javascript:alert(1)",
                          "data:text/html,x",
                          "HTTPS://app.example/",
                          "https://app.example/a b",
                          "https://app.example/\n",
                          "https://app.example/%zz",
                          "https://app.example/%2",
                          "https://app.example:port/",
                          "https://app.example:/",
                          "https://[::1/",
                          "https://ex\xc3\xa4mple/",
                          "app:/callback",
                          "com.example.app:callback",
                          "com.example.app://user@host/",
                          "https://app.example\\evil.example/",
                          "http://[::1]x/",
                          "1a.b:/c"}) {
    CAPTURE(bad);
    CHECK(fault_of_redirect_uri(bad).has_value());
  }
  CHECK_FALSE(fault_of_redirect_uri("https://a.example/" + std::string(482, 'x')).has_value());
  CHECK(fault_of_redirect_uri("https://a.example/" + std::string(483, 'x')).has_value());
}

TEST_CASE("a key has the permissions that it was issued with, of a tenant's alone, until it is revoked") {
  given({}).when(issue).then({issued});
  auto changed = issue;
  changed.permissions = {};
  given({}).when(changed).then_refused(refused.permissions_missing, "permissions");
  changed.permissions = {{Permission::read_roster}, {Permission::manage_tenants}};
  given({}).when(changed).then_refused(refused.permission_unfit, "permissions[1].permission");
  changed.permissions = {{Permission::let_in}};
  given({}).when(changed).then_refused(refused.permission_unfit, "permissions[0].permission");
  changed = issue;
  changed.expires_at = Instant{0};
  given({}).when(changed).then_refused(refused.expiry_past, "expiresAt");
  changed = issue;
  changed.name = "\u3000";
  given({}).when(changed).then_refused(refused.name_blank, "name");
  changed.name = "Other";
  given({issued}).when(changed).then_refused(refused.service_key_exists, "id");

  Principal by{.kind = Principal::Kind::service, .id = key.value};
  auto rights = [&](const test::Events& events) {
    auto tables = test::replayed(events);
    return rights_of(tables, by);
  };
  CHECK(rights({issued})->anywhere == PermissionSet{Permission::read_roster, Permission::manage_roster});
  CHECK(rights({issued})->own.empty());
  CHECK(rights({}).error().type == &refused.access_ended);
  CHECK(rights({issued, ServiceKeyRevoked{key}}).error().type == &refused.access_ended);
  by.scopes = {Permission::read_roster, Permission::read_events};
  CHECK(rights({issued})->anywhere == PermissionSet{Permission::read_roster});

  given({issued}).when(RevokeServiceKey{key}).then({ServiceKeyRevoked{key}});
  given({}).when(RevokeServiceKey{key}).then_refused(refused.service_key_unknown, "id");
}

}  // namespace tenantry::access
