#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "api/tokens/password_hash.hpp"
#include "api/tokens/password_work.hpp"

using namespace tenantry::api::tokens;

namespace {

// Until `holds`, letting other threads run.
template <class Condition>
void wait_until(Condition holds) {
  while (!holds()) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a password is verified by its hash alone, and no other is") {
  auto hash = hash_password("correct horse");
  REQUIRE(hash);
  CHECK(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(verify_password(*hash, "correct horse"));
  CHECK_FALSE(verify_password(*hash, "correct horsf"));
  CHECK_FALSE(verify_password(*hash, ""));
  CHECK(*hash != *hash_password("correct horse"));
  CHECK_FALSE(needs_rehash(*hash));
}

TEST_CASE("passwords are bytes, NUL among them, and of bounded length") {
  using namespace std::string_view_literals;
  auto hash = hash_password("a\0b"sv);
  CHECK(verify_password(*hash, "a\0b"sv));
  CHECK_FALSE(verify_password(*hash, "a\0c"sv));
  CHECK_FALSE(verify_password(*hash, "a"sv));
  std::string longest(password_bytes_max, 'a');
  CHECK(verify_password(*hash_password(longest), longest));
  CHECK_FALSE(hash_password(longest + 'a'));
  CHECK_FALSE(verify_password(*hash, longest + 'a'));
}

TEST_CASE("a hash of another setting is verified but made anew, and one that asks for too much is not verified") {
  // "password", salt "somesalt", from the tests of the Argon2 reference implementation, version 19: 64 MiB, 2 passes.
  const std::string larger = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  CHECK(verify_password(larger, "password"));
  CHECK_FALSE(verify_password(larger, "passwore"));
  CHECK(needs_rehash(larger));
  // Hashes of "password" as libsodium makes them with 8 and with 9 passes, and with 64 MiB and 1 KiB.
  CHECK(verify_password("$argon2id$v=19$m=8,t=8,p=1$35fYXeBIaqEXBdbER3T9vw$nxR+F2h0QnQIpds53VhO12YP5z+jobHkYK7YmQ8sdhs",
                        "password"));
  CHECK_FALSE(verify_password(
      "$argon2id$v=19$m=8,t=9,p=1$2lXenGfGTQd/74IKAqP5Fw$IfryburygeNsB6olvtAAxP2IxLj1Tc5zG2r9EifS5FY", "password"));
  CHECK_FALSE(verify_password(
      "$argon2id$v=19$m=65537,t=1,p=1$u+WsWKyAoqk1G8EY57Hh/g$3KS8aXVOy0vVpzF9u5cg/IQB0EEvVNDWEVDf0wpdyUo", "password"));
  const std::string hash = *hash_password("password");
  auto with = [&](const std::string& cost) { return "$argon2id$v=19$" + cost + hash.substr(hash.find(",p=1$")); };
  REQUIRE(with("m=19456,t=2") == hash);
  for (const char* cost :
       {"m=65537,t=2", "m=4294967295,t=2", "m=4294967296,t=2", "m=19456,t=9", "m=,t=2", "m=-1,t=2"}) {
    CAPTURE(cost);
    CHECK_FALSE(verify_password(with(cost), "password"));
    CHECK(needs_rehash(with(cost)));
  }
  for (const std::string& none : {std::string{}, std::string{"password"}, hash.substr(0, hash.size() - 1), hash + 'A',
                                  "$argon2i" + hash.substr(9), std::string(200, '$')}) {
    CAPTURE(none);
    CHECK_FALSE(verify_password(none, "password"));
  }
}

TEST_CASE("for users that do not exist there is a hash of today's setting") {
  CHECK_FALSE(needs_rehash(dummy_password_hash()));
  CHECK(dummy_password_hash().size() == hash_password("a")->size());
  for (const char* password : {"", "password", "dummy"}) CHECK_FALSE(verify_password(dummy_password_hash(), password));
}

TEST_CASE("so many passwords are worked on at once, so many wait, and one more is refused at once") {
  PasswordWork work{2, 1};
  auto first = work.enter();
  auto second = work.enter();
  REQUIRE((first && second));
  std::atomic<bool> entered = false;
  std::thread third([&] {
    auto place = work.enter();
    entered = place.has_value();
  });
  wait_until([&] { return work.waiting() == 1; });
  CHECK_FALSE(work.enter());
  CHECK(work.refused() == 1);
  CHECK(work.running() == 2);
  CHECK_FALSE(entered);
  first.reset();
  third.join();
  CHECK(entered);
  second.reset();
  CHECK(work.running() == 0);
  CHECK(work.waiting() == 0);
}

TEST_CASE("who waits for a place has it in the order of coming") {
  PasswordWork work{1, 10};
  auto held = work.enter();
  std::vector<int> order;  // guarded by the one place
  std::vector<std::thread> threads;
  for (int number = 0; number < 5; ++number) {
    threads.emplace_back([&, number] {
      auto place = work.enter();
      order.push_back(number);
    });
    wait_until([&] { return work.waiting() == static_cast<std::size_t>(number) + 1; });
  }
  held.reset();
  for (std::thread& each : threads) each.join();
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("never more than the bound are inside, whatever many threads do, and every place comes back") {
  PasswordWork work{3, 100};
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int each = 0; each < 8; ++each) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round) {
        auto place = work.enter();
        if (!place) continue;
        int now = ++inside;
        int seen = most.load();
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --inside;
      }
    });
  }
  for (std::thread& each : threads) each.join();
  CHECK(most <= 3);
  CHECK(most >= 1);
  CHECK(work.running() == 0);
  CHECK(work.refused() == 0);
}

TEST_CASE("closing sends those away who wait and lets none in") {
  PasswordWork work{1, 10};
  auto held = work.enter();
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int each = 0; each < 3; ++each) threads.emplace_back([&] { refused += !work.enter().has_value(); });
  wait_until([&] { return work.waiting() == 3; });
  work.close();
  for (std::thread& each : threads) each.join();
  CHECK(refused == 3);
  held.reset();
  CHECK_FALSE(work.enter());
  CHECK(work.running() == 0);
}
