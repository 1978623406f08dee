#include "events/catalog/type_description.hpp"

#include "domain/kernel/decimal.hpp"
#include "domain/kernel/quantity.hpp"
#include "events/json/writer.hpp"

namespace tenantry::events {
namespace {

using Kind = ValueShape::Kind;

std::string_view json_type(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
      return "integer";
    case Kind::decimal:
    case Kind::quantity:
      return "number";
    case Kind::metadata:
    case Kind::record:
      return "object";
    case Kind::records:
      return "array";
    default:
      return "string";
  }
}

std::string_view json_format(Kind kind) {
  switch (kind) {
    case Kind::uuid:
      return "uuid";
    case Kind::date:
      return "date";
    case Kind::instant:
      return "date-time";
    default:
      return "";
  }
}

void append_type(json::ObjectWriter& schema, const ValueShape& shape) {
  std::string& out = schema.key("type");
  if (shape.nullable) out += '[';
  json::append_text(out, json_type(shape.kind));
  if (shape.nullable) out += ",\"null\"]";
}

void append_choices(json::ObjectWriter& schema, const ValueShape& shape) {
  std::string& out = schema.key("enum");
  out += '[';
  for (std::size_t index = 0; index < shape.choices.size(); ++index) {
    if (index > 0) out += ',';
    json::append_text(out, shape.choices[index]);
  }
  if (shape.nullable) out += ",null";
  out += ']';
}

// No id is nil, that is without a digit but 0; texts have no control characters; days and moments lie in the years that
// Date takes.
std::string_view json_pattern(const ValueShape& shape) {
  if (!shape.pattern.empty()) return shape.pattern;
  switch (shape.kind) {
    case Kind::text:
      return R"(^[^\u0000-\u001f\u007f-\u009f]*$)";
    case Kind::long_text:
      return R"(^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$)";
    case Kind::uuid:
      return "[1-9a-fA-F]";
    case Kind::date:
    case Kind::instant:
      return "^(19|2[0-9])[0-9]{2}-";
    default:
      return "";
  }
}

// An exact number's first whole number out of reach, the last that it does reach, and its step.
struct Reach {
  std::int64_t beyond;
  std::string_view last;
  std::string_view step;
};

Reach reach_of(Kind kind) {
  if (kind == Kind::quantity) return {Quantity::whole_max + 1, "999999999999.999999", "0.000001"};
  return {Decimal::whole_max + 1, "999999999.99", "0.01"};
}

bool is_exact(Kind kind) {
  return kind == Kind::decimal || kind == Kind::quantity;
}

// A whole number, or where it is the first that an exact number does not reach, the last that it does.
void append_bound(std::string& out, const ValueShape& shape, std::int64_t bound) {
  Reach reach = reach_of(shape.kind);
  if (!is_exact(shape.kind) || (bound < reach.beyond && bound > -reach.beyond)) return json::append_integer(out, bound);
  if (bound < 0) out += '-';
  out += reach.last;
}

void append_range(json::ObjectWriter& schema, const ValueShape& shape) {
  if (shape.kind == Kind::text || shape.kind == Kind::long_text) {
    json::append_integer(schema.key("minLength"), static_cast<std::uint64_t>(shape.characters_min));
    json::append_integer(schema.key("maxLength"), static_cast<std::uint64_t>(shape.characters_max));
  }
  if (shape.kind == Kind::integer || is_exact(shape.kind)) {
    append_bound(schema.key(shape.above_minimum ? "exclusiveMinimum" : "minimum"), shape, shape.minimum);
    append_bound(schema.key("maximum"), shape, shape.maximum);
  }
  if (is_exact(shape.kind)) schema.key("multipleOf") += reach_of(shape.kind).step;
}

// What JSON Schema has no keyword for; the limits of metadata are those of metadata_field.cpp.
std::string limits_in_words(const ValueShape& shape) {
  switch (shape.kind) {
    case Kind::metadata:
      return "; nested at most 8 levels deep (itself the first), at most 16384 bytes as JSON";
    case Kind::long_text:
      return "; at most " + std::to_string(shape.bytes_max) + " bytes as UTF-8";
    default:
      return "";
  }
}

void append_object(json::ObjectWriter& schema, const std::vector<FieldDescription>& fields);

// Each schema holds the whole of its records, so that it can be embedded anywhere.
void append_records(json::ObjectWriter& schema, const ValueShape& shape) {
  if (shape.kind == Kind::record) append_object(schema, shape.fields);
  if (shape.kind != Kind::records) return;
  if (shape.items_max != 0) json::append_integer(schema.key("maxItems"), std::uint64_t{shape.items_max});
  json::ObjectWriter item{schema.key("items")};
  json::append_text(item.key("type"), "object");
  append_object(item, shape.fields);
}

void append_field(std::string& out, const FieldDescription& field) {
  json::ObjectWriter schema{out};
  append_type(schema, field.shape);
  append_records(schema, field.shape);
  if (auto format = json_format(field.shape.kind); !format.empty()) json::append_text(schema.key("format"), format);
  if (field.shape.kind == Kind::choice) append_choices(schema, field.shape);
  append_range(schema, field.shape);
  if (auto pattern = json_pattern(field.shape); !pattern.empty()) {
    json::append_text(schema.key("pattern"), pattern);
  }
  json::append_text(schema.key("description"), std::string{field.about} + limits_in_words(field.shape));
  if (field.personal) json::append_boolean(schema.key("x-personal"), true);
  if (!field.person.empty()) json::append_text(schema.key("x-person"), field.person);
}

void append_required(json::ObjectWriter& schema, const std::vector<FieldDescription>& fields) {
  std::string& out = schema.key("required");
  out += '[';
  bool first = true;
  for (const FieldDescription& field : fields) {
    if (!field.required) continue;
    if (!first) out += ',';
    first = false;
    json::append_text(out, field.name);
  }
  out += ']';
}

void append_object(json::ObjectWriter& schema, const std::vector<FieldDescription>& fields) {
  {
    json::ObjectWriter properties{schema.key("properties")};
    for (const FieldDescription& field : fields) append_field(properties.key(field.name), field);
  }
  append_required(schema, fields);
  json::append_boolean(schema.key("additionalProperties"), false);
}

}  // namespace

std::string_view shape_name(Kind kind) {
  switch (kind) {
    case Kind::uuid:
      return "uuid";
    case Kind::text:
      return "text";
    case Kind::long_text:
      return "long text";
    case Kind::boolean:
      return "boolean";
    case Kind::integer:
      return "integer";
    case Kind::date:
      return "date";
    case Kind::instant:
      return "date-time";
    case Kind::decimal:
      return "decimal";
    case Kind::quantity:
      return "quantity";
    case Kind::choice:
      return "choice";
    case Kind::metadata:
      return "object";
    case Kind::record:
      return "record";
    case Kind::records:
      return "list";
  }
  return "";
}

void refuse_null(std::vector<FieldDescription>& fields) {
  for (FieldDescription& field : fields) {
    field.shape.nullable = false;
    refuse_null(field.shape.fields);
  }
}

std::string schema_text(std::string_view title, std::string_view about, const std::vector<FieldDescription>& fields) {
  std::string out;
  {
    json::ObjectWriter schema{out};
    json::append_text(schema.key("title"), title);
    json::append_text(schema.key("description"), about);
    json::append_text(schema.key("type"), "object");
    append_object(schema, fields);
  }
  return out;
}

}  // namespace tenantry::events
