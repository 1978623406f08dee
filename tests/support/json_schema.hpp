// A checker of JSON Schema for tests, of the keywords that this product's documents use, read as drafts 07 and 2020-12
// agree on them. A schema with a keyword, a type or a format that it does not know is refused (std::runtime_error)
// before anything is checked, wherever in the schema it stands: what is not checked cannot pass.
//
// `root` is the document that "$ref": "#/..." points into; it outlives the checker. "multipleOf" allows for numbers
// having been read into binary fractions. One thread.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace tenantry::test {

class JsonSchema {
 public:
  using json = nlohmann::json;

  JsonSchema(const json& schema, const json& root) : schema_(schema), root_(root) { refuse_unknown(schema_); }

  // What is wrong with the value: places and reasons; none if it is valid.
  std::vector<std::string> faults(const json& value) const;

 private:
  using Faults = std::vector<std::string>;

  void refuse_unknown(const json& schema);
  void follow(const json& schema);
  const json& referred(const std::string& target) const { return root_.at(json::json_pointer(target.substr(1))); }
  void check(const json& schema, const json& value, const std::string& place, Faults& faults) const;
  void check_list(const json& schema, const json& value, const std::string& place, Faults& faults) const;
  void check_object(const json& schema, const json& value, const std::string& place, Faults& faults) const;

  const json schema_;
  const json& root_;
  std::set<std::string> seen_;
};

}  // namespace tenantry::test
