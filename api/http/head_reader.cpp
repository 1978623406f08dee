#include "api/http/head_reader.hpp"

#include <algorithm>
#include <utility>

namespace tenantry::api::http {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";
// Method, two spaces and version beside the target: enough for any method this server knows.
constexpr std::size_t request_line_overhead_bytes = 64;

}  // namespace

std::expected<bool, ProtocolError> HeadReader::read(std::string_view& bytes) {
  const auto searched = text_.size() < head_end.size() ? 0 : text_.size() - head_end.size() + 1;
  // One byte beyond the limit is enough to know that it is exceeded.
  const auto wanted = std::min(bytes.size(), limits_->head_bytes_max + 1 - text_.size());
  const auto before = text_.size();
  text_.append(bytes.substr(0, wanted));
  if (!leading_line_skipped_ && text_.starts_with("\r\n")) {
    leading_line_skipped_ = true;
    bytes.remove_prefix(2 - before);
    text_.clear();
    last_ = 0;
    return bytes.empty() ? false : read(bytes);
  }
  const auto end = text_.find(head_end, searched);
  if (end != std::string::npos) text_.resize(end + head_end.size());
  if (auto checked = check_bytes(std::string_view(text_).substr(before)); !checked) {
    return std::unexpected(checked.error());
  }
  bytes.remove_prefix(text_.size() - before);
  if (end != std::string::npos && text_.size() <= limits_->head_bytes_max) return true;
  if (auto checked = check_size(); !checked) return std::unexpected(checked.error());
  return false;
}

std::expected<void, ProtocolError> HeadReader::check_bytes(std::string_view bytes) {
  for (const char c : bytes) {
    if (c == 0) return std::unexpected(ProtocolError{400, "the request head contains a NUL byte"});
    if ((c == '\n') != (last_ == '\r')) {
      return std::unexpected(ProtocolError{400, "lines of the request head must end in CR LF"});
    }
    last_ = c;
  }
  return {};
}

std::expected<void, ProtocolError> HeadReader::check_size() const {
  const auto line_bytes = std::min(text_.find("\r\n"), text_.size());
  if (line_bytes > limits_->target_bytes_max + request_line_overhead_bytes) {
    return std::unexpected(ProtocolError{414, "the request target is too long"});
  }
  if (text_.size() > limits_->head_bytes_max) {
    return std::unexpected(ProtocolError{431, "the request head is too long"});
  }
  return {};
}

std::string HeadReader::take() {
  text_.resize(text_.size() - 2);
  last_ = 0;
  leading_line_skipped_ = false;
  return std::exchange(text_, {});
}

}  // namespace tenantry::api::http
