#include "projections/digest.hpp"

#include "projections/head.hpp"
#include "projections/keys.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {
namespace {

constexpr std::size_t position_bytes = 8;
constexpr std::size_t version_and_time_bytes = 16;

class RowHash {
 public:
  void add(std::string_view key, std::string_view value) {
    add_part(key);
    add_part(value);
  }
  Sha256 finish() { return stream_.finish(); }

 private:
  void add_part(std::string_view bytes) {
    std::string length;
    append_number(length, bytes.size());
    stream_.update(length);
    stream_.update(bytes);
  }

  events::Sha256Stream stream_;
};

// What two loads of the same commands have in common of a row; nothing if the row is not content.
std::optional<std::string_view> content_of(std::string_view key, std::string_view value) {
  switch (key.front()) {
    case 'e':
      return value.substr(version_and_time_bytes);
    case 'u':
    case 'l':
    case 'o':
      return value;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::expected<TenantDigest, events::engine::StateError> digest_tenant(const storage::Database& database,
                                                                      TenantId tenant) {
  auto family = database.family(storage::tenant_family_name(tenant));
  if (family == nullptr) return std::unexpected(events::engine::StateError{"tenant " + tenant.text() + " has no rows"});
  TenantDigest digest{.tenant = tenant};
  RowHash rows;
  RowHash content;
  auto scanned = database.scan(*family, {},
                               [&](std::string_view key, std::string_view value) {
                                 ++digest.row_count;
                                 bool is_event = key.front() == 's';
                                 rows.add(key, is_event ? value.substr(position_bytes) : value);
                                 if (auto part = content_of(key, value)) content.add(key, *part);
                                 if (key == head_key()) {
                                   Head head = read_head(value);
                                   digest.sequence = head.sequence;
                                   digest.audit_root = head.audit.root();
                                 }
                                 return true;
                               },
                               {.readahead_bytes = 2u << 20, .fill_cache = false});
  if (!scanned) return std::unexpected(events::engine::StateError{scanned.error().detail});
  digest.rows = rows.finish();
  digest.content = content.finish();
  return digest;
}

}  // namespace tenantry::projections
