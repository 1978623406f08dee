// The scopes of a token: what its holder may at most ask for. A small set of names by the grammar of RFC 6749
// section 3.3.
//
// A name is of printable ASCII without space, '"' and '\', of at most `name_bytes_max` bytes; case counts. parse()
// refuses what is not names with one space between, and more than `names_max` of them; a name given twice is one. The
// order says nothing: text() prints them sorted. Plain value; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry::api::tokens {

class Scopes {
 public:
  static constexpr std::size_t names_max = 64;
  static constexpr std::size_t name_bytes_max = 128;

  Scopes() = default;
  static std::optional<Scopes> parse(std::string_view text);

  bool contains(std::string_view name) const;
  // Whether every one of these is also among the others.
  bool within(const Scopes& others) const;
  bool empty() const { return names_.empty(); }
  const std::vector<std::string>& names() const { return names_; }
  std::string text() const;

  bool operator==(const Scopes&) const = default;

 private:
  std::vector<std::string> names_;  // sorted, each once
};

}  // namespace tenantry::api::tokens
