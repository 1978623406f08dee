#include "api/http/date.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tenantry::api::http {
namespace {

namespace chrono = std::chrono;

constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 7> long_days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Takes a date apart from its front; the first thing that is not there makes all that follows fail.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  void take(std::string_view wanted) {
    good_ = good_ && rest_.starts_with(wanted);
    if (good_) rest_.remove_prefix(wanted.size());
  }
  template <std::size_t Count>
  unsigned take_one_of(const std::array<std::string_view, Count>& names) {
    auto found = std::ranges::find_if(names, [&](std::string_view name) { return rest_.starts_with(name); });
    good_ = good_ && found != names.end();
    if (good_) rest_.remove_prefix(found->size());
    return static_cast<unsigned>(found - names.begin());
  }
  unsigned take_digits(std::size_t count) {
    unsigned value = 0;
    for (std::size_t index = 0; index < count; ++index) {
      good_ = good_ && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
      if (!good_) return 0;
      value = value * 10 + static_cast<unsigned>(rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }
  bool next_is(char wanted) const { return !rest_.empty() && rest_.front() == wanted; }
  bool is_done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

struct Parts {
  int year = 0;
  unsigned month = 0, day = 0;
  unsigned hour = 0, minute = 0, second = 0;
};

void take_time(Reader& reader, Parts& parts) {
  parts.hour = reader.take_digits(2);
  reader.take(":");
  parts.minute = reader.take_digits(2);
  reader.take(":");
  parts.second = reader.take_digits(2);
}

std::optional<chrono::sys_seconds> second_of(const Reader& reader, const Parts& parts) {
  chrono::year_month_day date{chrono::year{parts.year}, chrono::month{parts.month}, chrono::day{parts.day}};
  // 60: a leap second, which the clock here does not know.
  if (!reader.is_done() || !date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60) return std::nullopt;
  return chrono::sys_days{date} + chrono::hours{parts.hour} + chrono::minutes{parts.minute} +
         chrono::seconds{parts.second};
}

std::optional<chrono::sys_seconds> parse_fixed(std::string_view text) {
  Reader reader{text};
  Parts parts;
  reader.take_one_of(days);
  reader.take(", ");
  parts.day = reader.take_digits(2);
  reader.take(" ");
  parts.month = reader.take_one_of(months) + 1;
  reader.take(" ");
  parts.year = static_cast<int>(reader.take_digits(4));
  reader.take(" ");
  take_time(reader, parts);
  reader.take(" GMT");
  return second_of(reader, parts);
}

std::optional<chrono::sys_seconds> parse_rfc850(std::string_view text, chrono::sys_seconds now) {
  Reader reader{text};
  Parts parts;
  reader.take_one_of(long_days);
  reader.take(", ");
  parts.day = reader.take_digits(2);
  reader.take("-");
  parts.month = reader.take_one_of(months) + 1;
  reader.take("-");
  int year_now = static_cast<int>(chrono::year_month_day{chrono::floor<chrono::days>(now)}.year());
  parts.year = year_now / 100 * 100 + static_cast<int>(reader.take_digits(2));
  if (parts.year > year_now + 50) parts.year -= 100;
  reader.take(" ");
  take_time(reader, parts);
  reader.take(" GMT");
  return second_of(reader, parts);
}

std::optional<chrono::sys_seconds> parse_asctime(std::string_view text) {
  Reader reader{text};
  Parts parts;
  reader.take_one_of(days);
  reader.take(" ");
  parts.month = reader.take_one_of(months) + 1;
  reader.take(" ");
  bool one_digit = reader.next_is(' ');
  if (one_digit) reader.take(" ");
  parts.day = reader.take_digits(one_digit ? 1 : 2);
  reader.take(" ");
  take_time(reader, parts);
  reader.take(" ");
  parts.year = static_cast<int>(reader.take_digits(4));
  return second_of(reader, parts);
}

}  // namespace

std::string http_date(chrono::sys_seconds second) {
  auto day = chrono::floor<chrono::days>(second);
  chrono::year_month_day date{day};
  chrono::hh_mm_ss time{second - day};
  std::array<char, 64> text;
  int length = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                             days[chrono::weekday{day}.c_encoding()].data(), static_cast<unsigned>(date.day()),
                             months[static_cast<unsigned>(date.month()) - 1].data(), static_cast<int>(date.year()),
                             static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                             static_cast<int>(time.seconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<chrono::sys_seconds> parse_http_date(std::string_view text, chrono::sys_seconds now) {
  if (auto second = parse_fixed(text)) return second;
  if (auto second = parse_rfc850(text, now)) return second;
  return parse_asctime(text);
}

const std::string& date_of_now() {
  thread_local chrono::sys_seconds written{};
  thread_local std::string text;
  auto now = chrono::floor<chrono::seconds>(chrono::system_clock::now());
  if (now != written || text.empty()) {
    text = http_date(now);
    written = now;
  }
  return text;
}

}  // namespace tenantry::api::http
