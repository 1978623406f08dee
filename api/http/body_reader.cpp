#include "api/http/body_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "api/http/text.hpp"

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
      case Expecting::trailer_line:
        checked = read_trailer_line(byte);
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

std::expected<bool, ProtocolError> BodyReader::read_line(char byte, const char* what) {
  const bool ending = !line_.empty() && line_.back() == '\r';
  if (ending != (byte == '\n')) return refused(400, std::string(what) + " must end in CR LF");
  if (ending) {
    line_.pop_back();
    return true;
  }
  const bool is_control = (static_cast<unsigned char>(byte) < 0x20 && byte != '\r' && byte != '\t') || byte == 0x7f;
  if (is_control) return refused(400, std::string(what) + " contains a control character");
  line_ += byte;
  return false;
}

BodyReader::Checked BodyReader::read_size_line(char byte) {
  const auto ended = read_line(byte, "a chunk's size line");
  if (!ended) return std::unexpected(ended.error());
  if (*ended) return begin_chunk();
  if (line_.size() > limits_->chunk_line_bytes_max) return refused(400, "a chunk's size line is too long");
  return {};
}

BodyReader::Checked BodyReader::begin_chunk() {
  const auto line = std::exchange(line_, {});
  auto digits = std::string_view(line).substr(0, std::min(line.find(';'), line.size()));
  // Bad white space is before an extension; senders of old put it before the end of the line too.
  digits = digits.substr(0, digits.find_last_not_of(" \t") + 1);
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
  expecting_ = bytes == 0 ? Expecting::trailer_line : Expecting::data;
  return {};
}

BodyReader::Checked BodyReader::read_trailer_line(char byte) {
  if (++trailer_bytes_ > limits_->trailer_bytes_max) return refused(431, "the trailer section is too long");
  const auto ended = read_line(byte, "a trailer line");
  if (!ended) return std::unexpected(ended.error());
  return *ended ? end_trailer_line() : Checked{};
}

BodyReader::Checked BodyReader::end_trailer_line() {
  const auto line = std::exchange(line_, {});
  if (line.empty()) {
    expecting_ = Expecting::nothing;
    return {};
  }
  const auto colon = line.find(':');
  if (colon == std::string::npos) return refused(400, "a trailer line has no colon");
  // So neither white space before the colon nor a folded line.
  if (!is_token(std::string_view(line).substr(0, colon))) return refused(400, "a trailer's name is not a token");
  if (!is_utf8(line)) return refused(400, "a trailer is not UTF-8");
  return {};
}

BodyReader::Checked BodyReader::read_mark(char byte, char mark, Expecting next) {
  if (byte != mark) {
    return refused(400, "a chunk is not followed by CR LF");
  }
  expecting_ = next;
  return {};
}

}  // namespace tenantry::api::http
