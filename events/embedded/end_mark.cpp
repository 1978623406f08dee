#include "events/embedded/end_mark.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "storage/crc32c.hpp"

namespace tenantry::events::embedded {
namespace {

constexpr std::size_t slot_bytes = 64;
constexpr std::size_t summed_bytes = 60;
constexpr std::uint32_t version = 1;
constexpr std::string_view title = "TENANTRY END MARK";
constexpr std::size_t title_bytes = 24;
constexpr std::size_t identity_offset = 32;
constexpr std::size_t partitions_max = 2048;

template <class Number>
void add_number(std::string& bytes, Number number) {
  for (int shift = 8 * (sizeof number - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
}

std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t size) {
  std::uint64_t number = 0;
  for (char byte : bytes.substr(offset, size)) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

std::string finish_slot(std::string bytes, std::uint32_t before) {
  bytes.resize(summed_bytes, '\0');
  add_number(bytes, storage::crc32c(bytes, before));
  return bytes;
}

std::string header_slot(const std::string& identity_hex, std::size_t partitions) {
  std::string bytes{title};
  bytes.resize(title_bytes, '\0');
  add_number(bytes, version);
  add_number(bytes, static_cast<std::uint32_t>(partitions));
  for (std::size_t index = 0; index + 1 < identity_hex.size(); index += 2) {
    bytes.push_back(static_cast<char>(std::stoi(identity_hex.substr(index, 2), nullptr, 16)));
  }
  return finish_slot(std::move(bytes), 0);
}

std::string partition_slot(std::size_t partition, Appended last) {
  std::string number;
  add_number(number, static_cast<std::uint32_t>(partition + 1));
  std::string bytes;
  add_number(bytes, last.first);
  add_number(bytes, last.next);
  return finish_slot(std::move(bytes), storage::crc32c(number));
}

std::string system_error(const std::string& path) {
  return path + ": " + std::strerror(errno);
}

std::expected<std::string, std::string> read_whole(int descriptor, const std::string& path) {
  std::string bytes(slot_bytes * (partitions_max + 1) + 1, '\0');  // one more, to notice a file that is too long
  auto got = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  if (got < 0) return std::unexpected(system_error(path));
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (char byte : bytes) {
    text.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

struct Contents {
  std::string identity_hex;
  std::vector<Appended> found;
};

std::expected<Contents, std::string> parse(const std::string& path, std::string_view bytes) {
  Contents contents{hex(bytes.substr(0, slot_bytes).size() == slot_bytes ? bytes.substr(identity_offset, 16) : ""), {}};
  auto partitions = bytes.size() < slot_bytes ? 0 : bytes.size() / slot_bytes - 1;
  if (bytes.size() != (partitions + 1) * slot_bytes ||
      bytes.substr(0, slot_bytes) != header_slot(contents.identity_hex, partitions)) {
    return std::unexpected(path + " is damaged: its first slot does not describe it");
  }
  for (std::size_t partition = 0; partition < partitions; ++partition) {
    auto slot = bytes.substr((partition + 1) * slot_bytes, slot_bytes);
    Appended last{number_at(slot, 0, 8), number_at(slot, 8, 8)};
    if (slot != partition_slot(partition, last) || last.first > last.next) {
      return std::unexpected(path + " is damaged in slot " + std::to_string(partition + 1));
    }
    contents.found.push_back(last);
  }
  return contents;
}

}  // namespace

std::expected<void, std::string> EndMark::create(const std::string& path, const std::string& identity_hex,
                                                 std::size_t partitions) {
  std::string bytes = header_slot(identity_hex, partitions);
  for (std::size_t partition = 0; partition < partitions; ++partition) bytes += partition_slot(partition, {0, 0});
  int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return std::unexpected(system_error(path));
  bool written = ::pwrite(descriptor, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()) &&
                 ::fsync(descriptor) == 0;
  auto error = written ? std::string{} : system_error(path);
  ::close(descriptor);
  if (!written) return std::unexpected(error);
  return {};
}

std::expected<EndMark, std::string> EndMark::open(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(system_error(path));
  EndMark mark(descriptor);
  auto bytes = read_whole(descriptor, path);
  if (!bytes) return std::unexpected(bytes.error());
  auto contents = parse(path, *bytes);
  if (!contents) return std::unexpected(contents.error());
  mark.identity_hex_ = std::move(contents->identity_hex);
  mark.found_ = std::move(contents->found);
  return mark;
}

EndMark::~EndMark() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

EndMark::EndMark(EndMark&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      identity_hex_(std::move(other.identity_hex_)),
      found_(std::move(other.found_)) {}

EndMark& EndMark::operator=(EndMark&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(identity_hex_, other.identity_hex_);
  std::swap(found_, other.found_);
  return *this;
}

bool EndMark::write(std::size_t partition, Appended last) const {
  auto slot = partition_slot(partition, last);
  auto offset = static_cast<off_t>((partition + 1) * slot_bytes);
  return ::pwrite(descriptor_, slot.data(), slot.size(), offset) == static_cast<ssize_t>(slot.size());
}

}  // namespace tenantry::events::embedded
