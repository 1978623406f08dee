// Root keys of vaults in tests, from their names ("a", "b"): the same name is the same key. The first one is current.
#pragma once

#include <sys/stat.h>

#include <initializer_list>
#include <stdexcept>
#include <string>

#include "events/vault/root_keys.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {

inline std::string key_digits(char name) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int count = 0; count < 32; ++count) (text += digits[name >> 4 & 15]) += digits[name & 15];
  return text;
}

inline std::string key_file_of(std::initializer_list<char> names) {
  std::string text = "tenantry vault keys 1\n";
  for (char name : names) text += std::string("key ") + name + ' ' + key_digits(name) + '\n';
  return text + "current " + *names.begin() + '\n';
}

inline void write_key_file(const std::string& path, const std::string& text, mode_t mode = 0600) {
  write_file(path, text);
  if (::chmod(path.c_str(), mode) != 0) throw std::runtime_error("cannot change the mode of " + path);
}

inline events::RootKeys root_keys(std::initializer_list<char> names) {
  TemporaryFolder folder;
  write_key_file(folder / "keys", key_file_of(names));
  auto keys = events::RootKeys::read(folder / "keys");
  if (!keys) throw std::runtime_error(keys.error());
  return std::move(*keys);
}

}  // namespace tenantry::test
