// A progress bar on stdout: how much is done, how fast, how much time is left.
//
//   loading  [##########----------]  50%  66,000 of 132,000 commands  41,000/s  2 s left
//
// On a terminal the line is drawn over itself, at most ten times a second; elsewhere a line is written at each tenth.
// finish() leaves the last state and goes to the next line. Speed is the mean since the bar was made. One thread at a
// time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tenantry::api::cli {

// 132000 -> "132,000"
std::string grouped(std::uint64_t number);

class ProgressBar {
 public:
  ProgressBar(std::string label, std::string unit);

  void update(std::uint64_t done, std::uint64_t all);
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string text(std::uint64_t done, std::uint64_t all) const;
  void draw(const std::string& line);

  std::string label_;
  std::string unit_;
  bool is_terminal_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_at_{};
  std::uint64_t tenth_drawn_ = 0;
  std::size_t width_drawn_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t all_ = 0;
};

}  // namespace tenantry::api::cli
