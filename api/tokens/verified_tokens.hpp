// Tokens whose signature was found good, so that the next request with the same one costs a hash instead of a
// signature: SHA-256 of the token -> its claims, until they expire.
//
// What the tenant's rows say of the subject is never kept here: that is asked at each request. Bounded: when a shard is
// full, the older half of it is forgotten. Any thread; a lock for each shard.
#pragma once

#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/tokens/access_token.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::tokens {

class VerifiedTokens {
 public:
  explicit VerifiedTokens(std::size_t tokens_max = 100'000);

  // Null: not known, or expired by now.
  std::shared_ptr<const Claims> find(const events::Sha256& token, Instant now) const;
  void remember(const events::Sha256& token, std::shared_ptr<const Claims> claims);
  std::size_t size() const;

 private:
  struct ByFirstBytes {
    std::size_t operator()(const events::Sha256& hash) const {
      std::size_t first = 0;
      std::memcpy(&first, hash.data(), sizeof first);
      return first;
    }
  };
  using Generation = std::unordered_map<events::Sha256, std::shared_ptr<const Claims>, ByFirstBytes>;
  struct Shard {
    mutable std::mutex mutex;
    Generation younger, older;
  };
  static constexpr std::size_t shards_count = 16;
  Shard& shard_of(const events::Sha256& token) const { return shards_[token.back() % shards_count]; }

  std::size_t generation_max_;
  mutable std::array<Shard, shards_count> shards_;
};

}  // namespace tenantry::api::tokens
