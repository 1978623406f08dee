// Value: one command, event or entity of any context, owned, for the layers that handle all of them alike.
//
// The kind of a type T is the address of kind_of<T>, the same in every unit; it needs no declaration. What a kind is
// called and which fields it has is the catalog's to say (events/catalog/). get<T>() throws std::logic_error if the
// value is of another kind; get_if<T>() answers nullptr. An empty value has no kind. Values compare equal if they are
// of one kind and their T does; comparing values of a kind without == throws std::logic_error. Moving a value leaves
// the T where it is in memory. Plain values; any thread, one at a time for an object.
#pragma once

#include <concepts>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tenantry {

// "tenantry::roster::Term", as GCC and Clang write it: for messages.
template <class T>
consteval std::string_view name_of_type() {
  std::string_view words = std::source_location::current().function_name();
  words.remove_prefix(words.find("T = ") + 4);
  return words.substr(0, words.find_first_of(";]"));
}

struct ValueKind {
  std::string_view name;
  void* (*make)();
  void* (*copy)(const void* value);
  void (*destroy)(void* value) noexcept;
  bool (*equal)(const void* one, const void* other);
};

template <class T>
inline constexpr ValueKind kind_of{
    .name = name_of_type<T>(),
    .make = []() -> void* { return new T{}; },
    .copy = [](const void* value) -> void* { return new T(*static_cast<const T*>(value)); },
    .destroy = [](void* value) noexcept { delete static_cast<T*>(value); },
    .equal = [](const void* one, const void* other) -> bool {
      if constexpr (std::equality_comparable<T>) {
        return *static_cast<const T*>(one) == *static_cast<const T*>(other);
      } else {
        throw std::logic_error("values of " + std::string{name_of_type<T>()} + " cannot be compared");
      }
    }};

class Value {
 public:
  Value() = default;
  template <class T>
  requires(!std::same_as<std::remove_cvref_t<T>, Value>) explicit Value(T&& value)
      : kind_(&kind_of<std::remove_cvref_t<T>>), data_(new std::remove_cvref_t<T>(std::forward<T>(value))) {}
  // A T as it is made without arguments, to be filled in.
  static Value of_kind(const ValueKind& kind) {
    Value value;
    value.data_ = kind.make();
    value.kind_ = &kind;
    return value;
  }
  ~Value() { clear(); }
  Value(const Value& other) : kind_(other.kind_), data_(other.kind_ ? other.kind_->copy(other.data_) : nullptr) {}
  Value(Value&& other) noexcept
      : kind_(std::exchange(other.kind_, nullptr)), data_(std::exchange(other.data_, nullptr)) {}
  Value& operator=(Value other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(data_, other.data_);
    return *this;
  }

  const ValueKind* kind() const { return kind_; }
  bool empty() const { return kind_ == nullptr; }
  const void* data() const { return data_; }
  void* data() { return data_; }

  template <class T>
  const T* get_if() const {
    return kind_ == &kind_of<T> ? static_cast<const T*>(data_) : nullptr;
  }
  template <class T>
  const T& get() const {
    if (const T* value = get_if<T>()) return *value;
    throw std::logic_error("a value is not of " + std::string{name_of_type<T>()} + ", as was asked for, but of " +
                           std::string{kind_ == nullptr ? "none" : kind_->name});
  }

  bool operator==(const Value& other) const {
    return kind_ == other.kind_ && (kind_ == nullptr || kind_->equal(data_, other.data_));
  }

 private:
  void clear() noexcept {
    if (kind_ != nullptr) kind_->destroy(data_);
  }

  const ValueKind* kind_ = nullptr;
  void* data_ = nullptr;
};

}  // namespace tenantry
