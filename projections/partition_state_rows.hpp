// The rows of a partition's own family, as partition_state.hpp lists them. Private to PartitionState.
#pragma once

#include <string>
#include <string_view>

#include "projections/partition_state.hpp"

namespace tenantry::projections::partition_rows {

inline constexpr std::uint64_t state_format = 5;
inline constexpr std::string_view format_key = "format";
inline constexpr std::string_view log_key = "log";
inline constexpr std::string_view process_managers_key = "processes";
inline constexpr std::string_view next_key = "next";
inline constexpr std::string_view rebuilding_key = "rebuilding";
inline constexpr std::size_t next_row_bytes = 32;

inline std::string number_row(std::uint64_t number) {
  std::string row;
  append_number(row, number);
  return row;
}

inline std::string next_row(Position next, Position last_position, const Uuid& last_record) {
  std::string row;
  row.reserve(next_row_bytes);
  append_number(row, next);
  append_number(row, last_position);
  return row.append(last_record.view());
}

}  // namespace tenantry::projections::partition_rows
