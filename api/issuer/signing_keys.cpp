#include "api/issuer/signing_keys.hpp"

#include <algorithm>

#include "api/tenants/gate.hpp"
#include "domain/kernel/platform.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

using operators::SigningKey;

constexpr std::string_view kind = "signing-key";
constexpr std::size_t page_limit = 200;

events::VaultKey name_of(const Id<SigningKey>& id) {
  return {platform_id, id.value, std::string{kind}};
}

// The youngest first.
std::expected<std::vector<SigningKey>, std::string> active_keys(const projections::TenantReader& platform) {
  std::vector<SigningKey> active;
  std::string after;
  do {
    auto page = platform.entities<SigningKey>({.limit = page_limit, .after = after});
    if (!page) return std::unexpected("the signing keys cannot be read: " + page.error().detail);
    std::ranges::copy_if(page->items, std::back_inserter(active),
                         [](const SigningKey& each) { return each.status == operators::SigningKeyStatus::active; });
    after = page->next;
  } while (!after.empty());
  std::ranges::sort(active, std::greater{}, &SigningKey::id);
  return active;
}

std::expected<tokens::Jwk, std::string> public_half(const SigningKey& key) {
  auto jwk = tokens::parse_jwk(key.public_key);
  if (jwk && *jwk) return std::move(**jwk);
  return std::unexpected("the public half of signing key " + key.id.text() + " cannot be read");
}

std::expected<tokens::PrivateKey, std::string> private_half(std::string_view pkcs8, const Id<SigningKey>& id) {
  auto key = tokens::PrivateKey::from_pkcs8(pkcs8);
  if (!key) return std::unexpected("the private half of signing key " + id.text() + " cannot be read");
  return std::move(*key);
}

}  // namespace

SigningKeys::SigningKeys(const projections::StateStore& state, events::Vault& vault)
    : state_(state), vault_(vault), now_(std::make_shared<const SigningKeysNow>()) {}

std::expected<SigningKey, std::string> SigningKeys::make() {
  Id<SigningKey> id{events::fresh_id()};
  auto key = tokens::PrivateKey::generate(tokens::SignatureAlgorithm::es256);
  auto put = vault_.put(name_of(id), std::nullopt, key.pkcs8());
  if (!put) return std::unexpected("a signing key cannot be kept: " + put.error().detail);
  return SigningKey{.id = id, .public_key = tokens::print_jwk({.key_id = id.text(), .key = key.public_key()})};
}

std::expected<void, std::string> SigningKeys::read() {
  auto active = active_keys(state_.reader(Gate::platform()));
  if (!active) return std::unexpected(std::move(active.error()));
  auto read = std::make_shared<SigningKeysNow>();
  std::vector<tokens::Jwk> published;
  for (const SigningKey& each : *active) {
    auto jwk = public_half(each);
    if (!jwk) return std::unexpected(std::move(jwk.error()));
    published.push_back(std::move(*jwk));
    auto secret = vault_.get(name_of(each.id), std::nullopt);
    if (!secret) return std::unexpected("signing key " + each.id.text() + ": " + secret.error().detail);
    read->secrets.emplace_back(secret->view());
    if (read->signer) continue;
    auto key = private_half(secret->view(), each.id);
    if (!key) return std::unexpected(std::move(key.error()));
    read->signer = std::make_shared<const tokens::PrivateKey>(std::move(*key));
    read->key_id = each.id.text();
  }
  auto set = tokens::KeySet::make(std::move(published));
  if (!set) return std::unexpected("the signing keys are no set: " + set.error().detail);
  read->published = std::make_shared<const tokens::KeySet>(std::move(*set));
  MutexLock lock(mutex_);
  now_ = std::move(read);
  return {};
}

std::shared_ptr<const SigningKeysNow> SigningKeys::now() const {
  MutexLock lock(mutex_);
  return now_;
}

}  // namespace tenantry::api
