// Wycheproof's test vectors, as they lie in tests/vectors/wycheproof.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace tenantry::test {

inline nlohmann::json groups_of(const std::string& name) {
  std::ifstream file(TENANTRY_SOURCE_DIR "/tests/vectors/wycheproof/" + name);
  if (!file) throw std::runtime_error("there is no " + name);
  return nlohmann::json::parse(file)["testGroups"];
}

inline std::string bytes_of_hex(const std::string& digits) {
  std::string bytes;
  for (std::size_t place = 0; place + 1 < digits.size(); place += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(place, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace tenantry::test
