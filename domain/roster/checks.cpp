#include "domain/roster/checks.hpp"

#include <algorithm>

namespace tenantry::roster {
namespace {

// Only what catches a slip: whether mail arrives is for whoever sends it to find out.
bool is_email(std::string_view text) {
  auto at = text.find('@');
  bool one_at = at != std::string_view::npos && text.find('@', at + 1) == std::string_view::npos;
  auto is_gap = [](char character) { return static_cast<unsigned char>(character) <= ' ' || character == '\x7f'; };
  return one_at && at > 0 && at + 1 < text.size() && std::ranges::none_of(text, is_gap);
}

}  // namespace

std::unexpected<Refusal> refuse_exists(const RefusalType& type, std::string_view what) {
  return refuse(type, "id", "The id is in use for another " + std::string{what} + ", or one with other values.");
}

Problem check_text(std::string field, std::string_view normalised_text) {
  if (!normalised_text.empty()) return std::nullopt;
  return refusal(refused.text_blank, std::move(field));
}

Problem check_email(const std::optional<std::string>& email) {
  if (!email || is_email(*email)) return std::nullopt;
  return Refusal{&refused.email_malformed, "email", "An e-mail address has one '@' and no white space."};
}

Problem check_order(std::string field, const std::optional<Date>& earlier, const std::optional<Date>& later) {
  if (!earlier || !later || *earlier <= *later) return std::nullopt;
  return Refusal{&refused.dates_out_of_order, std::move(field), later->text() + " is before " + earlier->text() + "."};
}

}  // namespace tenantry::roster
