#include "events/json/reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace tenantry::events::json {
namespace {

// A document that once read something large gives the memory back.
constexpr std::size_t kept_bytes_max = 256u << 10;
// Below this, comparing every pair of keys is quicker than sorting them.
constexpr std::size_t pairwise_keys_max = 16;

std::optional<std::string_view> repeated_in_sorted(std::vector<std::string_view> keys) {
  std::sort(keys.begin(), keys.end());
  auto found = std::adjacent_find(keys.begin(), keys.end());
  if (found == keys.end()) return std::nullopt;
  return *found;
}

// The library's sentence without its prefix and without the input that it quotes, which may be anything.
std::string reason_of(std::string_view what) {
  if (auto dash = what.find(" - "); dash != std::string_view::npos) what.remove_prefix(dash + 3);
  return std::string{what.substr(0, what.find("; last read"))};
}

constexpr int number_overflow_error = 406;
constexpr std::size_t shown_key_bytes_max = 80;

// A key as an error shows it: the caller chose it, so it may be as long as the text.
std::string shown(std::string_view key) {
  if (key.size() <= shown_key_bytes_max) return std::string{key};
  std::size_t end = shown_key_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0) == 0x80) --end;  // not inside a character
  return std::string{key.substr(0, end)} + "...";
}

void append_member(std::string& path, std::string_view key) {
  if (!path.empty()) path += '.';
  path += shown(key);
}

}  // namespace

// Receives the library's events and lays out the nodes. A handler that returns false ends the parse.
class Builder {
 public:
  explicit Builder(Document& document) : document_(document) {}

  bool null() { return add(Kind::null, "null"); }
  bool boolean(bool value) { return add(Kind::boolean, value ? "true" : "false"); }
  bool number_integer(std::int64_t value) { return add_integer(value); }
  bool number_unsigned(std::uint64_t value) { return add_integer(value); }
  bool number_float(double, const std::string& literal) { return add(Kind::number, document_.keep(literal)); }
  bool string(const std::string& text) { return add(Kind::text, document_.keep(text)); }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // JSON text has none
  bool key(const std::string& name) {
    key_ = document_.keep(name);
    return true;
  }
  bool start_object(std::size_t) { return open(Kind::object); }
  bool start_array(std::size_t) { return open(Kind::list); }
  bool end_array() {
    close();
    return true;
  }
  bool end_object();
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& exception);

  std::optional<DecodeError>& error() { return error_; }

 private:
  bool add(Kind kind, std::string_view text);
  template <class Integer>
  bool add_integer(Integer value);
  bool open(Kind kind);
  void close();
  std::optional<std::string_view> repeated_key(std::uint32_t object) const;
  std::string path_of_open() const;

  Document& document_;
  std::string_view key_;
  std::optional<DecodeError> error_;
};

bool Builder::add(Kind kind, std::string_view text) {
  auto next = static_cast<std::uint32_t>(document_.nodes_.size() + 1);
  document_.nodes_.push_back({kind, next, key_, text});
  key_ = {};
  return true;
}

template <class Integer>
bool Builder::add_integer(Integer value) {
  std::array<char, 24> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return add(Kind::number, document_.keep({digits.data(), static_cast<std::size_t>(end - digits.data())}));
}

bool Builder::open(Kind kind) {
  document_.open_.push_back(static_cast<std::uint32_t>(document_.nodes_.size()));
  add(kind, {});
  if (document_.open_.size() <= depth_max) return true;
  error_ = DecodeError{path_of_open(), "is nested more than " + std::to_string(depth_max) + " levels deep"};
  return false;
}

void Builder::close() {
  document_.nodes_[document_.open_.back()].next = static_cast<std::uint32_t>(document_.nodes_.size());
  document_.open_.pop_back();
}

bool Builder::end_object() {
  std::uint32_t object = document_.open_.back();
  document_.nodes_[object].next = static_cast<std::uint32_t>(document_.nodes_.size());
  if (auto key = repeated_key(object)) {
    std::string path = path_of_open();
    append_member(path, *key);
    error_ = DecodeError{std::move(path), "is given twice"};
    return false;
  }
  document_.open_.pop_back();
  return true;
}

std::optional<std::string_view> Builder::repeated_key(std::uint32_t object) const {
  std::array<std::string_view, pairwise_keys_max> seen;
  std::size_t count = 0;
  for (Value member : Value{document_.nodes_, object}) {
    if (count == seen.size()) {
      std::vector<std::string_view> keys;
      for (Value each : Value{document_.nodes_, object}) keys.push_back(each.key());
      return repeated_in_sorted(std::move(keys));
    }
    std::string_view key = member.key();
    if (std::find(seen.begin(), seen.begin() + count, key) != seen.begin() + count) return key;
    seen[count++] = key;
  }
  return std::nullopt;
}

bool Builder::parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& exception) {
  std::string reason =
      exception.id == number_overflow_error ? "a number is beyond the range of a double" : reason_of(exception.what());
  std::string path = path_of_open();
  if (!key_.empty()) append_member(path, key_);
  error_ = DecodeError{std::move(path), "is not valid JSON at byte " + std::to_string(position) + ": " + reason};
  return false;
}

// The path of the innermost container that is still open: keys by name, places in lists by number.
std::string Builder::path_of_open() const {
  std::string path;
  for (std::size_t level = 1; level < document_.open_.size(); ++level) {
    const Node& parent = document_.nodes_[document_.open_[level - 1]];
    std::uint32_t child = document_.open_[level];
    if (parent.kind == Kind::object) {
      append_member(path, document_.nodes_[child].key);
      continue;
    }
    std::size_t place = 0;
    for (std::uint32_t index = document_.open_[level - 1] + 1; index < child; index = document_.nodes_[index].next) {
      ++place;
    }
    path += '[' + std::to_string(place) + ']';
  }
  return path;
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::text:
      return "a string";
    case Kind::list:
      return "an array";
    case Kind::object:
      return "an object";
  }
  return "";
}

std::expected<Value, DecodeError> Document::parse(std::string_view text) {
  if (text.size() > text_bytes_max) {
    return std::unexpected(DecodeError{"", "is longer than " + std::to_string(text_bytes_max) + " bytes"});
  }
  // The library would skip a byte order mark, which RFC 8259 section 8.1 forbids to send, and take a NUL for the end.
  if (text.starts_with("\xEF\xBB\xBF")) return std::unexpected(DecodeError{"", "begins with a byte order mark"});
  if (auto nul = text.find('\0'); nul != std::string_view::npos) {
    return std::unexpected(DecodeError{"", "is not valid JSON at byte " + std::to_string(nul + 1) + ": a NUL byte"});
  }
  reset(text.size());
  Builder builder{*this};
  if (!nlohmann::json::sax_parse(text.data(), text.data() + text.size(), &builder)) {
    return std::unexpected(builder.error().value_or(DecodeError{"", "is not valid JSON"}));
  }
  return Value{nodes_, 0};
}

void Document::reset(std::size_t text_bytes) {
  if (texts_.capacity() > kept_bytes_max) texts_ = {};
  if (nodes_.capacity() * sizeof(Node) > kept_bytes_max) nodes_ = {};
  nodes_.clear();
  open_.clear();
  texts_.clear();
  texts_.reserve(text_bytes);  // no text is longer unescaped than escaped
}

std::string_view Document::keep(std::string_view text) {
  std::size_t begin = texts_.size();
  texts_ += text;
  return {texts_.data() + begin, text.size()};
}

Document& scratch_document() {
  thread_local Document document;
  return document;
}

}  // namespace tenantry::events::json
