#include "api/oauth/client_authentication.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "api/http/text.hpp"
#include "api/tokens/base_encodings.hpp"

namespace tenantry::api::oauth {
namespace {

constexpr std::string_view basic = "Basic ";
constexpr std::size_t header_bytes_max = 1024;

struct Credentials {
  std::string client_id;
  std::string client_secret;
};

std::optional<Credentials> basic_credentials(std::string_view header) {
  if (header.size() > header_bytes_max || !http::equal_ignoring_case(header.substr(0, basic.size()), basic)) {
    return std::nullopt;
  }
  auto pair = tokens::decode_base64(http::trimmed(header.substr(basic.size())));
  std::size_t colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  auto client_id = http::percent_decoded(std::string_view{*pair}.substr(0, colon), http::PlusSign::space);
  auto client_secret = http::percent_decoded(std::string_view{*pair}.substr(colon + 1), http::PlusSign::space);
  if (!client_id || !client_secret) return std::nullopt;
  return Credentials{std::move(*client_id), std::move(*client_secret)};
}

std::expected<Client, OauthError> service_key_of(std::string_view client_id, std::string_view client_secret,
                                                 bool by_header) {
  auto key = tokens::read_opaque_secret(service_key_prefix, client_secret);
  if (!key) return std::unexpected(invalid_client("client_secret is not the text of a key", by_header));
  if (key->id.text() != client_id) {
    return std::unexpected(invalid_client("client_id is not the id of the key in client_secret", by_header));
  }
  return *key;
}

std::expected<Client, OauthError> client_of_header(const Form& form, std::string_view header) {
  if (form.names("client_secret")) {
    return std::unexpected(OauthError{"invalid_request", "client_secret is given beside an Authorization header"});
  }
  auto credentials = basic_credentials(header);
  if (!credentials) {
    return std::unexpected(invalid_client("the Authorization header is not Basic with the id and text of a key", true));
  }
  if (form.find("client_id").value_or(credentials->client_id) != credentials->client_id) {
    return std::unexpected(OauthError{"invalid_request", "client_id is another one in the Authorization header"});
  }
  return service_key_of(credentials->client_id, credentials->client_secret, true);
}

}  // namespace

std::expected<Client, OauthError> read_client(const Form& form, std::optional<std::string_view> authorization_header) {
  if (authorization_header) return client_of_header(form, *authorization_header);
  auto client_id = form.find("client_id");
  if (!client_id) return std::unexpected(invalid_client("client_id is missing", false));
  if (auto secret = form.find("client_secret")) return service_key_of(*client_id, *secret, false);
  auto id = Uuid::parse(*client_id);
  if (!id) return std::unexpected(invalid_client("client_id is not the id of an application", false));
  return PublicClient{*id};
}

}  // namespace tenantry::api::oauth
