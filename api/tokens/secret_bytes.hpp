// Random bytes for secrets, and comparison that tells nothing by its time.
//
// Any thread. Random bytes come from the kernel through libsodium, which ends the program if it cannot have them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tenantry::api::tokens {

std::string random_bytes(std::size_t count);
// Takes as long for any two texts of one length; that the lengths differ is no secret.
bool equal_in_constant_time(std::string_view left, std::string_view right);
// libsodium, made ready by whoever calls first; throws std::runtime_error if it cannot be.
void need_sodium();

}  // namespace tenantry::api::tokens
