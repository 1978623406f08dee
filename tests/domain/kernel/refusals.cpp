// The words of refusals are part of the API: every type has one, in kebab case, no two of a context share one, and
// those of two contexts that do mean the same.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "domain/contexts.hpp"
#include "domain/directory/refusals.hpp"
#include "domain/roster/refusals.hpp"
#include "domain/tenancy/refusals.hpp"

namespace tenantry {

TEST_CASE("every refusal has a word of its own and a title") {
  for_each_context([]<class Context>() {
    std::set<std::string_view> seen;
    for (const RefusalType& type : refusals_of<Context>()) {
      INFO(type.word << ": " << type.title);
      CHECK_FALSE(type.word.empty());
      CHECK(type.word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
      CHECK(seen.insert(type.word).second);
      CHECK_FALSE(type.title.empty());
      CHECK_FALSE(type.title.ends_with('.'));
    }
  });
  CHECK(directory::refused.slug_taken.word == "slug-taken");
  CHECK(tenancy::refused.tenant_suspended.word == "tenant-suspended");
  CHECK(directory::refused.slug_like_id.word == "slug-like-id");
  CHECK(roster::refused.term_excludes_class.word == "term-excludes-class");
  CHECK(roster::refused.capacity_below_enrolled.word == "capacity-below-enrolled");
}

TEST_CASE("a word that contexts share means the same in each") {
  std::map<std::string_view, RefusalType> seen;
  for_each_context([&]<class Context>() {
    for (const RefusalType& type : refusals_of<Context>()) {
      const RefusalType& first = seen.try_emplace(type.word, type).first->second;
      INFO(type.word);
      CHECK(first.kind == type.kind);
      CHECK(first.title == type.title);
    }
  });
}

TEST_CASE("a context's refusals are listed in the order in which they are declared") {
  auto types = refusals_of<tenancy::Context>();
  REQUIRE(types.size() == 8);
  CHECK(types.front().word == tenancy::refused.tenant_unknown.word);
  CHECK(types.at(3).kind == RefusalKind::gone);
  CHECK(types.back().word == tenancy::refused.timezone_unknown.word);
}

TEST_CASE("a refusal says its type's title where there is nothing to add") {
  Refusal refusal = tenantry::refusal(tenancy::refused.tenant_archived, "id");
  CHECK(refusal.type == &tenancy::refused.tenant_archived);
  CHECK(refusal.field == "id");
  CHECK(refusal.detail == "The tenant is archived.");
}

}  // namespace tenantry
