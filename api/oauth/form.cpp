#include "api/oauth/form.hpp"

#include <algorithm>

#include "api/http/text.hpp"
#include "api/tokens/unreserved.hpp"

namespace tenantry::api::oauth {
namespace {

constexpr std::size_t shown_name_bytes_max = 64;

bool is_control(char each) {
  return static_cast<unsigned char>(each) < 0x20 || each == 0x7F;
}

// Of all names that are refused only these are repeated: faults stand in answers, logs and error_description.
std::string shown(std::string_view name) {
  bool showable = name.size() <= shown_name_bytes_max && std::ranges::all_of(name, [](char each) {
                    return tokens::is_unreserved(static_cast<unsigned char>(each));
                  });
  return showable ? std::string{name} : std::string{};
}

std::expected<std::string, std::string> decoded(std::string_view text, std::size_t bytes_max) {
  auto plain = http::percent_decoded(text, http::PlusSign::space);
  if (!plain) return std::unexpected("is not percent-encoded UTF-8 without NUL");
  if (plain->size() > bytes_max) return std::unexpected("is longer than " + std::to_string(bytes_max) + " bytes");
  if (std::ranges::any_of(*plain, is_control)) return std::unexpected("has control characters");
  return std::move(*plain);
}

std::expected<std::pair<std::string, std::string>, FormFault> field_of(std::string_view text) {
  std::size_t equals = text.find('=');
  auto name = decoded(text.substr(0, equals), form_name_bytes_max);
  if (!name) return std::unexpected(FormFault{{}, "has a field whose name " + name.error()});
  if (name->empty()) return std::unexpected(FormFault{{}, "has a field without a name"});
  auto value =
      decoded(equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1), form_value_bytes_max);
  if (!value) return std::unexpected(FormFault{shown(*name), std::move(value.error())});
  return std::pair{std::move(*name), std::move(*value)};
}

}  // namespace

std::expected<Form, FormFault> Form::parse(std::string_view text) {
  if (text.size() > form_bytes_max) {
    return std::unexpected(FormFault{{}, "is longer than " + std::to_string(form_bytes_max) + " bytes"});
  }
  Form form;
  while (!text.empty()) {
    std::string_view each = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(each.size() + 1, text.size()));
    if (each.empty()) continue;
    if (form.fields_.size() == form_fields_max) {
      return std::unexpected(FormFault{{}, "has more than " + std::to_string(form_fields_max) + " fields"});
    }
    auto field = field_of(each);
    if (!field) return std::unexpected(std::move(field.error()));
    if (form.names(field->first)) {
      return std::unexpected(FormFault{shown(field->first), "is given twice"});
    }
    form.fields_.push_back(std::move(*field));
  }
  return form;
}

std::optional<std::string_view> Form::find(std::string_view name) const {
  for (const auto& [each, value] : fields_) {
    if (each == name && !value.empty()) return value;
  }
  return std::nullopt;
}

bool Form::names(std::string_view name) const {
  return std::ranges::any_of(fields_, [&](const auto& field) { return field.first == name; });
}

std::string encode_form(std::initializer_list<Parameter> parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    if (!text.empty()) text += '&';
    tokens::append_percent_encoded(text, name);
    text += '=';
    tokens::append_percent_encoded(text, value);
  }
  return text;
}

std::string append_query(std::string_view uri, std::initializer_list<Parameter> parameters) {
  std::string query = encode_form(parameters);
  std::string whole{uri};
  if (query.empty()) return whole;
  std::size_t mark = uri.find('?');
  if (mark == std::string_view::npos) {
    whole += '?';
  } else if (mark + 1 != uri.size() && !uri.ends_with('&')) {
    whole += '&';
  }
  return whole + query;
}

}  // namespace tenantry::api::oauth
