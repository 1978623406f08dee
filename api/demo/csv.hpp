// Reading CSV (RFC 4180, LF or CRLF): the columns that are asked for, by their names in the first line.
//
// read_csv() calls `visit` once for each row with the values of `columns`, in that order; a quoted value comes without
// its quotation marks. Views live during the call. Values with line ends or escaped quotation marks inside are not
// needed here and refused. Malformed text, a missing column or a row of another width throws std::runtime_error that
// names the line: the files are part of the program. Pure function; any thread.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace tenantry::api::demo {

using CsvRow = std::span<const std::string_view>;

void read_csv(std::string_view text, const std::vector<std::string_view>& columns,
              const std::function<void(CsvRow row)>& visit);

}  // namespace tenantry::api::demo
