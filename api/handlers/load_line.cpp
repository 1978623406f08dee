#include "api/handlers/load_line.hpp"

#include <algorithm>

#include "events/json/reader.hpp"

namespace tenantry::api {
namespace {

using events::DecodeError;
using Read = std::expected<std::string_view, DecodeError>;

constexpr std::size_t key_characters_max = 255;

std::unexpected<DecodeError> wrong(std::string_view field, std::string detail) {
  return std::unexpected(DecodeError{std::string{field}, std::move(detail)});
}

std::unexpected<DecodeError> malformed() {
  return wrong("", "must be a JSON object of command, data and idempotencyKey on one line, its names without escapes");
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) { skip_space(); }

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    skip_space();
    return true;
  }

  bool at_end() const { return rest_.empty(); }

  // The characters of a string that needs no escapes.
  Read take_plain_text(std::string_view field) {
    if (rest_.empty() || rest_.front() != '"') return field.empty() ? malformed() : wrong(field, "must be a string");
    std::size_t end = rest_.find_first_of("\"\\", 1);
    if (end == std::string_view::npos) return malformed();
    if (rest_[end] == '\\') return field.empty() ? malformed() : wrong(field, "must not need escapes");
    std::string_view text = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    skip_space();
    return text;
  }

  // An object with everything in it, as it stands: only braces and strings are looked at.
  Read take_object(std::string_view field) {
    if (rest_.empty() || rest_.front() != '{') return wrong(field, "must be an object");
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < rest_.size(); ++at) {
      char each = rest_[at];
      if (in_string) {
        if (each == '\\')
          ++at;
        else if (each == '"')
          in_string = false;
        continue;
      }
      if (each == '"')
        in_string = true;
      else if (each == '{')
        ++depth;
      else if (each == '}' && --depth == 0)
        return take_bytes(at + 1);
    }
    return malformed();
  }

 private:
  std::string_view take_bytes(std::size_t count) {
    std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    skip_space();
    return bytes;
  }

  void skip_space() {
    std::size_t start = rest_.find_first_not_of(" \t\r");
    rest_.remove_prefix(std::min(start, rest_.size()));
  }

  std::string_view rest_;
};

std::expected<void, DecodeError> read_member(Scanner& scanner, std::string_view key, LoadLine& line) {
  std::string_view* into = key == "command"          ? &line.command
                           : key == "data"           ? &line.data
                           : key == "idempotencyKey" ? &line.idempotency_key
                                                     : nullptr;
  if (into == nullptr) return wrong(key, "is not a member of a line");
  if (into->data() != nullptr) return wrong(key, "is given twice");
  auto value = key == "data" ? scanner.take_object(key) : scanner.take_plain_text(key);
  if (!value) return std::unexpected(std::move(value.error()));
  *into = *value;
  return {};
}

bool is_key(std::string_view text) {
  return text.size() <= key_characters_max && !text.empty() &&
         std::ranges::all_of(text, [](char each) { return each > ' ' && each < '\x7f'; });
}

std::expected<LoadLine, DecodeError> scan_line(std::string_view text) {
  Scanner scanner{text};
  LoadLine line;
  if (!scanner.take('{')) return malformed();
  if (!scanner.take('}')) {
    do {
      auto key = scanner.take_plain_text("");
      if (!key) return std::unexpected(std::move(key.error()));
      if (!scanner.take(':')) return malformed();
      if (auto read = read_member(scanner, *key, line); !read) return std::unexpected(std::move(read.error()));
    } while (scanner.take(','));
    if (!scanner.take('}')) return malformed();
  }
  if (!scanner.at_end()) return malformed();
  if (line.command.empty()) return wrong("command", "is missing");
  if (line.idempotency_key.data() != nullptr && !is_key(line.idempotency_key)) {
    return wrong("idempotencyKey", "must be 1 to 255 visible ASCII characters");
  }
  return line;
}

}  // namespace

std::expected<LoadLine, DecodeError> read_load_line(std::string_view text) {
  auto line = scan_line(text);
  if (line || !line.error().field.empty()) return line;
  // The scanner only knows that it did not find what it looked for; the reader of JSON knows where the text goes wrong.
  auto parsed = events::json::scratch_document().parse(text);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  return line;
}

}  // namespace tenantry::api
