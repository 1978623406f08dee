// Forms: read strictly, and parameters added to URIs.
#include <catch2/catch.hpp>

#include "api/oauth/form.hpp"

using namespace tenantry::api::oauth;

namespace {

FormFault fault_of(std::string_view text) {
  auto form = Form::parse(text);
  REQUIRE_FALSE(form);
  return form.error();
}

std::string field(std::string_view name, std::string_view value) {
  return std::string{name}.append("=").append(value);
}
std::string field_with_name_of(std::size_t bytes) {
  return field(std::string(bytes, 'n'), "1");
}
std::string field_with_value_of(std::size_t bytes) {
  return field("a", std::string(bytes, 'x'));
}

}  // namespace

TEST_CASE("a form is read by the names of its fields") {
  auto form = Form::parse("grant_type=authorization_code&scope=openid+roster%3Aread&n%C3%A9e=%E2%82%AC&a%3Db=c=d");
  REQUIRE(form);
  CHECK(form->find("grant_type") == "authorization_code");
  CHECK(form->find("scope") == "openid roster:read");
  CHECK(form->find("née") == "€");
  CHECK(form->find("a=b") == "c=d");
  CHECK_FALSE(form->find("Scope"));
  CHECK_FALSE(form->find("grant"));
}

TEST_CASE("a parameter without a value is as if it were not there") {
  auto form = Form::parse("&scope=&state&&x=1&");
  REQUIRE(form);
  CHECK_FALSE(form->find("scope"));
  CHECK_FALSE(form->find("state"));
  CHECK(form->find("x") == "1");
  CHECK(Form::parse(""));
}

TEST_CASE("a name given twice is refused, however it is written and whatever its value") {
  for (std::string_view text : {"a=1&a=2", "a=1&a=1", "a=&a=", "a&a=1", "a=1&b=2&%61=3"}) {
    CAPTURE(text);
    CHECK(fault_of(text) == FormFault{"a", "is given twice"});
  }
  CHECK(Form::parse("a=1&A=2"));
}

TEST_CASE("what is not percent-encoded text is refused by its field's name") {
  for (std::string_view value : {"%", "%4", "%zz", "%-1", "%00", "%ff", "%c3", "%c0%af", "%ed%a0%80", "\xff"}) {
    CAPTURE(value);
    CHECK(fault_of("b=1&a=" + std::string{value}) == FormFault{"a", "is not percent-encoded UTF-8 without NUL"});
  }
  for (std::string_view value : {"%0a", "%0D", "x%1fy", "%7f", "\t", "\n"}) {
    CAPTURE(value);
    CHECK(fault_of("a=" + std::string{value}) == FormFault{"a", "has control characters"});
  }
}

TEST_CASE("names are held to the same, and repeated only if they are harmless") {
  CHECK(fault_of("%zz=1") == FormFault{"", "has a field whose name is not percent-encoded UTF-8 without NUL"});
  CHECK(fault_of("a%0d%0ab=1") == FormFault{"", "has a field whose name has control characters"});
  CHECK(fault_of("=1") == FormFault{"", "has a field without a name"});
  CHECK(fault_of("%3Cscript%3E=1&%3Cscript%3E=2") == FormFault{"", "is given twice"});
  CHECK(fault_of("client_id=1&client_id=2") == FormFault{"client_id", "is given twice"});
  CHECK(fault_of(field_with_name_of(65) + "&" + field_with_name_of(65)) == FormFault{"", "is given twice"});
  CHECK(Form::parse(field_with_name_of(form_name_bytes_max)));
  CHECK(fault_of(field_with_name_of(form_name_bytes_max + 1)).detail ==
        "has a field whose name is longer than 128 bytes");
}

TEST_CASE("a form has so many fields, bytes and bytes of a value, and no more") {
  std::string fields;
  for (std::size_t each = 0; each < form_fields_max; ++each) fields += "f" + std::to_string(each) + "=1&";
  CHECK(Form::parse(fields));
  CHECK(fault_of(fields + "one_more=1") == FormFault{"", "has more than 64 fields"});

  CHECK(Form::parse(field_with_value_of(form_value_bytes_max)));
  CHECK(fault_of(field_with_value_of(form_value_bytes_max + 1)) == FormFault{"a", "is longer than 4096 bytes"});

  CHECK(Form::parse(std::string(form_bytes_max, '&')));
  CHECK(fault_of(std::string(form_bytes_max + 1, '&')) == FormFault{"", "is longer than 16384 bytes"});
}

TEST_CASE("what is encoded is read as the same") {
  const std::string value = "a b+c&d=e%f#g?h/\"<>'é€~.-_";
  auto form = Form::parse(encode_form({{"value", value}, {"na me", "1"}, {"empty", ""}}));
  REQUIRE(form);
  CHECK(form->find("value") == value);
  CHECK(form->find("na me") == "1");
  CHECK(encode_form({{"a", "x y"}, {"none", ""}, {"b", "&"}}) == "a=x%20y&b=%26");
}

TEST_CASE("parameters are added to the query that a URI has") {
  CHECK(append_query("https://app.example/cb", {{"code", "1"}, {"state", "a&b"}}) ==
        "https://app.example/cb?code=1&state=a%26b");
  CHECK(append_query("https://app.example/cb?x=1", {{"code", "1"}}) == "https://app.example/cb?x=1&code=1");
  CHECK(append_query("https://app.example/cb?", {{"code", "1"}}) == "https://app.example/cb?code=1");
  CHECK(append_query("https://app.example/cb?x=1&", {{"code", "1"}}) == "https://app.example/cb?x=1&code=1");
  CHECK(append_query("com.example.app:/cb", {{"code", "1"}}) == "com.example.app:/cb?code=1");
  CHECK(append_query("https://app.example/cb", {{"state", ""}}) == "https://app.example/cb");
}
