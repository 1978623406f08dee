// Strict JSON reading without a tree of objects: a text becomes a flat list of nodes that is used again and again.
//
// parse() accepts exactly one RFC 8259 value of at most `text_bytes_max` bytes, nested at most `depth_max` deep, and
// refuses: anything after the value, a byte order mark, invalid UTF-8, lone surrogates, unescaped control characters,
// numbers beyond a double's range, and the same key twice in one object. Errors carry the path of the value
// ("a.list[2]"). NUL and other control characters that came as escapes are left to the field that takes the text.
//
// A Document owns its nodes; the Values and texts that it gave live until its next parse(). It keeps its memory, so
// that parsing does not allocate nodes in steady state. One thread at a time for a document; scratch_document() is the
// calling thread's own: decode, copy what is wanted, and keep no Value of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "events/decode_error.hpp"

namespace tenantry::events::json {

inline constexpr std::size_t text_bytes_max = 1u << 20;
inline constexpr std::size_t depth_max = 32;

enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
std::string_view kind_name(Kind kind);

struct Node {
  Kind kind = Kind::null;
  std::uint32_t next = 0;  // the node after this one and everything inside it
  std::string_view key;    // of a member of an object
  std::string_view text;   // of a text: its characters, unescaped; of other scalars: the literal ("78.50", "true")
};

// A value inside a document, with its children as a range: for (Value member : value) ...
class Value {
 public:
  Value(const std::vector<Node>& nodes, std::uint32_t index) : nodes_(&nodes), index_(index) {}

  Kind kind() const { return node().kind; }
  std::string_view key() const { return node().key; }
  std::string_view text() const { return node().text; }

  class Iterator {
   public:
    Iterator(const std::vector<Node>& nodes, std::uint32_t index) : nodes_(&nodes), index_(index) {}
    Value operator*() const { return {*nodes_, index_}; }
    Iterator& operator++() {
      index_ = (*nodes_)[index_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const std::vector<Node>* nodes_;
    std::uint32_t index_;
  };
  Iterator begin() const { return {*nodes_, index_ + 1}; }
  Iterator end() const { return {*nodes_, node().next}; }

 private:
  const Node& node() const { return (*nodes_)[index_]; }

  const std::vector<Node>* nodes_;
  std::uint32_t index_;
};

class Document {
 public:
  std::expected<Value, DecodeError> parse(std::string_view text);

 private:
  friend class Builder;
  void reset(std::size_t text_bytes);
  std::string_view keep(std::string_view text);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;  // the containers around the value being read
  std::string texts_;                // unescaped texts and literals; never reallocated during a parse
};

Document& scratch_document();

}  // namespace tenantry::events::json
