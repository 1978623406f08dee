// The word that was probably meant by one that was mistyped. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry::api::cli {

// How many letters must be changed, left out or put in to make one word of the other.
std::size_t distance(std::string_view from, std::string_view to);

// The nearest of the words, if it is near enough to have been meant: a third of its letters may be wrong and one more,
// because two that changed places count as two; of three letters or fewer, one.
std::optional<std::string> nearest(std::string_view mistyped, const std::vector<std::string>& words);

}  // namespace tenantry::api::cli
