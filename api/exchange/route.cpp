#include "api/exchange/route.hpp"

namespace tenantry::api {

std::vector<std::string_view> parameters_of(std::string_view pattern) {
  std::vector<std::string_view> names;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    names.push_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
  }
  return names;
}

std::string_view collection_of(std::string_view pattern) {
  constexpr std::string_view root = "/v1/";
  if (!pattern.starts_with(root)) return {};
  std::string_view rest = pattern.substr(root.size());
  return rest.substr(0, rest.find('/'));
}

}  // namespace tenantry::api
