#include "domain/kernel/date.hpp"

#include <charconv>

namespace tenantry {
namespace {

namespace chrono = std::chrono;

// Exactly `text.size()` decimal digits.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (char character : text) {
    if (character < '0' || character > '9') return std::nullopt;
    value = value * 10 + (character - '0');
  }
  return value;
}

void append_digits(std::string& text, std::int64_t value, int width) {
  std::string digits(static_cast<std::size_t>(width), '0');
  for (int index = width - 1; index >= 0; --index, value /= 10) {
    digits[static_cast<std::size_t>(index)] = static_cast<char>('0' + value % 10);
  }
  text += digits;
}

std::string date_text(chrono::sys_days day) {
  chrono::year_month_day date{day};
  std::string text;
  append_digits(text, static_cast<int>(date.year()), 4);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.day()), 2);
  return text;
}

// Fraction of a second, one to nine digits, as milliseconds; the rest is dropped.
std::optional<int> fraction_ms(std::string_view text) {
  if (text.empty() || text.size() > 9 || !digits(text)) return std::nullopt;
  std::string padded{text.substr(0, 3)};
  padded.resize(3, '0');
  return digits(padded);
}

// "Z" or "+hh:mm" or "-hh:mm", in minutes.
std::optional<int> offset_minutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  auto hours = digits(text.substr(1, 2));
  auto minutes = digits(text.substr(4, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  int total = *hours * 60 + *minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

std::string Date::text() const {
  return date_text(day);
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = digits(text.substr(0, 4));
  auto month = digits(text.substr(5, 2));
  auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1900 || *year > 2999) return std::nullopt;
  chrono::year_month_day date{chrono::year{*year}, chrono::month{static_cast<unsigned>(*month)},
                              chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Date{chrono::sys_days{date}};
}

std::string Instant::text() const {
  chrono::sys_time<chrono::milliseconds> moment{chrono::milliseconds{unix_ms}};
  auto day = chrono::floor<chrono::days>(moment);
  std::int64_t rest = (moment - day).count();
  std::string text = date_text(day);
  text += 'T';
  append_digits(text, rest / 3'600'000, 2);
  text += ':';
  append_digits(text, rest / 60'000 % 60, 2);
  text += ':';
  append_digits(text, rest / 1000 % 60, 2);
  text += '.';
  append_digits(text, rest % 1000, 3);
  text += 'Z';
  return text;
}

std::optional<Instant> Instant::parse(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  auto date = Date::parse(text.substr(0, 10));
  auto hour = digits(text.substr(11, 2));
  auto minute = digits(text.substr(14, 2));
  auto second = digits(text.substr(17, 2));
  if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  std::string_view rest = text.substr(19);
  int milliseconds = 0;
  if (rest[0] == '.') {
    auto end = rest.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos) return std::nullopt;
    auto fraction = fraction_ms(rest.substr(1, end - 1));
    if (!fraction) return std::nullopt;
    milliseconds = *fraction;
    rest = rest.substr(end);
  }
  auto offset = offset_minutes(rest);
  if (!offset) return std::nullopt;
  std::int64_t seconds = (*hour * 60 + *minute - *offset) * 60LL + *second;
  return Instant{chrono::duration_cast<chrono::milliseconds>(date->day.time_since_epoch()).count() + seconds * 1000 +
                 milliseconds};
}

Instant Instant::now() {
  return {chrono::duration_cast<chrono::milliseconds>(chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace tenantry
