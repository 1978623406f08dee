// Passwords as they are stored: Argon2id (RFC 9106) by libsodium, with 19 MiB and two passes on one lane, the setting
// that OWASP's Password Storage Cheat Sheet names first.
//
// The form is that of the Argon2 reference, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", with a fresh salt in each. A
// hash and a verification take about 15 ms of processor and 19 MiB, so they are done on a bounded number of threads
// (api/live/workers.hpp). A password is bytes, at most `password_bytes_max` of them; whether it is good enough and in
// which normal form of Unicode it comes is decided elsewhere. Any thread. Throws std::bad_alloc if there is no memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry::api::tokens {

inline constexpr std::size_t password_bytes_max = 1024;
inline constexpr std::size_t hash_memory_kib = 19 * 1024;
inline constexpr std::size_t hash_passes = 2;
// What a stored hash may ask for at most; one that asks for more was not made here, and verifies nothing.
inline constexpr std::size_t hash_memory_kib_max = 64 * 1024;
inline constexpr std::size_t hash_passes_max = 8;

// Nothing if the password is too long.
std::optional<std::string> hash_password(std::string_view password);
// False too if the password is too long or the hash is none. Takes the time that the hash asks for.
bool verify_password(std::string_view hash, std::string_view password);
// Whether the hash is of another setting than hash_password() uses, and is to be made anew at the next login.
bool needs_rehash(std::string_view hash);

// A hash of today's setting that no password is known for. Where there is no such user the password is verified against
// it, so that the answer takes as long.
std::string_view dummy_password_hash();

}  // namespace tenantry::api::tokens
