#include "api/tokens/access_token.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "events/identifiers.hpp"
#include "events/json/reader.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::tokens {
namespace {

namespace json = events::json;

constexpr std::string_view type = "at+jwt";
constexpr std::string_view type_with_tree = "application/at+jwt";

// Media types compare without case (RFC 2045 5.1).
bool is_access_token_type(std::string_view typ) {
  std::string lower{typ};
  for (char& each : lower) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
  return lower == type || lower == type_with_tree;
}

// A whole number of seconds, in a range in which nothing overflows.
std::optional<std::int64_t> seconds_of(json::Value value) {
  constexpr std::int64_t last = 253'402'300'799;  // of the year 9999
  std::int64_t seconds = 0;
  std::string_view text = value.text();
  if (value.kind() != json::Kind::number) return std::nullopt;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0 || seconds > last) return std::nullopt;
  return seconds;
}

struct Read {
  Claims claims;
  std::vector<std::string> audiences;
  std::optional<std::int64_t> issued_at, expires_at, not_before;
};

std::expected<void, TokenFault> read_text(json::Value value, std::string& into) {
  if (value.kind() != json::Kind::text || value.text().empty()) return std::unexpected(TokenFault::missing_claim);
  into = value.text();
  return {};
}

std::expected<void, TokenFault> read_time(json::Value value, std::optional<std::int64_t>& into) {
  into = seconds_of(value);
  if (!into) return std::unexpected(TokenFault::missing_claim);
  return {};
}

std::expected<void, TokenFault> read_audiences(json::Value value, std::vector<std::string>& into) {
  if (value.kind() == json::Kind::text) return into.emplace_back(value.text()), std::expected<void, TokenFault>{};
  if (value.kind() != json::Kind::list) return std::unexpected(TokenFault::missing_claim);
  for (json::Value each : value) {
    if (each.kind() != json::Kind::text) return std::unexpected(TokenFault::missing_claim);
    into.emplace_back(each.text());
  }
  return {};
}

std::expected<void, TokenFault> read_member(json::Value member, Read& read) {
  Claims& claims = read.claims;
  const std::array<std::pair<std::string_view, std::string*>, 6> texts{{{"iss", &claims.issuer},
                                                                        {"sub", &claims.subject},
                                                                        {"client_id", &claims.client},
                                                                        {"jti", &claims.id},
                                                                        {"sid", &claims.session},
                                                                        {"tenant", &claims.tenant}}};
  for (const auto& [name, into] : texts) {
    if (member.key() == name) return read_text(member, *into);
  }
  const std::array<std::pair<std::string_view, std::optional<std::int64_t>*>, 3> times{
      {{"iat", &read.issued_at}, {"exp", &read.expires_at}, {"nbf", &read.not_before}}};
  for (const auto& [name, into] : times) {
    if (member.key() == name) return read_time(member, *into);
  }
  if (member.key() == "aud") return read_audiences(member, read.audiences);
  if (member.key() == "cnf") return std::unexpected(TokenFault::bound_to_key);
  if (member.key() != "scope") return {};
  if (member.kind() != json::Kind::text) return std::unexpected(TokenFault::missing_claim);
  claims.scope = member.text();
  claims.has_scope = true;
  return {};
}

std::expected<Read, TokenFault> read_claims(const std::string& payload) {
  json::Document document;
  auto object = document.parse(payload);
  if (!object || object->kind() != json::Kind::object) return std::unexpected(TokenFault::malformed);
  Read read;
  for (json::Value member : *object) {
    if (auto good = read_member(member, read); !good) return std::unexpected(good.error());
  }
  if (read.claims.subject.empty() || !read.issued_at || !read.expires_at) {
    return std::unexpected(TokenFault::missing_claim);
  }
  read.claims.issued_at = *read.issued_at;
  read.claims.expires_at = *read.expires_at;
  return read;
}

}  // namespace

std::expected<Claims, TokenFault> check_access_token(std::string_view token, std::span<const PublicKey> keys,
                                                     const Expected& expected, Instant now) {
  auto verified = verify(token, keys);
  if (!verified) return std::unexpected(verified.error());
  if (!is_access_token_type(verified->header.typ)) return std::unexpected(TokenFault::wrong_type);
  auto read = read_claims(verified->payload);
  if (!read) return std::unexpected(read.error());
  const Claims& claims = read->claims;
  if (claims.issuer != expected.issuer) return std::unexpected(TokenFault::wrong_issuer);
  if (std::ranges::find(read->audiences, expected.audience) == read->audiences.end()) {
    return std::unexpected(TokenFault::wrong_audience);
  }
  std::int64_t now_s = now.unix_ms / 1000;
  if (claims.expires_at <= now_s) return std::unexpected(TokenFault::expired);
  bool is_ahead = claims.issued_at > now_s + clock_skew_s || read->not_before.value_or(0) > now_s + clock_skew_s;
  if (is_ahead) return std::unexpected(TokenFault::not_yet_valid);
  return std::move(read->claims);
}

std::string make_access_token(const PrivateKey& key, const Claims& claims, std::string_view audience) {
  std::string payload = "{\"iss\":";
  json::append_text(payload, claims.issuer);
  auto text = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    payload.append(",\"").append(name).append("\":");
    json::append_text(payload, value);
  };
  text("sub", claims.subject);
  text("aud", audience);
  text("client_id", claims.client);
  text("jti", claims.id.empty() ? events::fresh_id().text() : claims.id);
  text("sid", claims.session);
  text("tenant", claims.tenant);
  if (claims.has_scope) {
    payload += ",\"scope\":";
    json::append_text(payload, claims.scope);
  }
  payload += ",\"iat\":";
  json::append_integer(payload, claims.issued_at);
  payload += ",\"exp\":";
  json::append_integer(payload, claims.expires_at);
  return sign(key, type, payload + '}');
}

}  // namespace tenantry::api::tokens
