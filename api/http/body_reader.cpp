#include "api/http/body_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tenantry::api::http {
namespace {

std::unexpected<ProtocolError> refused(int status, std::string detail) {
  return std::unexpected(ProtocolError{status, std::move(detail)});
}

}  // namespace

BodyReader::BodyReader(Expecting expecting, std::shared_ptr<ByteBudget> budget, const Limits& limits)
    : limits_(&limits), expecting_(expecting), lease_(std::move(budget)) {}

BodyReader BodyReader::of_length(std::uint64_t length_bytes, std::shared_ptr<ByteBudget> budget, const Limits& limits) {
  BodyReader reader(Expecting::data, std::move(budget), limits);
  reader.data_left_bytes_ = length_bytes;
  return reader;
}

BodyReader BodyReader::chunked(std::size_t body_bytes_max, std::shared_ptr<ByteBudget> budget, const Limits& limits) {
  BodyReader reader(Expecting::size_line, std::move(budget), limits);
  reader.is_chunked_ = true;
  reader.body_bytes_max_ = body_bytes_max;
  return reader;
}

std::expected<bool, ProtocolError> BodyReader::read(std::string_view& bytes) {
  Checked checked;
  while (checked && !bytes.empty() && expecting_ != Expecting::nothing) {
    if (expecting_ == Expecting::data) {
      checked = read_data(bytes);
      continue;
    }
    const char byte = bytes.front();
    bytes.remove_prefix(1);
    if (++framing_bytes_ > limits_->chunk_framing_bytes_max) return refused(400, "the chunked body is mostly framing");
    switch (expecting_) {
      case Expecting::size_line:
        checked = read_size_line(byte);
        break;
      case Expecting::data_cr:
        checked = read_mark(byte, '\r', Expecting::data_lf);
        break;
      case Expecting::data_lf:
        checked = read_mark(byte, '\n', Expecting::size_line);
        break;
      case Expecting::end_cr:
        // Anything but the empty line here would be a trailer field.
        checked = read_mark(byte, '\r', Expecting::end_lf);
        break;
      case Expecting::end_lf:
        checked = read_mark(byte, '\n', Expecting::nothing);
        break;
      case Expecting::data:
      case Expecting::nothing:
        break;
    }
  }
  if (!checked) return std::unexpected(std::move(checked.error()));
  return expecting_ == Expecting::nothing;
}

BodyReader::Checked BodyReader::read_data(std::string_view& bytes) {
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), data_left_bytes_));
  if (!lease_.grow(taken)) return refused(503, "too many request bodies are being received; try again shortly");
  body_.append(bytes.substr(0, taken));
  bytes.remove_prefix(taken);
  data_left_bytes_ -= taken;
  if (data_left_bytes_ == 0) expecting_ = is_chunked_ ? Expecting::data_cr : Expecting::nothing;
  return {};
}

BodyReader::Checked BodyReader::read_size_line(char byte) {
  const bool ending = !size_line_.empty() && size_line_.back() == '\r';
  if (ending != (byte == '\n')) return refused(400, "a chunk's size line must end in CR LF");
  if (ending) return begin_chunk();
  if (static_cast<unsigned char>(byte) < 0x20 && byte != '\r' && byte != '\t') {
    return refused(400, "a chunk's size line contains a control character");
  }
  if (size_line_.size() >= limits_->chunk_line_bytes_max) return refused(400, "a chunk's size line is too long");
  size_line_ += byte;
  return {};
}

BodyReader::Checked BodyReader::begin_chunk() {
  size_line_.pop_back();
  const auto line = std::exchange(size_line_, {});
  // No blanks around the number: RFC 9112 7.1.1 tolerates them before an extension only as a mistake of old senders.
  const auto digits = std::string_view(line).substr(0, std::min(line.find(';'), line.size()));
  const auto end = digits.data() + digits.size();
  std::uint64_t bytes = 0;
  const auto [stopped, error] = std::from_chars(digits.data(), end, bytes, 16);
  if (digits.empty() || stopped != end || error == std::errc::invalid_argument) {
    return refused(400, "a chunk's size is not a hexadecimal number");
  }
  if (error == std::errc::result_out_of_range || bytes > body_bytes_max_ - body_.size()) {
    return refused(413, "the body is larger than this route takes");
  }
  data_left_bytes_ = bytes;
  expecting_ = bytes == 0 ? Expecting::end_cr : Expecting::data;
  return {};
}

BodyReader::Checked BodyReader::read_mark(char byte, char mark, Expecting next) {
  if (byte != mark) {
    return refused(
        400, expecting_ == Expecting::end_cr ? "trailer fields are not accepted" : "a chunk is not followed by CR LF");
  }
  expecting_ = next;
  return {};
}

}  // namespace tenantry::api::http
