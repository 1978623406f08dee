#include "api/http/request.hpp"

#include <algorithm>
#include <stdexcept>

#include "api/http/text.hpp"

namespace tenantry::api::http {

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::trace:
      return "TRACE";
  }
  throw std::logic_error("no such method");
}

std::string_view Request::slice(std::uint32_t at, std::uint32_t bytes) const {
  return std::string_view(parts_.head).substr(at, bytes);
}

std::string_view Request::target() const {
  return slice(parts_.target_at, parts_.target_bytes);
}

const std::string& Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : parts_.parameters) {
    if (key == name) return value;
  }
  throw std::logic_error("route " + parts_.route + " has no parameter " + std::string(name));
}

std::vector<std::string_view> Request::query(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : parts_.query) {
    if (key == name) values.push_back(value);
  }
  return values;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const auto& field : parts_.fields) {
    if (equal_ignoring_case(slice(field.name_at, field.name_bytes), name)) {
      return slice(field.value_at, field.value_bytes);
    }
  }
  return std::nullopt;
}

std::size_t Request::header_count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(parts_.fields, [&](const HeaderField& field) {
    return equal_ignoring_case(slice(field.name_at, field.name_bytes), name);
  }));
}

std::vector<std::pair<std::string_view, std::string_view>> Request::headers() const {
  std::vector<std::pair<std::string_view, std::string_view>> all;
  all.reserve(parts_.fields.size());
  for (const auto& field : parts_.fields) {
    all.emplace_back(slice(field.name_at, field.name_bytes), slice(field.value_at, field.value_bytes));
  }
  return all;
}

}  // namespace tenantry::api::http
