#include "api/request/conditional.hpp"

#include <algorithm>

#include "api/http/date.hpp"
#include "api/http/text.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

using events::engine::Precondition;
using std::chrono::sys_seconds;

constexpr std::size_t mark_bytes = 8;

// RFC 9110 8.8.3: any visible character but the quotation mark, and what is not ASCII.
bool is_tag_character(char each) {
  auto byte = static_cast<unsigned char>(each);
  return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

void skip_blanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

std::optional<TagList::Tag> take_tag(std::string_view& rest) {
  TagList::Tag tag;
  tag.weak = rest.starts_with("W/");
  if (tag.weak) rest.remove_prefix(2);
  if (!rest.starts_with('"')) return std::nullopt;
  std::size_t end = rest.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  tag.text = rest.substr(0, end + 1);
  rest.remove_prefix(end + 1);
  if (!std::all_of(tag.text.begin() + 1, tag.text.end() - 1, is_tag_character)) return std::nullopt;
  return tag;
}

// A tag may hold a comma, and a list empty places (5.6.1.2).
std::optional<TagList> parse_tags(std::string_view rest) {
  TagList list{.any = http::trimmed(rest) == "*", .tags = {}};
  if (list.any) return list;
  for (skip_blanks(rest); !rest.empty(); skip_blanks(rest)) {
    if (rest.front() != ',') {
      auto tag = take_tag(rest);
      if (!tag) return std::nullopt;
      list.tags.push_back(std::move(*tag));
      skip_blanks(rest);
    }
    if (rest.empty()) break;
    if (rest.front() != ',') return std::nullopt;
    rest.remove_prefix(1);
  }
  if (list.tags.empty()) return std::nullopt;
  return list;
}

Checked<std::optional<TagList>> read_tags(const http::Request& request, std::string_view name) {
  auto value = list_header(request, name);
  if (!value) return std::nullopt;
  auto list = parse_tags(*value);
  if (!list) return bad_header(name, "must be a list of entity tags, like \"7-9f86d081884c7d65\", or *");
  return list;
}

std::optional<sys_seconds> read_date(const http::Request& request, std::string_view name) {
  auto value = list_header(request, name);
  if (!value) return std::nullopt;
  return http::parse_http_date(*value, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

bool names_strongly(const TagList& list, std::optional<std::string_view> tag) {
  auto equal = [&](const TagList::Tag& each) { return !each.weak && each.text == tag; };
  return list.any || std::ranges::any_of(list.tags, equal);
}

bool names_weakly(const TagList& list, std::optional<std::string_view> tag) {
  return list.any || std::ranges::any_of(list.tags, [&](const TagList::Tag& each) { return each.text == tag; });
}

enum class Comparison { strong, weak };

// The versions that the tags name: those of other forms and other tenants name none.
std::vector<std::uint64_t> versions_in(const TagList& list, TenantId tenant, Comparison comparison) {
  std::vector<std::uint64_t> versions;
  for (const TagList::Tag& tag : list.tags) {
    if (tag.weak && comparison == Comparison::strong) continue;
    auto version = parse_number(std::string_view{tag.text}.substr(1, tag.text.find('-') - 1));
    if (version && entity_tag(tenant, *version) == tag.text) versions.push_back(*version);
  }
  return versions;
}

}  // namespace

std::string tag_end(TenantId tenant) {
  constexpr std::string_view digits = "0123456789abcdef";
  auto hash = events::sha256({tenant.value.view()});
  std::string end = "-";
  for (char each : events::bytes_of(hash).substr(0, mark_bytes)) {
    auto byte = static_cast<unsigned char>(each);
    end += digits[byte >> 4];
    end += digits[byte & 15];
  }
  return end;
}

std::string entity_tag(TenantId tenant, std::uint64_t version) {
  return '"' + std::to_string(version) + tag_end(tenant) + '"';
}

Checked<Conditions> read_conditions(const http::Request& request) {
  Conditions conditions;
  auto match = read_tags(request, "If-Match");
  if (!match) return std::unexpected(std::move(match.error()));
  auto none_match = read_tags(request, "If-None-Match");
  if (!none_match) return std::unexpected(std::move(none_match.error()));
  conditions.match = std::move(*match);
  conditions.none_match = std::move(*none_match);
  conditions.unmodified_since = read_date(request, "If-Unmodified-Since");
  bool is_read = request.method() == http::Method::get || request.method() == http::Method::head;
  if (is_read) conditions.modified_since = read_date(request, "If-Modified-Since");
  return conditions;
}

std::string_view condition_on_change(const Conditions& conditions) {
  if (conditions.match) return "If-Match";
  if (conditions.unmodified_since) return "If-Unmodified-Since";
  return conditions.none_match ? "If-None-Match" : "";
}

Verdict judge_read(const Conditions& conditions, std::optional<std::string_view> tag,
                   std::optional<sys_seconds> modified) {
  using enum Verdict::Kind;
  if (conditions.match) {
    if (!names_strongly(*conditions.match, tag)) return {failed, "If-Match"};
  } else if (conditions.unmodified_since && modified && *modified > *conditions.unmodified_since) {
    return {failed, "If-Unmodified-Since"};
  }
  if (conditions.none_match) return {names_weakly(*conditions.none_match, tag) ? not_modified : holds};
  bool unchanged = conditions.modified_since && modified && *modified <= *conditions.modified_since;
  return {unchanged ? not_modified : holds};
}

std::optional<Precondition> precondition_of(const Conditions& conditions, TenantId tenant, Subject subject) {
  Precondition precondition{.subject = subject};
  if (conditions.match) {
    if (!conditions.match->any) precondition.is_one_of = versions_in(*conditions.match, tenant, Comparison::strong);
  } else if (conditions.unmodified_since) {
    auto since = conditions.unmodified_since->time_since_epoch();
    precondition.unmodified_since = Instant{std::chrono::milliseconds(since).count()};
  }
  if (conditions.none_match) {
    precondition.is_absent = conditions.none_match->any;
    precondition.is_none_of = versions_in(*conditions.none_match, tenant, Comparison::weak);
  }
  bool asks = precondition.is_one_of || precondition.unmodified_since || precondition.is_absent ||
              !precondition.is_none_of.empty();
  return asks ? std::optional{std::move(precondition)} : std::nullopt;
}

std::string http_date(Instant instant) {
  return http::http_date(std::chrono::floor<std::chrono::seconds>(
      std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{instant.unix_ms}}));
}

}  // namespace tenantry::api
