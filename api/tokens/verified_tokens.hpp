// Tokens that were verified, by their hashes, so that a token is verified once and not at every request.
//
// A shard is chosen by the hash, which nobody can choose; each has its own lock. At most `tokens_max` are remembered in
// all (32 if it is less): a shard keeps two generations, and when the younger is full the older is forgotten; what is
// found in the older moves into the younger, so that at least half of them are the last used. A token is not found from
// its `exp` on. The token itself is not kept. One VerifiedTokens serves one set of rules and keys: what holds for
// another audience must not be found here.
//
// When keys or trust are taken away, forget_all() makes everything forgotten: it begins a new epoch. Whoever verifies a
// token reads epoch() first and hands it to remember(), which drops what was verified in an earlier epoch. Any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "api/tokens/claims.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::tokens {

// The hash under which a token is remembered.
events::Sha256 token_hash(std::string_view token);

class VerifiedTokens {
 public:
  explicit VerifiedTokens(std::size_t tokens_max);

  std::uint64_t epoch() const { return epoch_.load(); }
  // None: nullptr.
  std::shared_ptr<const Claims> find(const events::Sha256& token, Instant now);
  void remember(const events::Sha256& token, std::shared_ptr<const Claims> claims, std::uint64_t epoch);
  void forget_all();

  std::size_t size() const;
  std::uint64_t found() const { return found_.load(std::memory_order_relaxed); }
  std::uint64_t missed() const { return missed_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t shard_count = 16;

  struct FirstBytes {
    std::size_t operator()(const events::Sha256& hash) const;
  };
  using Tokens = std::unordered_map<events::Sha256, std::shared_ptr<const Claims>, FirstBytes>;
  struct Shard {
    mutable Mutex mutex;
    Tokens younger TENANTRY_GUARDED_BY(mutex);
    Tokens older TENANTRY_GUARDED_BY(mutex);
  };

  Shard& shard_of(const events::Sha256& token) { return shards_[token.back() % shard_count]; }
  std::shared_ptr<const Claims> take(Shard& shard, const events::Sha256& token, Instant now);
  void put(Shard& shard, const events::Sha256& token, std::shared_ptr<const Claims> claims)
      TENANTRY_REQUIRES(shard.mutex);

  std::size_t generation_max_;  // of one shard
  std::array<Shard, shard_count> shards_;
  std::atomic<std::uint64_t> epoch_ = 0;
  std::atomic<std::uint64_t> found_ = 0;
  std::atomic<std::uint64_t> missed_ = 0;
};

}  // namespace tenantry::api::tokens
