#include "api/tokens/verified_tokens.hpp"

#include <algorithm>
#include <utility>

namespace tenantry::api::tokens {

VerifiedTokens::VerifiedTokens(std::size_t tokens_max)
    : generation_max_(std::max<std::size_t>(tokens_max / shards_count / 2, 1)) {}

std::shared_ptr<const Claims> VerifiedTokens::find(const events::Sha256& token, Instant now) const {
  const Shard& shard = shard_of(token);
  std::shared_ptr<const Claims> claims;
  {
    std::lock_guard lock(shard.mutex);
    for (const Generation* each : {&shard.younger, &shard.older}) {
      auto found = each->find(token);
      if (found != each->end()) claims = found->second;
    }
  }
  if (claims && claims->expires_at <= now.unix_ms / 1000) return nullptr;
  return claims;
}

void VerifiedTokens::remember(const events::Sha256& token, std::shared_ptr<const Claims> claims) {
  Shard& shard = shard_of(token);
  std::lock_guard lock(shard.mutex);
  if (shard.younger.size() >= generation_max_) shard.older = std::exchange(shard.younger, {});
  shard.younger.insert_or_assign(token, std::move(claims));
}

std::size_t VerifiedTokens::size() const {
  std::size_t size = 0;
  for (const Shard& shard : shards_) {
    std::lock_guard lock(shard.mutex);
    size += shard.younger.size() + shard.older.size();
  }
  return size;
}

}  // namespace tenantry::api::tokens
