#include "storage/internal/info_log.hpp"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace tenantry::storage {
namespace {

constexpr std::size_t line_bytes_max = 16u << 10;

class InfoLog : public rocksdb::Logger {
 public:
  explicit InfoLog(int descriptor) : descriptor_(descriptor) {}
  ~InfoLog() override { ::close(descriptor_); }

  using rocksdb::Logger::Logv;
  void Logv(const char* format, std::va_list arguments) override {
    std::array<char, line_bytes_max> line;
    std::size_t size = write_time(line);
    int text = std::vsnprintf(line.data() + size, line.size() - size, format, arguments);
    if (text < 0) return;
    size = std::min(size + static_cast<std::size_t>(text), line.size() - 2);
    if (line[size - 1] != '\n') line[size++] = '\n';
    ssize_t written = ::write(descriptor_, line.data(), size);
    if (written > 0) bytes_ += static_cast<std::size_t>(written);
  }
  std::size_t GetLogFileSize() const override { return bytes_; }

 private:
  template <std::size_t size_max>
  static std::size_t write_time(std::array<char, size_max>& line) {
    timeval now{};
    ::gettimeofday(&now, nullptr);
    std::tm parts{};
    ::localtime_r(&now.tv_sec, &parts);
    std::size_t size = std::strftime(line.data(), line.size(), "%Y/%m/%d-%H:%M:%S", &parts);
    int more = std::snprintf(line.data() + size, line.size() - size, ".%06ld %d ", static_cast<long>(now.tv_usec),
                             static_cast<int>(::gettid()));
    return size + static_cast<std::size_t>(std::max(more, 0));
  }

  int descriptor_;
  std::atomic<std::size_t> bytes_ = 0;
};

}  // namespace

rocksdb::IOStatus open_info_log(const std::string& path, std::shared_ptr<rocksdb::Logger>& log) {
  int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor < 0) return rocksdb::IOStatus::IOError("opening " + path, std::strerror(errno));
  log = std::make_shared<InfoLog>(descriptor);
  return rocksdb::IOStatus::OK();
}

}  // namespace tenantry::storage
