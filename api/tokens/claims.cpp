#include "api/tokens/claims.hpp"

#include <algorithm>
#include <charconv>

#include "api/tokens/json_members.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::tokens {
namespace {

using events::json::Kind;
using events::json::ObjectWriter;
using events::json::Value;

constexpr std::int64_t last_second_of_9999 = 253'402'300'799;
constexpr std::size_t actors_max = 2;

// Takes one claim after another and remembers the first fault.
class ClaimReader {
 public:
  explicit ClaimReader(Value claims) : claims_(claims) {}

  std::optional<TokenFault> fault() const { return fault_; }
  void refuse(TokenFault fault) {
    if (!fault_) fault_ = fault;
  }

  void text(std::string_view name, std::size_t bytes_max, std::string& into) {
    std::optional<std::string> found;
    text(name, bytes_max, found);
    if (!found) return refuse(TokenFault::claim_missing);
    into = std::move(*found);
  }
  void text(std::string_view name, std::size_t bytes_max, std::optional<std::string>& into) {
    auto found = member(claims_, name);
    if (!found) return;
    if (!is_text(*found) || !is_name(found->text(), bytes_max)) return refuse(TokenFault::claims_malformed);
    into = found->text();
  }
  void moment(std::string_view name, std::int64_t& into) {
    std::optional<std::int64_t> found;
    moment(name, found);
    if (!found) return refuse(TokenFault::claim_missing);
    into = *found;
  }
  void moment(std::string_view name, std::optional<std::int64_t>& into);
  void audience(std::vector<std::string>& into);
  void scopes(Scopes& into);
  void actors(std::vector<Actor>& into);

 private:
  Value claims_;
  std::optional<TokenFault> fault_;
};

void ClaimReader::moment(std::string_view name, std::optional<std::int64_t>& into) {
  auto found = member(claims_, name);
  if (!found) return;
  std::string_view literal = found->text();
  std::int64_t seconds = 0;
  auto [end, error] = std::from_chars(literal.data(), literal.data() + literal.size(), seconds);
  bool whole = found->kind() == Kind::number && error == std::errc{} && end == literal.data() + literal.size();
  if (!whole || seconds < 0 || seconds > last_second_of_9999) return refuse(TokenFault::claims_malformed);
  into = seconds;
}

void ClaimReader::audience(std::vector<std::string>& into) {
  auto found = member(claims_, "aud");
  if (!found) return refuse(TokenFault::claim_missing);
  auto take = [&](Value each) {
    if (!is_text(each) || !is_name(each.text(), issuer_bytes_max) || into.size() == audiences_max) {
      return refuse(TokenFault::claims_malformed);
    }
    into.emplace_back(each.text());
  };
  if (found->kind() != Kind::list) return take(*found);
  for (Value each : *found) take(each);
  if (into.empty()) refuse(TokenFault::claims_malformed);
}

void ClaimReader::scopes(Scopes& into) {
  auto found = member(claims_, "scope");
  if (!found) return;
  if (!is_text(*found) || found->text().size() > scope_bytes_max) return refuse(TokenFault::claims_malformed);
  if (found->text().empty()) return;
  auto parsed = Scopes::parse(found->text());
  if (!parsed) return refuse(TokenFault::claims_malformed);
  into = std::move(*parsed);
}

void ClaimReader::actors(std::vector<Actor>& into) {
  for (auto act = member(claims_, "act"); act; act = member(*act, "act")) {
    if (act->kind() != Kind::object || into.size() == actors_max) return refuse(TokenFault::claims_malformed);
    ClaimReader reader{*act};
    Actor actor;
    reader.text("sub", claim_bytes_max, actor.subject);
    reader.text("iss", issuer_bytes_max, actor.issuer);
    if (reader.fault()) return refuse(TokenFault::claims_malformed);
    into.push_back(std::move(actor));
  }
}

void write_actors(std::string& out, const std::vector<Actor>& actors, std::size_t place) {
  ObjectWriter object{out};
  events::json::append_text(object.key("sub"), actors[place].subject);
  if (actors[place].issuer) events::json::append_text(object.key("iss"), *actors[place].issuer);
  if (place + 1 < actors.size()) write_actors(object.key("act"), actors, place + 1);
}

void write_audience(std::string& out, const std::vector<std::string>& audience) {
  if (audience.size() == 1) return events::json::append_text(out, audience.front());
  out += '[';
  for (const std::string& each : audience) {
    if (&each != &audience.front()) out += ',';
    events::json::append_text(out, each);
  }
  out += ']';
}

void write_members(ObjectWriter&& object, const Claims& claims, std::string_view tenant_claim) {
  auto put = [&](std::string_view name, std::string_view value) { events::json::append_text(object.key(name), value); };
  put("iss", claims.issuer);
  put("sub", claims.subject);
  write_audience(object.key("aud"), claims.audience);
  events::json::append_integer(object.key("exp"), claims.expires_at_s);
  events::json::append_integer(object.key("iat"), claims.issued_at_s);
  if (claims.not_before_s) events::json::append_integer(object.key("nbf"), *claims.not_before_s);
  put("jti", claims.token_id);
  put("client_id", claims.client_id);
  if (!claims.scopes.empty()) put("scope", claims.scopes.text());
  if (claims.session) put("sid", *claims.session);
  if (claims.tenant) put(tenant_claim, *claims.tenant);
  if (!claims.actors.empty()) write_actors(object.key("act"), claims.actors, 0);
}

}  // namespace

std::expected<Claims, TokenFault> decode_claims(std::string_view text, std::string_view tenant_claim) {
  auto object = events::json::scratch_document().parse(text);
  if (!object || object->kind() != Kind::object) return std::unexpected(TokenFault::claims_malformed);
  if (member(*object, "cnf")) return std::unexpected(TokenFault::key_binding_refused);
  ClaimReader reader{*object};
  Claims claims;
  reader.text("iss", issuer_bytes_max, claims.issuer);
  reader.text("sub", claim_bytes_max, claims.subject);
  reader.audience(claims.audience);
  reader.moment("exp", claims.expires_at_s);
  reader.moment("iat", claims.issued_at_s);
  reader.moment("nbf", claims.not_before_s);
  reader.text("jti", claim_bytes_max, claims.token_id);
  reader.text("client_id", claim_bytes_max, claims.client_id);
  reader.scopes(claims.scopes);
  reader.text("sid", claim_bytes_max, claims.session);
  reader.text(tenant_claim, claim_bytes_max, claims.tenant);
  reader.actors(claims.actors);
  if (auto fault = reader.fault()) return std::unexpected(*fault);
  return claims;
}

std::string write_claims(const Claims& claims, std::string_view tenant_claim) {
  std::string text;
  write_members(ObjectWriter{text}, claims, tenant_claim);
  return text;
}

}  // namespace tenantry::api::tokens
