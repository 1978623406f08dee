#include "api/tokens/scopes.hpp"

#include <algorithm>

namespace tenantry::api::tokens {
namespace {

bool is_scope_name(std::string_view name) {
  return !name.empty() && name.size() <= Scopes::name_bytes_max &&
         std::ranges::all_of(name, [](char each) { return each > ' ' && each < 0x7F && each != '"' && each != '\\'; });
}

}  // namespace

std::optional<Scopes> Scopes::parse(std::string_view text) {
  Scopes scopes;
  for (;;) {
    std::size_t space = text.find(' ');
    std::string_view name = text.substr(0, space);
    if (!is_scope_name(name) || scopes.names_.size() == names_max) return std::nullopt;
    scopes.names_.emplace_back(name);
    if (space == std::string_view::npos) break;
    text.remove_prefix(space + 1);
  }
  std::ranges::sort(scopes.names_);
  auto repeated = std::ranges::unique(scopes.names_);
  scopes.names_.erase(repeated.begin(), repeated.end());
  return scopes;
}

bool Scopes::contains(std::string_view name) const {
  return std::ranges::binary_search(names_, name);
}

bool Scopes::within(const Scopes& others) const {
  return std::ranges::includes(others.names_, names_);
}

std::string Scopes::text() const {
  std::string text;
  for (const std::string& each : names_) {
    if (!text.empty()) text += ' ';
    text += each;
  }
  return text;
}

}  // namespace tenantry::api::tokens
