#include "storage/sorted_rows.hpp"

#include <algorithm>
#include <cstring>

namespace tenantry::storage {
namespace {

constexpr std::size_t block_bytes = 1u << 20;

// Eight bytes from `at` on, so that numbers compare as the bytes do; zeros stand for what is not there.
std::uint64_t word_at(std::string_view key, std::size_t at) {
  unsigned char bytes[8] = {};
  if (at < key.size()) std::memcpy(bytes, key.data() + at, std::min<std::size_t>(key.size() - at, sizeof bytes));
  std::uint64_t word = 0;
  for (unsigned char byte : bytes) word = word << 8 | byte;
  return word;
}

}  // namespace

bool SortedRows::before(const Row& row, const Row& other) {
  if (row.first != other.first) return row.first < other.first;
  if (row.second != other.second) return row.second < other.second;
  return row.key() < other.key();
}

char* SortedRows::room_for(std::size_t bytes) {
  if (bytes > free_bytes_) {
    std::size_t size = std::max(bytes, block_bytes);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = blocks_.back().get();
    free_bytes_ = size;
  }
  char* room = free_;
  free_ += bytes;
  free_bytes_ -= bytes;
  return room;
}

void SortedRows::add(std::string_view key, std::string_view value) {
  char* bytes = room_for(key.size() + value.size());
  std::ranges::copy(key, bytes);
  std::ranges::copy(value, bytes + key.size());
  rows_.push_back({word_at(key, 0), word_at(key, 8), bytes, static_cast<std::uint32_t>(key.size()),
                   static_cast<std::uint32_t>(value.size())});
}

Result<void> SortedRows::load_into(BulkLoad& load) {
  std::ranges::sort(rows_, before);
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    if (index > 0 && rows_[index - 1].key() == rows_[index].key()) continue;
    if (auto added = load.add(rows_[index].key(), rows_[index].value()); !added) return added;
  }
  return {};
}

}  // namespace tenantry::storage
