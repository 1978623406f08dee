#include "api/issuer/password_rules.hpp"

#include <algorithm>

#include "api/tokens/password_hash.hpp"
#include "domain/access/authorisation.hpp"

namespace tenantry::api {

std::string fault_of_password(std::string_view password, std::string_view login) {
  // Of UTF-8: bytes that go on with a character are not counted.
  auto characters = std::ranges::count_if(password, [](char each) { return (each & 0xc0) != 0x80; });
  if (static_cast<std::size_t>(characters) < password_characters_min) {
    return "The password needs " + std::to_string(password_characters_min) + " characters at least.";
  }
  if (password.size() > tokens::password_bytes_max) return "The password is too long.";
  if (access::login_of(password) == login) return "The password must not be your login.";
  return {};
}

}  // namespace tenantry::api
