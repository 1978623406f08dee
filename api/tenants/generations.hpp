// A bounded memory of what was looked up: when the younger of two generations is full, the older is forgotten. At most
// `entries_max` entries. Whoever owns one guards it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>

namespace tenantry::api {

template <class Key, class Value, class Hash = std::hash<Key>>
class Generations {
 public:
  explicit Generations(std::size_t entries_max) : generation_max_(std::max<std::size_t>(entries_max / 2, 1)) {}

  // What was put last under the key; null if there is nothing. Good until the next put().
  const Value* find(const Key& key) const {
    for (const Generation* each : {&younger_, &older_}) {
      if (auto found = each->find(key); found != each->end()) return &found->second;
    }
    return nullptr;
  }
  void put(const Key& key, Value value) {
    if (younger_.size() >= generation_max_) older_ = std::exchange(younger_, {});
    younger_.insert_or_assign(key, std::move(value));
  }
  std::size_t size() const { return younger_.size() + older_.size(); }

 private:
  using Generation = std::unordered_map<Key, Value, Hash>;

  std::size_t generation_max_;
  Generation younger_, older_;
};

}  // namespace tenantry::api
