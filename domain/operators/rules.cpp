#include "domain/operators/rules.hpp"

#include "domain/contexts.hpp"
#include "domain/kernel/existing.hpp"
#include "domain/kernel/text.hpp"
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
Decision on(Rows& rows, const IssueOperatorKey& command) {
  std::string name = normalised(command.name);
  if (name.empty()) return refuse(refused.name_blank, "name");
  if (command.expires_at && *command.expires_at <= rows.decided_at) return refuse(refused.expiry_past, "expiresAt");
  if (const OperatorKey* found = rows.operator_keys.find(command.id)) {
    bool is_same = found->name == name && found->expires_at == command.expires_at;
    return is_same ? holds(found->id) : refuse(refused.operator_key_exists, "id");
  }
  return accept_one_of<Event>(
      OperatorKeyIssued{.id = command.id, .name = std::move(name), .expires_at = command.expires_at});
}

template <>
Decision on(Rows& rows, const RevokeOperatorKey& command) {
  const OperatorKey* found = rows.operator_keys.find(command.id);
  if (found == nullptr) return refuse(refused.operator_key_unknown, "id");
  if (found->status == OperatorKeyStatus::revoked) return holds(found->id);
  return accept_one_of<Event>(OperatorKeyRevoked{command.id});
}

template <>
void apply(Rows& rows, const OperatorKeyIssued& event) {
  rows.operator_keys.insert({.id = event.id, .name = event.name, .expires_at = event.expires_at});
}

template <>
void apply(Rows& rows, const OperatorKeyRevoked& event) {
  OperatorKey changed = existing(rows.operator_keys, event.id);
  changed.status = OperatorKeyStatus::revoked;
  rows.operator_keys.put(std::move(changed));
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
