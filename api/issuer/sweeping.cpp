#include "api/issuer/sweeping.hpp"

#include <optional>
#include <unordered_set>

#include "domain/access/entities.hpp"
#include "domain/kernel/platform.hpp"
#include "domain/operators/entities.hpp"

namespace tenantry::api {
namespace {

using projections::TenantReader;
using Ids = std::unordered_set<Uuid>;

constexpr std::size_t page_limit = 500;

// Visits all entities of a kind; false if they cannot be read.
template <class Entity, class Visit>
bool each(const TenantReader& reader, Visit visit) {
  std::string after;
  do {
    auto page = reader.entities<Entity>({.limit = page_limit, .after = after});
    if (!page) return false;
    for (const Entity& entity : page->items) visit(entity);
    after = page->next;
  } while (!after.empty());
  return true;
}

void add_ids(const access::Credentials& credentials, Ids& ids) {
  if (credentials.password) ids.insert(*credentials.password);
  if (credentials.second_factor) ids.insert(credentials.second_factor->id);
  if (credentials.invitation) ids.insert(credentials.invitation->id);
  for (const access::Session& session : credentials.sessions) ids.insert(session.id);
}

std::optional<Ids> named_by(const TenantReader& reader) {
  Ids ids;
  bool read = each<access::Credentials>(reader, [&](const auto& credentials) { add_ids(credentials, ids); }) &&
              each<access::ServiceKey>(reader, [&](const access::ServiceKey& key) {
                if (key.status == access::ServiceKeyStatus::issued) ids.insert(key.id.value);
              });
  if (!read) return std::nullopt;
  return ids;
}

std::optional<Ids> named_by_platform(const TenantReader& reader) {
  Ids ids;
  bool read = each<operators::SigningKey>(reader,
                                          [&](const operators::SigningKey& key) {
                                            if (key.status == operators::SigningKeyStatus::active)
                                              ids.insert(key.id.value);
                                          }) &&
              each<operators::OperatorKey>(reader, [&](const operators::OperatorKey& key) {
                if (key.status == operators::OperatorKeyStatus::issued) ids.insert(key.id.value);
              });
  if (!read) return std::nullopt;
  return ids;
}

// What the rows of the tenant asked for last name; nothing if that cannot be told.
class Named {
 public:
  Named(const projections::StateStore& state, const events::engine::Engine& engine, const Gate& gate)
      : state_(state), engine_(engine), gate_(gate) {}

  bool operator()(const events::VaultKey& key) {
    if (tenant_ != key.tenant) {
      tenant_ = key.tenant;
      ids_ = read(key.tenant);
    }
    return !ids_ || ids_->contains(key.id);
  }

 private:
  std::optional<Ids> read(TenantId tenant) const {
    bool is_platform = tenant == platform_id;
    auto scope = is_platform ? Checked<TenantScope>{Gate::platform()} : gate_.find(tenant.text());
    if (!scope || !engine_.serves(events::engine::partition_of(*scope))) return std::nullopt;
    if (state_.quarantine_of(*scope)) return std::nullopt;
    TenantReader reader = state_.reader(*scope).at_one_moment();
    return is_platform ? named_by_platform(reader) : named_by(reader);
  }

  const projections::StateStore& state_;
  const events::engine::Engine& engine_;
  const Gate& gate_;
  std::optional<TenantId> tenant_;
  std::optional<Ids> ids_;
};

}  // namespace

std::expected<std::uint64_t, events::VaultError> sweep_vault(events::Vault& vault, const projections::StateStore& state,
                                                             const events::engine::Engine& engine, const Gate& gate,
                                                             Instant made_before) {
  Named named(state, engine, gate);
  return vault.sweep(made_before, [&](const events::VaultKey& key) { return named(key); });
}

}  // namespace tenantry::api
