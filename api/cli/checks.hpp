// What a value of an option must look like. CLI11 puts the option's name before what a check says, and makes it before
// anything is opened. Numbers and flags are also put into the one spelling that CLI11 does not read otherwise; since
// only CLI::Option::transform() lets a value be changed, whole_number() and truth() go there, by way of setting.hpp.
// Pure.
#pragma once

#include <CLI/CLI.hpp>
#include <charconv>
#include <string>

namespace tenantry::api::cli {

// A check from a function that gives the end of a sentence about the value, or nothing.
inline CLI::Validator check(std::string (*wrong_in)(const std::string&)) {
  return CLI::Validator([wrong_in](std::string& value) { return wrong_in(value); }, "");
}

std::string in_quotes(const std::string& value);  // printable
// Letters and digits of ASCII, and what is in `more`, alone.
bool is_made_of(std::string_view text, std::string_view more);

// Decimal digits alone, where CLI11 would take 0x1F and read 010 as eight: it is ten, whatever zeros are before it.
template <class Number>
CLI::Validator whole_number(Number least, Number most) {
  std::string range = std::to_string(least) + " to " + std::to_string(most);
  auto wrong_in = [least, most, range](std::string& value) -> std::string {
    Number number{};
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    bool is_number = error == std::errc{} && end == value.data() + value.size();
    if (is_number && number >= least && number <= most) {
      value = std::to_string(number);
      return {};
    }
    return in_quotes(value) + " is not a whole number from " + range;
  };
  return CLI::Validator(wrong_in, range);
}

// Of a flag that is given with a value: true or false, yes or no, on or off, 1 or 0, in letters of either case.
CLI::Validator truth();

std::string wrong_in_text(const std::string& value);       // empty
std::string wrong_in_host(const std::string& value);       // no host name or address, or with a port
std::string wrong_in_url(const std::string& value);        // not http://host:port
std::string wrong_in_node_name(const std::string& value);  // cannot be read by people and programs as one word
std::string wrong_in_tenant(const std::string& value);     // neither a slug nor an id

}  // namespace tenantry::api::cli
