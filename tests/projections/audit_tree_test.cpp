// The audit tree against the published roots of Certificate Transparency's reference tree of eight leaves.
#include "projections/audit_tree.hpp"

#include <catch2/catch.hpp>

#include "projections/head.hpp"

using namespace tenantry;
using namespace tenantry::projections;

namespace {

const std::vector<std::string> leaves{"",
                                      std::string(1, '\0'),
                                      "\x10",
                                      "\x20\x21",
                                      "\x30\x31",
                                      "\x40\x41\x42\x43",
                                      "\x50\x51\x52\x53\x54\x55\x56\x57",
                                      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};

const std::vector<std::string> roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                     "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                     "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                     "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                     "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                     "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::string root_text(const AuditFrontier& frontier) {
  return events::hex(events::bytes_of(frontier.root()));
}

}  // namespace

TEST_CASE("the root of the tree is the published one at every size") {
  AuditFrontier frontier;
  CHECK(root_text(frontier) == roots[0]);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    frontier.add(leaf_hash(leaves[size - 1]));
    CHECK(root_text(frontier) == roots[size]);
  }
}

TEST_CASE("a head goes through its row unchanged, and a damaged row is refused") {
  Head head{.answers_first = 3, .answers_next = 9};
  for (const std::string& leaf : leaves) {
    head.audit.add(leaf_hash(leaf));
    ++head.sequence;
    CHECK(read_head(write_head(head)) == head);
  }
  std::string row = write_head(head);
  CHECK_THROWS(read_head(row.substr(0, row.size() - 1)));
  CHECK_THROWS(read_head("x" + row));
}
