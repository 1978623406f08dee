#include "tests/support/json_schema.hpp"

#include <algorithm>
#include <cmath>
#include <regex>
#include <stdexcept>

namespace tenantry::test {
namespace {

using json = nlohmann::json;

json types_of(const json& schema) {
  if (!schema.contains("type")) return json::array();
  return schema.at("type").is_array() ? schema.at("type") : json::array({schema.at("type")});
}
bool is_of_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  throw std::runtime_error("unknown type " + type);
}

std::wstring wide(const std::string& utf8) {
  std::wstring text;
  for (char each : utf8) {
    auto byte = static_cast<unsigned char>(each);
    if ((byte & 0xC0) == 0x80)
      text.back() = static_cast<wchar_t>(text.back() << 6 | (byte & 0x3F));
    else
      text += static_cast<wchar_t>(byte < 0x80   ? byte
                                   : byte < 0xE0 ? byte & 0x1F
                                   : byte < 0xF0 ? byte & 0x0F
                                                 : byte & 0x07);
  }
  return text;
}
// By characters, not bytes: a pattern may speak of any.
bool matches(const std::string& text, const std::string& pattern) {
  return std::regex_search(wide(text), std::wregex(wide(pattern), std::regex::ECMAScript));
}

std::string pattern_of(const std::string& format) {
  const std::string date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
  if (format == "date") return "^" + date + "$";
  if (format == "date-time") {
    return "^" + date + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$";
  }
  return "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
}

template <class Fault>
void check_text(const json& schema, const std::string& text, Fault fault) {
  std::size_t characters = 0;
  for (char each : text) characters += (static_cast<unsigned char>(each) & 0xC0) != 0x80;
  if (characters < schema.value("minLength", std::size_t{0})) fault("is too short");
  if (schema.contains("maxLength") && characters > schema.at("maxLength").get<std::size_t>()) fault("is too long");
  if (schema.contains("pattern") && !matches(text, schema.at("pattern"))) fault("does not match its pattern");
  if (schema.contains("format") && !matches(text, pattern_of(schema.at("format")))) fault("has the wrong format");
}
template <class Fault>
void check_number(const json& schema, const json& value, Fault fault) {
  double number = value.get<double>();
  if (schema.contains("minimum") && number < schema.at("minimum").get<double>()) fault("is too small");
  if (schema.contains("maximum") && number > schema.at("maximum").get<double>()) fault("is too large");
  if (!schema.contains("multipleOf")) return;
  double quotient = number / schema.at("multipleOf").get<double>();
  if (std::abs(quotient - std::round(quotient)) > 1e-4) fault("is no multiple");
}

bool holds(const json& list, const json& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

void JsonSchema::refuse_unknown(const json& schema) {
  static const std::set<std::string> known = {
      "$ref",        "allOf",      "type",     "const",  "enum",     "properties", "required",   "additionalProperties",
      "minLength",   "maxLength",  "pattern",  "format", "minimum",  "maximum",    "multipleOf", "title",
      "description", "x-personal", "x-person", "items",  "maxItems",
  };
  static const std::set<std::string> formats = {"uuid", "date", "date-time"};
  if (!schema.is_object()) throw std::runtime_error("no schema: " + schema.dump());
  for (const auto& [keyword, value] : schema.items()) {
    if (!known.contains(keyword)) throw std::runtime_error("unknown keyword " + keyword);
    if (keyword == "$ref") follow(schema);
    if (keyword == "format" && !formats.contains(value)) throw std::runtime_error("unknown format " + value.dump());
    if (keyword == "additionalProperties" && !value.is_boolean()) throw std::runtime_error("unknown " + keyword);
    if (keyword == "items") refuse_unknown(value);
    if (keyword == "properties" || keyword == "allOf") {
      for (const json& inner : value) refuse_unknown(inner);
    }
  }
  for (const json& type : types_of(schema)) is_of_type(json(), type);
}

void JsonSchema::follow(const json& schema) {
  const std::string target = schema.at("$ref");
  if (seen_.insert(target).second) refuse_unknown(referred(target));
}
std::vector<std::string> JsonSchema::faults(const json& value) const {
  Faults found;
  check(schema_, value, "", found);
  return found;
}

void JsonSchema::check(const json& schema, const json& value, const std::string& place, Faults& faults) const {
  auto fault = [&](const std::string& what) { faults.push_back(place + ": " + what); };
  if (schema.contains("$ref")) check(referred(schema.at("$ref")), value, place, faults);
  for (const json& each : schema.value("allOf", json::array())) check(each, value, place, faults);
  if (schema.contains("const") && schema.at("const") != value) fault("is not " + schema.at("const").dump());
  if (schema.contains("enum") && !holds(schema.at("enum"), value)) fault("is not one of those listed");
  json types = types_of(schema);
  bool fits = types.empty();
  for (const json& type : types) fits = fits || is_of_type(value, type);
  if (!fits) return fault("has the wrong type");
  if (value.is_object()) check_object(schema, value, place, faults);
  if (value.is_array()) check_list(schema, value, place, faults);
  if (value.is_string()) check_text(schema, value, fault);
  if (value.is_number()) check_number(schema, value, fault);
}

void JsonSchema::check_object(const json& schema, const json& value, const std::string& place, Faults& faults) const {
  json properties = schema.value("properties", json::object());
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name.get<std::string>()))
      faults.push_back(place + "/" + name.get<std::string>() + ": is missing");
  }
  for (const auto& [name, member] : value.items()) {
    if (properties.contains(name)) {
      check(properties.at(name), member, place + "/" + name, faults);
    } else if (!schema.value("additionalProperties", true)) {
      faults.push_back(place + "/" + name + ": is not known");
    }
  }
}

void JsonSchema::check_list(const json& schema, const json& value, const std::string& place, Faults& faults) const {
  if (schema.contains("maxItems") && value.size() > schema.at("maxItems").get<std::size_t>()) {
    faults.push_back(place + ": has too many items");
  }
  if (!schema.contains("items")) return;
  for (std::size_t index = 0; index < value.size(); ++index) {
    check(schema.at("items"), value[index], place + "/" + std::to_string(index), faults);
  }
}

}  // namespace tenantry::test
