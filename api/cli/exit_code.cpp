#include "api/cli/exit_code.hpp"

#include <iostream>

namespace tenantry::api::cli {
namespace {

void append_printable(char each, std::string& text) {
  constexpr std::string_view digits = "0123456789abcdef";
  auto byte = static_cast<unsigned char>(each);
  if (byte >= 0x20 && byte != 0x7f) {
    text += each;
    return;
  }
  text += "\\x";
  text += digits[byte >> 4];
  text += digits[byte & 15];
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  for (char each : text) append_printable(each, shown);
  return shown;
}

int fail(std::string_view why, int code) {
  std::string shown = "tenantry: ";
  for (char each : why) {
    if (each == '\n') {
      shown += each;
    } else {
      append_printable(each, shown);
    }
  }
  std::cout.flush();
  std::cerr << shown << '\n';
  return code;
}

}  // namespace tenantry::api::cli
