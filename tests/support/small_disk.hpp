// SmallDisk: a file system of a few megabytes (tmpfs) that a test can fill. Needs the right to mount: mounted() says
// whether it was had, why() why not. Unmounted when the object goes.
#pragma once

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {

class SmallDisk {
 public:
  explicit SmallDisk(int megabytes) {
    auto size = "size=" + std::to_string(megabytes) + "m";
    mounted_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, size.c_str()) == 0;
    if (!mounted_) why_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& why() const { return why_; }
  const std::string& path() const { return folder_.path(); }

  // Takes all the room that is left but so many bytes, or gives it back.
  void fill(std::size_t bytes_left = 0) const {
    int descriptor = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    for (std::size_t size = 1u << 20; size > 0;) {
      std::string zeros(size, '\0');
      auto written = ::write(descriptor, zeros.data(), size);
      if (written <= 0) size /= 2;
    }
    auto size = static_cast<std::size_t>(::lseek(descriptor, 0, SEEK_END));
    bool is_cut = ::ftruncate(descriptor, static_cast<off_t>(size - std::min(size, bytes_left))) == 0;
    ::close(descriptor);
    if (!is_cut) throw std::runtime_error("the ballast cannot be cut");
  }
  // From now on only read, if `read_only`.
  bool remount(bool read_only) const {
    unsigned long flags = MS_REMOUNT | (read_only ? MS_RDONLY : 0);
    return ::mount("tmpfs", path().c_str(), "tmpfs", flags, nullptr) == 0;
  }
  void free() const { std::filesystem::remove(ballast()); }

 private:
  std::string ballast() const { return folder_ / "ballast"; }

  TemporaryFolder folder_;
  bool mounted_ = false;
  std::string why_;
};

}  // namespace tenantry::test
