#include "events/json/writer.hpp"

#include <array>
#include <charconv>

namespace tenantry::events::json {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool needs_escape(char character) {
  return character == '"' || character == '\\' || static_cast<unsigned char>(character) < 0x20;
}

void append_escape(std::string& out, char character) {
  switch (character) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  auto byte = static_cast<unsigned char>(character);
  out += "\\u00";
  out += hex_digits[byte >> 4];
  out += hex_digits[byte & 15];
}

template <class Integer>
void append_digits(std::string& out, Integer value) {
  std::array<char, 24> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // start of the run that needs no escape
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (!needs_escape(text[index])) continue;
    out += text.substr(plain, index - plain);
    append_escape(out, text[index]);
    plain = index + 1;
  }
  out += text.substr(plain);
  out += '"';
}

void append_integer(std::string& out, std::int64_t value) {
  append_digits(out, value);
}
void append_integer(std::string& out, std::uint64_t value) {
  append_digits(out, value);
}
void append_boolean(std::string& out, bool value) {
  out += value ? "true" : "false";
}

void append_uuid(std::string& out, const Uuid& id) {
  std::array<char, 36> text;
  std::size_t place = 0;
  for (std::uint8_t byte : id.bytes) {
    if (place == 8 || place == 13 || place == 18 || place == 23) text[place++] = '-';
    text[place++] = hex_digits[byte >> 4];
    text[place++] = hex_digits[byte & 15];
  }
  out.append(text.data(), text.size());
}

}  // namespace tenantry::events::json
