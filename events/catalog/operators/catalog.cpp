// What the catalog knows of the platform's operation.
#include "events/catalog/catalog.hpp"

#include <array>

#include "domain/contexts.hpp"
#include "domain/operators/commands.hpp"
#include "domain/operators/events.hpp"
#include "events/catalog/make_catalog.hpp"

namespace tenantry::events {

template <>
struct Describe<operators::SigningKeyStatus> {
  static constexpr auto choices = std::array{choice(operators::SigningKeyStatus::active, "active"),
                                             choice(operators::SigningKeyStatus::retired, "retired")};
};

template <>
struct Describe<operators::SigningKey> {
  using T = operators::SigningKey;
  static constexpr char table = 'G';
  static constexpr std::string_view name = "SigningKey";
  static constexpr std::string_view about = "A key that the server signs tokens with.";
  static constexpr Permission permission = Permission::operate_service;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the key; tokens name it by this"),
                 field<&T::public_key>("publicKey", "its public half, a JWK").length(1, 2'000),
                 field<&T::status>("status", "whether what it signed is believed")};
};

template <>
struct Describe<operators::OperatorKeyStatus> {
  static constexpr auto choices = std::array{choice(operators::OperatorKeyStatus::issued, "issued"),
                                             choice(operators::OperatorKeyStatus::revoked, "revoked")};
};

template <>
struct Describe<operators::OperatorKey> {
  using T = operators::OperatorKey;
  static constexpr char table = 'O';
  static constexpr std::string_view name = "OperatorKey";
  static constexpr std::string_view about = "A key that an operator, or a program of one, shows.";
  static constexpr Permission permission = Permission::operate_service;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the key"), field<&T::name>("name", "whose it is, for people").length(1, 200),
                 field<&T::expires_at>("expiresAt", "from when on it is good no more; null: it does not expire"),
                 field<&T::status>("status", "whether it is good")};
};

template <>
struct Describe<operators::IssueOperatorKey> {
  using T = operators::IssueOperatorKey;
  using E = operators::OperatorKey;
  static constexpr std::string_view name = "IssueOperatorKey";
  static constexpr std::string_view about = "Issues a key for an operator. The answer shows it once.";
  static constexpr Permission permission = Permission::operate_service;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_server(), field<&T::name>(like<&E::name>),
                                            field<&T::expires_at>(like<&E::expires_at>)};
};

template <>
struct Describe<operators::RevokeOperatorKey> {
  using T = operators::RevokeOperatorKey;
  using E = operators::OperatorKey;
  static constexpr std::string_view name = "RevokeOperatorKey";
  static constexpr std::string_view about = "Revokes an operator's key: it is good no more.";
  static constexpr Permission permission = Permission::operate_service;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<operators::OperatorKeyIssued> {
  using T = operators::OperatorKeyIssued;
  using E = operators::OperatorKey;
  static constexpr std::string_view name = "tenantry.operators.operator-key-issued";
  static constexpr std::string_view about = "A key was issued for an operator.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>),
                                            field<&T::expires_at>(like<&E::expires_at>)};
};

template <>
struct Describe<operators::OperatorKeyRevoked> {
  using T = operators::OperatorKeyRevoked;
  using E = operators::OperatorKey;
  static constexpr std::string_view name = "tenantry.operators.operator-key-revoked";
  static constexpr std::string_view about = "An operator's key was revoked.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<operators::AddSigningKey> {
  using T = operators::AddSigningKey;
  using E = operators::SigningKey;
  static constexpr std::string_view name = "AddSigningKey";
  static constexpr std::string_view about =
      "Makes a key that tokens are signed with from now on. What earlier keys signed is believed until they are "
      "retired.";
  static constexpr Permission permission = Permission::operate_service;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_server(), field<&T::public_key>(like<&E::public_key>).from_server()};
};

template <>
struct Describe<operators::RetireSigningKey> {
  using T = operators::RetireSigningKey;
  using E = operators::SigningKey;
  static constexpr std::string_view name = "RetireSigningKey";
  static constexpr std::string_view about = "Takes a key away: what it signed is believed no more.";
  static constexpr Permission permission = Permission::operate_service;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<operators::SigningKeyAdded> {
  using T = operators::SigningKeyAdded;
  using E = operators::SigningKey;
  static constexpr std::string_view name = "tenantry.operators.signing-key-added";
  static constexpr std::string_view about = "A key was made that tokens are signed with.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::public_key>(like<&E::public_key>)};
};

template <>
struct Describe<operators::SigningKeyRetired> {
  using T = operators::SigningKeyRetired;
  using E = operators::SigningKey;
  static constexpr std::string_view name = "tenantry.operators.signing-key-retired";
  static constexpr std::string_view about = "A key was taken away.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
const Catalog& catalog_of<operators::Context>() {
  static const Catalog catalog =
      make_catalog<operators::Command, operators::Event, operators::Entities>("operators", Stream::platform);
  return catalog;
}

}  // namespace tenantry::events
