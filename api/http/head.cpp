#include "api/http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/http/text.hpp"

namespace tenantry::api::http {
namespace {

using Checked = std::expected<void, ProtocolError>;

std::unexpected<ProtocolError> refused(int status, std::string detail) {
  return std::unexpected(ProtocolError{status, std::move(detail)});
}

struct Field {
  std::string_view name;
  std::string_view value;
};

std::optional<Method> method_named(std::string_view name) {
  for (const auto method : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del,
                            Method::options, Method::trace}) {
    if (name == name_of(method)) return method;
  }
  return std::nullopt;
}

Checked read_request_line(Head& head, std::string_view line, const Limits& limits) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return refused(400, "the request line is not three words");
  const auto name = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(name)) return refused(400, "the method is not a token");
  if (!version.starts_with("HTTP/")) return refused(400, "the request line does not end in an HTTP version");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return refused(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
  const auto method = method_named(name);
  if (!method) return refused(501, "the method is not known here");
  if (target.size() > limits.target_bytes_max) return refused(414, "the request target is too long");
  head.method = *method;
  head.http_1_0 = head.close = version == "HTTP/1.0";
  head.target_at = static_cast<std::uint32_t>(first + 1);
  head.target_bytes = static_cast<std::uint32_t>(target.size());
  return {};
}

Checked check_value(const Field& field) {
  for (const char c : field.value) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) {
      return refused(400, "header " + std::string(field.name) + " contains a control character");
    }
  }
  if (!is_utf8(field.value)) return refused(400, "header " + std::string(field.name) + " is not UTF-8");
  return {};
}

Checked read_content_length(Head& head, std::string_view value) {
  if (head.content_length_bytes) return refused(400, "header Content-Length is repeated");
  std::uint64_t bytes = 0;
  const auto end = value.data() + value.size();
  const auto [stopped, error] = std::from_chars(value.data(), end, bytes);
  if (value.empty() || stopped != end || error == std::errc::invalid_argument) {
    return refused(400, "header Content-Length is not a number");
  }
  // More digits than fit in 64 bits are still a number, only a hopeless one: let it fail as too large.
  head.content_length_bytes = error == std::errc::result_out_of_range ? UINT64_MAX : bytes;
  return {};
}

Checked read_transfer_encoding(Head& head, std::string_view value) {
  if (head.chunked) return refused(400, "header Transfer-Encoding is repeated");
  if (head.http_1_0) return refused(400, "header Transfer-Encoding is not allowed in HTTP/1.0");
  if (!equal_ignoring_case(value, "chunked")) return refused(501, "the only Transfer-Encoding known here is chunked");
  head.chunked = true;
  return {};
}

Checked read_host(Head& head, std::string_view value) {
  if (!head.host.empty()) return refused(400, "header Host is repeated");
  if (!is_host(value)) return refused(400, "header Host is not a host name");
  head.host = value;
  return {};
}

Checked read_connection(Head& head, std::string_view value) {
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    const auto option = trimmed(value.substr(0, comma));
    if (equal_ignoring_case(option, "close")) head.close = true;
    if (equal_ignoring_case(option, "keep-alive") && head.http_1_0) head.close = false;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return {};
}

Checked read_expect(Head& head, std::string_view value) {
  if (!equal_ignoring_case(value, "100-continue")) return refused(417, "the only expectation met here is 100-continue");
  // RFC 9110 10.1.1: to be ignored from an HTTP/1.0 client, which cannot understand a 100.
  head.expects_continue = !head.http_1_0;
  return {};
}

Checked read_framing(Head& head, const Field& field) {
  using Reader = Checked (*)(Head&, std::string_view);
  static constexpr std::array<std::pair<std::string_view, Reader>, 5> readers{{
      {"content-length", read_content_length},
      {"transfer-encoding", read_transfer_encoding},
      {"host", read_host},
      {"connection", read_connection},
      {"expect", read_expect},
  }};
  for (const auto& [name, reader] : readers) {
    if (equal_ignoring_case(field.name, name)) return reader(head, field.value);
  }
  return {};
}

Checked read_field(Head& head, std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) return refused(400, "folded header lines are not allowed");
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return refused(400, "a header line has no colon");
  const Field field{line.substr(0, colon), trimmed(line.substr(colon + 1))};
  if (!is_token(field.name)) return refused(400, "a header name is not a token");
  if (auto checked = check_value(field); !checked) return checked;
  const auto offset = [&](std::string_view part) { return static_cast<std::uint32_t>(part.data() - head.text.data()); };
  head.fields.push_back({offset(field.name), static_cast<std::uint32_t>(field.name.size()),
                         // An empty value may be a view of nothing; it has no place of its own.
                         field.value.empty() ? 0 : offset(field.value),
                         static_cast<std::uint32_t>(field.value.size())});
  return read_framing(head, field);
}

Checked check_together(const Head& head) {
  if (head.host.empty() && !head.http_1_0) return refused(400, "header Host is missing");
  if (head.chunked && head.content_length_bytes) {
    return refused(400, "headers Content-Length and Transfer-Encoding exclude each other");
  }
  return {};
}

}  // namespace

std::expected<Head, ProtocolError> parse_head(std::string text, const Limits& limits) {
  Head head;
  head.text = std::move(text);
  const std::string_view all = head.text;
  const auto line_end = all.find("\r\n");
  auto checked = read_request_line(head, all.substr(0, line_end), limits);
  for (auto at = line_end + 2; checked && at < all.size();) {
    if (head.fields.size() == limits.header_count_max) return refused(431, "the request has too many headers");
    const auto end = all.find("\r\n", at);
    checked = read_field(head, all.substr(at, end - at));
    at = end + 2;
  }
  if (checked) checked = check_together(head);
  if (!checked) return std::unexpected(std::move(checked.error()));
  return head;
}

}  // namespace tenantry::api::http
