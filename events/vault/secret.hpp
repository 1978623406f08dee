// Secret: bytes that are wiped from memory when their owner lets go of them. Its own allocation, so that moving it
// leaves no copy behind; there is no copying. A plain value for one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace tenantry::events {

class Secret {
 public:
  // Zeros, to be filled in.
  explicit Secret(std::size_t size);
  explicit Secret(std::string_view bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;

  std::size_t size() const { return size_; }
  unsigned char* data() { return bytes_.get(); }
  const unsigned char* data() const { return bytes_.get(); }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }

 private:
  std::unique_ptr<unsigned char[]> bytes_;
  std::size_t size_;
};

// Takes as long whether or not they differ, and wherever; the lengths are not secret.
bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace tenantry::events
