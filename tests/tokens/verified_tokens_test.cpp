#include "api/tokens/verified_tokens.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/tokens/issuer.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using namespace tenantry::test;

namespace {

std::shared_ptr<const Claims> claims_of(const std::string& subject, std::int64_t expires_at_s = noon_s + 600) {
  Claims claims = ann();
  claims.subject = subject;
  claims.expires_at_s = expires_at_s;
  return std::make_shared<const Claims>(claims);
}

}  // namespace

TEST_CASE("a verified token is found until it expires, and no other is") {
  VerifiedTokens tokens{1000};
  auto hash = token_hash("one");
  CHECK(tokens.find(hash, noon) == nullptr);
  auto claims = claims_of("ann");
  tokens.remember(hash, claims, tokens.epoch());
  CHECK(tokens.find(hash, noon) == claims);
  CHECK(tokens.find(hash, {after(600).unix_ms - 1}) == claims);
  CHECK(tokens.find(token_hash("other"), noon) == nullptr);
  CHECK(tokens.find(hash, after(600)) == nullptr);
  CHECK(tokens.size() == 0);
  CHECK(tokens.found() == 2);
  CHECK(tokens.missed() == 3);
}

TEST_CASE("at most so many tokens are remembered, and those in use outlive the others") {
  constexpr std::size_t tokens_max = 320;
  VerifiedTokens tokens{tokens_max};
  auto used = token_hash("used");
  tokens.remember(used, claims_of("used"), tokens.epoch());
  std::size_t most = 0;
  for (int number = 0; number < 20'000; ++number) {
    tokens.remember(token_hash(std::to_string(number)), claims_of("other"), tokens.epoch());
    if (number % 2 == 0) REQUIRE(tokens.find(used, noon));
    if (number % 100 == 0) most = std::max(most, tokens.size());
  }
  CHECK(most <= tokens_max);
  CHECK(most > tokens_max / 2);
  CHECK(tokens.find(token_hash("0"), noon) == nullptr);
  CHECK(tokens.find(token_hash("19999"), noon));
}

TEST_CASE("a token remembered again is counted once, and has the later claims") {
  VerifiedTokens tokens{1000};
  auto hash = token_hash("one");
  tokens.remember(hash, claims_of("former"), tokens.epoch());
  tokens.remember(hash, claims_of("latter"), tokens.epoch());
  CHECK(tokens.size() == 1);
  CHECK(tokens.find(hash, noon)->subject == "latter");
}

TEST_CASE("when trust is taken away everything is forgotten, and what was verified before is not remembered after") {
  VerifiedTokens tokens{1000};
  auto hash = token_hash("one");
  std::uint64_t before = tokens.epoch();
  tokens.remember(hash, claims_of("ann"), before);
  tokens.forget_all();
  CHECK(tokens.find(hash, noon) == nullptr);
  tokens.remember(hash, claims_of("ann"), before);
  CHECK(tokens.find(hash, noon) == nullptr);
  tokens.remember(hash, claims_of("ann"), tokens.epoch());
  CHECK(tokens.find(hash, noon));
}

TEST_CASE("many threads find, remember and forget at once, and nobody is taken for somebody else") {
  VerifiedTokens tokens{64};
  std::atomic<int> found = 0;
  std::atomic<int> mistaken = 0;
  auto work = [&](int first) {
    for (int round = 0; round < 4000; ++round) {
      std::string name = std::to_string((first + round * 7) % 50);
      auto hash = token_hash(name);
      std::uint64_t epoch = tokens.epoch();
      if (auto claims = tokens.find(hash, noon)) {
        ++found;
        mistaken += claims->subject != name;
      } else {
        tokens.remember(hash, claims_of(name), epoch);
      }
      if (round % 500 == 499) tokens.forget_all();
    }
  };
  std::vector<std::thread> threads;
  for (int first = 0; first < 4; ++first) threads.emplace_back(work, first);
  for (std::thread& each : threads) each.join();
  CHECK(found > 0);
  CHECK(mistaken == 0);
  CHECK(tokens.size() <= 64);
}

TEST_CASE("tokens are verified by many threads at once with one key set") {
  std::vector<std::string> good;
  for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
    good.push_back(issue_access_token(ann(), rules.tenant_claim, name_of(each), key_for(each)));
  }
  std::string bad = good.front();
  bad[bad.size() - 10] = bad[bad.size() - 10] == 'A' ? 'B' : 'A';
  std::atomic<int> accepted = 0;
  std::atomic<int> wrongly = 0;
  auto work = [&] {
    for (int round = 0; round < 30; ++round) {
      for (const std::string& each : good)
        accepted += verify_access_token(each, issuer_keys(), rules, noon).has_value();
      wrongly += verify_access_token(bad, issuer_keys(), rules, noon).has_value();
    }
  };
  std::vector<std::thread> threads;
  for (int each = 0; each < 4; ++each) threads.emplace_back(work);
  for (std::thread& each : threads) each.join();
  CHECK(accepted == 4 * 30 * 3);
  CHECK(wrongly == 0);
}
