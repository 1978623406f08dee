#include "api/demo/csv.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace tenantry::api::demo {
namespace {

[[noreturn]] void refuse_line(std::size_t line, const std::string& why) {
  throw std::runtime_error("CSV line " + std::to_string(line) + ": " + why);
}

// Takes the next line off the text, without its end.
std::string_view take_line(std::string_view& text) {
  auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view take_quoted(std::string_view& line, std::size_t number) {
  auto end = line.find('"', 1);
  if (end == std::string_view::npos) refuse_line(number, "a quoted value does not end");
  std::string_view value = line.substr(1, end - 1);
  line.remove_prefix(end + 1);
  if (!line.empty() && line.front() != ',') refuse_line(number, "a quoted value goes on after its end");
  return value;
}

void split(std::string_view line, std::size_t number, std::vector<std::string_view>& values) {
  values.clear();
  for (;;) {
    if (line.starts_with('"')) {
      values.push_back(take_quoted(line, number));
    } else {
      values.push_back(line.substr(0, line.find(',')));
      line.remove_prefix(values.back().size());
    }
    if (line.empty()) return;
    line.remove_prefix(1);  // the comma
  }
}

std::vector<std::size_t> places_of(const std::vector<std::string_view>& columns,
                                   const std::vector<std::string_view>& header) {
  std::vector<std::size_t> places;
  for (std::string_view column : columns) {
    auto found = std::ranges::find(header, column);
    if (found == header.end()) refuse_line(1, "there is no column " + std::string{column});
    places.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  return places;
}

}  // namespace

void read_csv(std::string_view text, const std::vector<std::string_view>& columns,
              const std::function<void(CsvRow row)>& visit) {
  std::vector<std::string_view> values;
  split(take_line(text), 1, values);
  std::size_t width = values.size();
  std::vector<std::size_t> places = places_of(columns, values);
  std::vector<std::string_view> row(columns.size());
  for (std::size_t number = 2; !text.empty(); ++number) {
    std::string_view line = take_line(text);
    if (line.empty()) continue;
    split(line, number, values);
    if (values.size() != width) refuse_line(number, "it does not have " + std::to_string(width) + " values");
    for (std::size_t index = 0; index < places.size(); ++index) row[index] = values[places[index]];
    visit(row);
  }
}

}  // namespace tenantry::api::demo
