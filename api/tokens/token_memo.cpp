#include "api/tokens/token_memo.hpp"

#include "api/tokens/secret_bytes.hpp"

namespace tenantry::api::tokens {

std::shared_ptr<const Claims> TokenMemo::find(std::string_view header, std::uint64_t epoch, Instant now) const {
  bool holds = claims_ && epoch == epoch_ && now.unix_ms < claims_->expires_at_s * 1000;
  return holds && equal_in_constant_time(header, header_) ? claims_ : nullptr;
}

void TokenMemo::remember(std::string_view header, std::uint64_t epoch, std::shared_ptr<const Claims> claims) {
  if (header.size() > header_bytes_max) return;
  header_ = header;
  epoch_ = epoch;
  claims_ = std::move(claims);
}

}  // namespace tenantry::api::tokens
