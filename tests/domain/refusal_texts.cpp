// The texts of refusals are part of the API: every code has one, in kebab case, and no two share one.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "domain/directory/rules.hpp"
#include "domain/roster/rules.hpp"
#include "domain/tenancy/rules.hpp"

namespace tenantry {
namespace {

template <class Refused>
void require_distinct_texts(Refused last) {
  std::set<std::string> seen;
  for (int code = 0; code <= static_cast<int>(last); ++code) {
    std::string word{text(static_cast<Refused>(code))};
    INFO("code " << code << ": " << word);
    CHECK_FALSE(word.empty());
    CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
    CHECK(seen.insert(word).second);
  }
}

}  // namespace

TEST_CASE("every refusal has a text of its own") {
  require_distinct_texts(directory::Refused::partitions_malformed);
  require_distinct_texts(tenancy::Refused::timezone_unknown);
  require_distinct_texts(roster::Refused::result_recorded);
  CHECK(text(directory::Refused::slug_taken) == "slug-taken");
  CHECK(text(tenancy::Refused::tenant_suspended) == "tenant-suspended");
  CHECK(text(directory::Refused::slug_like_id) == "slug-like-id");
  CHECK(text(roster::Refused::term_excludes_class) == "term-excludes-class");
  CHECK(text(roster::Refused::capacity_below_enrolled) == "capacity-below-enrolled");
}

}  // namespace tenantry
