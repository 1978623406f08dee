// Refusals: why a command is not done. Values, the same for all contexts.
//
// A context lists what it refuses in one struct of RefusalType, one row each, beside its rules
// (domain/roster/refusals.hpp); a row is told from the others by its address. `word` is stable and part of the API: the
// problem's type is "/problems/{word}". Contexts may share a word, which then means the same. What status code a kind
// has is for api/problem.cpp alone to know. Plain values; any thread.
#pragma once

#include <array>
#include <bit>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenantry {

enum class RefusalKind {
  unknown,    // an id names nothing
  taken,      // an id or a unique value is another's
  conflict,   // what is there does not allow it
  invalid,    // the values make no sense, whatever is there
  forbidden,  // not allowed to this caller or tenant
  gone,       // it was there, and is not any more
  limit       // more than the tenant may have
};

struct RefusalType {
  std::string_view word;
  RefusalKind kind = RefusalKind::invalid;
  std::string_view title;  // a sentence for a person, of the type
};

struct Refusal {
  const RefusalType* type = nullptr;  // with static lifetime
  std::string field;                  // the command's field that it is about; empty if it is about none
  std::string detail;                 // a sentence for a person, of this refusal

  bool operator==(const Refusal&) const = default;
};

// Where the type's title says all that there is to say.
inline Refusal refusal(const RefusalType& type, std::string field) {
  return {&type, std::move(field), std::string{type.title} + '.'};
}

inline std::unexpected<Refusal> refuse(const RefusalType& type, std::string field, std::string detail) {
  return std::unexpected(Refusal{&type, std::move(field), std::move(detail)});
}
inline std::unexpected<Refusal> refuse(const RefusalType& type, std::string field) {
  return std::unexpected(refusal(type, std::move(field)));
}

// The rows of a context's struct of refusals, in order: a struct of nothing else is laid out as an array of them.
template <class Refusals>
std::vector<RefusalType> refusal_types(const Refusals& refusals) {
  static_assert(sizeof(Refusals) % sizeof(RefusalType) == 0);
  auto rows = std::bit_cast<std::array<RefusalType, sizeof(Refusals) / sizeof(RefusalType)>>(refusals);
  return {rows.begin(), rows.end()};
}

}  // namespace tenantry
