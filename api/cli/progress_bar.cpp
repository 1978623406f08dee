#include "api/cli/progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace tenantry::api::cli {
namespace {

constexpr std::uint64_t bar_width = 20;
constexpr std::chrono::milliseconds redraw_interval{100};

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, ",");
  }
  return digits;
}

ProgressBar::ProgressBar(std::string label, std::string unit)
    : label_(std::move(label)), unit_(std::move(unit)), is_terminal_(::isatty(STDOUT_FILENO) == 1) {}

void ProgressBar::update(std::uint64_t done, std::uint64_t all) {
  done_ = done;
  all_ = all;
  if (is_terminal_) {
    auto now = Clock::now();
    if (now - drawn_at_ < redraw_interval) return;
    drawn_at_ = now;
    draw(text(done, all));
    return;
  }
  std::uint64_t tenth = all == 0 ? 0 : done * 10 / all;
  if (tenth <= tenth_drawn_ || tenth == 10) return;
  tenth_drawn_ = tenth;
  std::cout << text(done, all) << std::endl;
}

void ProgressBar::finish() {
  if (all_ == 0) return;  // nothing was begun
  std::string line = text(done_, all_);
  if (is_terminal_) {
    draw(line);
    std::cout << std::endl;
  } else {
    std::cout << line << std::endl;
  }
}

std::string ProgressBar::text(std::uint64_t done, std::uint64_t all) const {
  double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  double speed = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  std::uint64_t filled = all == 0 ? bar_width : std::min(done, all) * bar_width / all;
  std::uint64_t percent = all == 0 ? 100 : std::min(done, all) * 100 / all;
  std::string line = label_ + "  [" + std::string(filled, '#') + std::string(bar_width - filled, '-') + "]  " +
                     std::to_string(percent) + "%  " + grouped(done) + " of " + grouped(all) + ' ' + unit_ + "  " +
                     grouped(static_cast<std::uint64_t>(speed)) + "/s";
  if (done < all && speed > 0) {
    line += "  " + grouped(static_cast<std::uint64_t>(static_cast<double>(all - done) / speed) + 1) + " s left";
  }
  return line;
}

void ProgressBar::draw(const std::string& line) {
  std::size_t blanks = width_drawn_ > line.size() ? width_drawn_ - line.size() : 0;
  std::cout << '\r' << line << std::string(blanks, ' ') << std::flush;
  width_drawn_ = line.size();
}

}  // namespace tenantry::api::cli
