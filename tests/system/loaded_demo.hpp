// The demo, loaded once for all tests of this program that want a full folder; each copies it and does as it likes.
#pragma once

#include "tests/system/program.hpp"

namespace tenantry::test {

struct LoadedDemo {
  LoadedDemo() : finished(tenantry({"demo", "--data", folder / "data"})) {}

  TemporaryFolder folder;
  Finished finished;

  std::string path() const { return folder / "data"; }
  static const LoadedDemo& once() {
    static const LoadedDemo demo;
    return demo;
  }
};

// A copy of it.
class DemoCopy {
 public:
  DemoCopy() { copy_folder(LoadedDemo::once().path(), path()); }
  std::string path() const { return folder_ / "data"; }

 private:
  TemporaryFolder folder_;
};

}  // namespace tenantry::test
