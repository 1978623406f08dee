// Calendar dates and moments, as the rules use them.
//
// Date is a day without time zone ("2014-10-01"): terms, due dates, days of enrolment. Years 1900 to 2999, so that a
// slip of the keyboard is caught. Instant is a moment in milliseconds since 1970-01-01T00:00:00Z; its text is RFC 3339
// with milliseconds and Z. Plain values; any thread.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

struct Date {
  std::chrono::sys_days day{};

  auto operator<=>(const Date&) const = default;
  std::string text() const;
  Date plus_days(int count) const { return {day + std::chrono::days{count}}; }

  static std::optional<Date> parse(std::string_view text);
};

struct Instant {
  std::int64_t unix_ms = 0;

  auto operator<=>(const Instant&) const = default;
  std::string text() const;

  static std::optional<Instant> parse(std::string_view text);
  static Instant now();
};

}  // namespace tenantry
