#include "storage/sorted_rows.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tenantry::storage {
namespace {

constexpr std::size_t block_bytes_min = 4u << 10;
constexpr std::size_t block_bytes_max = 1u << 20;

// Eight bytes from `at` on, so that numbers compare as the bytes do; zeros stand for what is not there.
std::uint64_t word_at(std::string_view key, std::size_t at) {
  std::uint64_t word = 0;
  if (at < key.size()) std::memcpy(&word, key.data() + at, std::min<std::size_t>(key.size() - at, sizeof word));
  return std::endian::native == std::endian::little ? std::byteswap(word) : word;
}

}  // namespace

bool SortedRows::before(const Row& row, const Row& other) {
  if (row.first != other.first) return row.first < other.first;
  if (row.second != other.second) return row.second < other.second;
  if (row.third != other.third) return row.third < other.third;
  return row.key() < other.key();
}

char* SortedRows::room_for(std::size_t bytes) {
  if (bytes > free_bytes_) {
    std::size_t doublings = std::min<std::size_t>(blocks_.size(), 8);
    std::size_t size = std::max(bytes, std::min(block_bytes_min << doublings, block_bytes_max));
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = blocks_.back().get();
    free_bytes_ = size;
  }
  char* room = free_;
  free_ += bytes;
  free_bytes_ -= bytes;
  return room;
}

void SortedRows::add_row(std::string_view key, std::string_view value, std::uint32_t value_bytes) {
  char* bytes = room_for(key.size() + value.size());
  std::ranges::copy(key, bytes);
  std::ranges::copy(value, bytes + key.size());
  rows_.push_back(
      {word_at(key, 0), word_at(key, 8), word_at(key, 16), bytes, static_cast<std::uint32_t>(key.size()), value_bytes});
}

void SortedRows::add(std::string_view key, std::string_view value) {
  add_row(key, value, static_cast<std::uint32_t>(value.size()));
}

void SortedRows::erase(std::string_view key) {
  add_row(key, {}, erased);
}

void SortedRows::put_into(Batch& batch, const Family& family) {
  std::ranges::stable_sort(rows_, before);
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    const Row& row = rows_[index];
    if (index + 1 < rows_.size() && row.key() == rows_[index + 1].key()) continue;
    if (row.value_bytes == erased) {
      batch.erase(family, row.key());
    } else {
      batch.put(family, row.key(), row.value());
    }
  }
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
