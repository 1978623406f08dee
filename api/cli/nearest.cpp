#include "api/cli/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tenantry::api::cli {

// Levenshtein, "Binary codes capable of correcting deletions, insertions and reversals", 1966.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t line = 0; line < from.size(); ++line) {
    std::size_t diagonal = std::exchange(row[0], line + 1);
    for (std::size_t column = 0; column < to.size(); ++column) {
      std::size_t replaced = diagonal + (from[line] == to[column] ? 0 : 1);
      diagonal = std::exchange(row[column + 1], std::min({replaced, row[column] + 1, row[column + 1] + 1}));
    }
  }
  return row.back();
}

std::optional<std::string> nearest(std::string_view mistyped, const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  const std::string& word = *std::ranges::min_element(words, {}, [&](auto& each) { return distance(mistyped, each); });
  auto letters = static_cast<std::size_t>(std::ranges::count_if(word, [](char each) { return each != '-'; }));
  std::size_t wrong_max = letters > 3 ? letters / 3 + 1 : 1;
  if (distance(mistyped, word) > wrong_max) return std::nullopt;
  return word;
}

}  // namespace tenantry::api::cli
