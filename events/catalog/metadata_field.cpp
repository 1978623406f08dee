// Metadata from JSON: checked against its limits and written canonically, so that equal objects are equal bytes.
#include <algorithm>
#include <vector>

#include "events/catalog/field_types.hpp"

namespace tenantry::events {
namespace {

constexpr int levels_max = 8;
constexpr std::size_t bytes_max = 16u << 10;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char character) {
    auto byte = static_cast<unsigned char>(character);
    return (byte < 0x20 && character != '\t' && character != '\n' && character != '\r') || byte == 0x7F;
  });
}

Problem append_canonical(json::Value value, int level, std::string& out);

// A problem inside a member or an element, with its place put before the path.
Problem inside(std::string place, Problem problem) {
  if (problem) problem->field.insert(0, place);
  return problem;
}

Problem append_object(json::Value object, int level, std::string& out) {
  std::vector<json::Value> members;
  for (json::Value member : object) members.push_back(member);
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.key() < b.key(); });
  out += '{';
  for (std::size_t index = 0; index < members.size(); ++index) {
    if (index > 0) out += ',';
    std::string_view key = members[index].key();
    if (has_control(key)) return DecodeError{"", "must have no control characters in its keys"};
    json::append_text(out, key);
    out += ':';
    if (auto wrong = append_canonical(members[index], level, out)) return inside('.' + std::string{key}, wrong);
  }
  out += '}';
  return std::nullopt;
}

Problem append_list(json::Value list, int level, std::string& out) {
  std::size_t place = 0;
  out += '[';
  for (json::Value element : list) {
    if (place > 0) out += ',';
    if (auto wrong = append_canonical(element, level, out)) return inside('[' + std::to_string(place) + ']', wrong);
    ++place;
  }
  out += ']';
  return std::nullopt;
}

// `level` counts the containers around the value.
Problem append_canonical(json::Value value, int level, std::string& out) {
  if (out.size() > bytes_max) return std::nullopt;  // told of the whole, at the end
  bool is_container = value.kind() == json::Kind::object || value.kind() == json::Kind::list;
  if (is_container && level == levels_max) {
    return DecodeError{"", "is nested more than " + std::to_string(levels_max) + " levels deep"};
  }
  switch (value.kind()) {
    case json::Kind::object:
      return append_object(value, level + 1, out);
    case json::Kind::list:
      return append_list(value, level + 1, out);
    case json::Kind::text:
      if (has_control(value.text())) return DecodeError{"", "must have no control characters but tab and line ends"};
      json::append_text(out, value.text());
      return std::nullopt;
    default:
      out += value.text();
      return std::nullopt;  // the literal
  }
}

}  // namespace

Problem FieldType<Metadata>::read(json::Value value, const Limits&, Metadata& out) {
  out.json.clear();
  if (auto wrong = append_canonical(value, 0, out.json)) return wrong;
  if (out.json.size() > bytes_max) {
    return DecodeError{"", "must have at most " + std::to_string(bytes_max) + " bytes as JSON"};
  }
  return std::nullopt;
}

}  // namespace tenantry::events
