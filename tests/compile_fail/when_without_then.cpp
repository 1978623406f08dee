// A rule's test that says what is given and asked for, and not what is expected, tests nothing.
// EXPECT: declared with attribute
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"
#include "domain/tenancy/rules.hpp"
#include "tests/support/given.hpp"

using namespace tenantry;

void ask() {
  test::given({}).when(tenancy::RenameTenant{}).then_refused(tenancy::refused.tenant_unknown, "id");
#ifdef FORBIDDEN
  test::given({}).when(tenancy::RenameTenant{});
#endif
}
