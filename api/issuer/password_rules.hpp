// Which passwords may be chosen: long ones, of anything (NIST SP 800-63B section 5.1.1.2). Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tenantry::api {

inline constexpr std::size_t password_characters_min = 12;

// A sentence for a person; empty if it may be chosen. `login` is as it is kept.
std::string fault_of_password(std::string_view password, std::string_view login);

}  // namespace tenantry::api
