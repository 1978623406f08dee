// SmallDisk: a file system of a few megabytes (tmpfs) that a test can fill. Needs the right to mount: mounted() says
// whether it was had, why() why not. Unmounted when the object goes.
#pragma once

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
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

  // Takes all the room that is left, or gives it back.
  void fill() const {
    int descriptor = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    for (std::size_t size = 1u << 20; size > 0;) {
      std::string zeros(size, '\0');
      auto written = ::write(descriptor, zeros.data(), size);
      if (written <= 0) size /= 2;
    }
    ::close(descriptor);
  }
  void free() const { std::filesystem::remove(ballast()); }

 private:
  std::string ballast() const { return folder_ / "ballast"; }

  TemporaryFolder folder_;
  bool mounted_ = false;
  std::string why_;
};

}  // namespace tenantry::test
