#include "api/tokens/verified_tokens.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tenantry::api::tokens {
namespace {

bool is_over(const Claims& claims, Instant now) {
  return claims.expires_at_s * 1000 <= now.unix_ms;
}

}  // namespace

events::Sha256 token_hash(std::string_view token) {
  return events::sha256({token});
}

std::size_t VerifiedTokens::FirstBytes::operator()(const events::Sha256& hash) const {
  std::size_t bytes = 0;
  std::memcpy(&bytes, hash.data(), sizeof bytes);
  return bytes;
}

VerifiedTokens::VerifiedTokens(std::size_t tokens_max)
    : generation_max_(std::max<std::size_t>(tokens_max / (2 * shard_count), 1)) {}

std::shared_ptr<const Claims> VerifiedTokens::find(const events::Sha256& token, Instant now) {
  auto claims = take(shard_of(token), token, now);
  (claims ? found_ : missed_).fetch_add(1, std::memory_order_relaxed);
  return claims;
}

std::shared_ptr<const Claims> VerifiedTokens::take(Shard& shard, const events::Sha256& token, Instant now) {
  MutexLock lock(shard.mutex);
  if (auto found = shard.younger.find(token); found != shard.younger.end()) {
    if (!is_over(*found->second, now)) return found->second;
    shard.younger.erase(found);
    return nullptr;
  }
  auto found = shard.older.find(token);
  if (found == shard.older.end()) return nullptr;
  auto claims = std::move(found->second);
  shard.older.erase(found);
  if (is_over(*claims, now)) return nullptr;
  put(shard, token, claims);
  return claims;
}

void VerifiedTokens::put(Shard& shard, const events::Sha256& token, std::shared_ptr<const Claims> claims) {
  if (shard.younger.size() >= generation_max_) shard.older = std::exchange(shard.younger, {});
  shard.younger.insert_or_assign(token, std::move(claims));
}

void VerifiedTokens::remember(const events::Sha256& token, std::shared_ptr<const Claims> claims, std::uint64_t epoch) {
  Shard& shard = shard_of(token);
  MutexLock lock(shard.mutex);
  // forget_all() changes the epoch before it takes this lock: either it is seen here, or what is put here is forgotten.
  if (epoch != epoch_.load()) return;
  put(shard, token, std::move(claims));
}

void VerifiedTokens::forget_all() {
  epoch_.fetch_add(1);
  for (Shard& shard : shards_) {
    MutexLock lock(shard.mutex);
    shard.younger.clear();
    shard.older.clear();
  }
}

std::size_t VerifiedTokens::size() const {
  std::size_t count = 0;
  for (const Shard& shard : shards_) {
    MutexLock lock(shard.mutex);
    count += shard.younger.size() + shard.older.size();
  }
  return count;
}

}  // namespace tenantry::api::tokens
