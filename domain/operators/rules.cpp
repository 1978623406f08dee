#include "domain/operators/rules.hpp"

#include "domain/contexts.hpp"
#include "domain/kernel/existing.hpp"
#include "domain/operators/commands.hpp"
#include "domain/operators/events.hpp"

namespace tenantry::operators {

template <>
Decision on(Rows& rows, const AddSigningKey& command) {
  const SigningKey* found = rows.signing_keys.find(command.id);
  if (found != nullptr && found->status == SigningKeyStatus::retired) return refuse(refused.signing_key_retired, "id");
  if (found != nullptr && found->public_key != command.public_key) return refuse(refused.signing_key_exists, "id");
  if (found != nullptr) return holds(found->id);
  return accept_one_of<Event>(SigningKeyAdded{.id = command.id, .public_key = command.public_key});
}

template <>
Decision on(Rows& rows, const RetireSigningKey& command) {
  const SigningKey* found = rows.signing_keys.find(command.id);
  if (found == nullptr) return refuse(refused.signing_key_unknown, "id");
  if (found->status == SigningKeyStatus::retired) return holds(found->id);
  return accept_one_of<Event>(SigningKeyRetired{command.id});
}

template <>
void apply(Rows& rows, const SigningKeyAdded& event) {
  rows.signing_keys.insert({.id = event.id, .public_key = event.public_key});
}

template <>
void apply(Rows& rows, const SigningKeyRetired& event) {
  SigningKey changed = existing(rows.signing_keys, event.id);
  changed.status = SigningKeyStatus::retired;
  rows.signing_keys.put(std::move(changed));
}

}  // namespace tenantry::operators

namespace tenantry {

template <>
std::vector<RefusalType> refusals_of<operators::Context>() {
  return refusal_types(operators::refused);
}

}  // namespace tenantry
