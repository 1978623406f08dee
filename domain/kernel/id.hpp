// Ids: 128-bit UUIDs, typed by what they name so that a student's id cannot be passed where a class's is wanted.
//
// Plain values; any thread. Text form is the lower-case 8-4-4-4-12 of RFC 9562; parsing accepts either case and
// refuses everything else, the nil UUID included (it names nothing). Order is byte order, which for UUIDv7 is the
// order of creation. Ids are made outside this layer: rules are pure and take ids from their commands.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid{}; }
  std::string text() const;
  // The sixteen bytes as they stand in storage keys.
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

  static std::optional<Uuid> parse(std::string_view text);
};

// The version 7 UUID of RFC 9562 for a moment and ten random bytes (the caller's random source).
Uuid make_uuid_v7(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random);

template <class Named>
struct Id {
  Uuid value{};

  auto operator<=>(const Id&) const = default;
  std::string text() const { return value.text(); }

  static std::optional<Id> parse(std::string_view text) {
    auto uuid = Uuid::parse(text);
    if (!uuid) return std::nullopt;
    return Id{*uuid};
  }
};

namespace tenancy {
struct Tenant;
}
using TenantId = Id<tenancy::Tenant>;

}  // namespace tenantry

template <>
struct std::hash<tenantry::Uuid> {
  std::size_t operator()(const tenantry::Uuid& uuid) const noexcept {
    return std::hash<std::string_view>{}(uuid.view());
  }
};

template <class Named>
struct std::hash<tenantry::Id<Named>> {
  std::size_t operator()(const tenantry::Id<Named>& id) const noexcept { return std::hash<tenantry::Uuid>{}(id.value); }
};
