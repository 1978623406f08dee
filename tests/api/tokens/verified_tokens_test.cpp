#include "api/tokens/verified_tokens.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace tenantry;
using namespace tenantry::api::tokens;

namespace {

events::Sha256 hash_of(int number) {
  return events::sha256({std::to_string(number)});
}
std::shared_ptr<const Claims> claims(const std::string& subject, std::int64_t expires_at) {
  return std::make_shared<const Claims>(Claims{.subject = subject, .expires_at = expires_at});
}

}  // namespace

TEST_CASE("a token that was found good is known until it expires") {
  VerifiedTokens tokens;
  CHECK(tokens.find(hash_of(1), Instant{0}) == nullptr);
  tokens.remember(hash_of(1), claims("ada", 100));
  CHECK(tokens.find(hash_of(1), Instant{99'999})->subject == "ada");
  CHECK(tokens.find(hash_of(1), Instant{100'000}) == nullptr);
  CHECK(tokens.find(hash_of(2), Instant{0}) == nullptr);
}

TEST_CASE("so many are known at most, and those just used longest") {
  constexpr std::size_t tokens_max = 1'000;
  VerifiedTokens tokens(tokens_max);
  for (int number = 0; number < 20'000; ++number) {
    tokens.remember(hash_of(number), claims("ada", 100));
    CHECK(tokens.find(hash_of(number), Instant{0}) != nullptr);
  }
  CHECK(tokens.size() <= tokens_max);
}

TEST_CASE("many threads use one set of tokens, and none sees another's claims") {
  VerifiedTokens tokens(500);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 20'000; ++round) {
        int number = (round * 7 + thread) % 900;
        if (auto found = tokens.find(hash_of(number), Instant{0})) {
          wrong += found->subject != std::to_string(number);
        } else {
          tokens.remember(hash_of(number), claims(std::to_string(number), 100));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
