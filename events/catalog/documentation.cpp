#include "events/catalog/documentation.hpp"

#include <algorithm>

#include "events/catalog/catalog.hpp"
#include "events/catalog/envelope.hpp"
#include "events/record.hpp"

namespace tenantry::events {
namespace {

constexpr std::string_view introduction = R"(# Events

<!-- Generated from events/catalog/ by the program; a test compares. Do not edit. -->

Everything that changes in Tenantry is an event in a log, and the log is the record of truth: tables are made from it
and can be made again. This page is the contract with everyone who reads events, from the audit feeds, from Kafka or
from an export. It is generated from the declarations that the program encodes and decodes with.

What holds for every event:

- A stored event never changes. A type's version (`.v1`, `.v2`) fixes its fields; another shape is another version.
  Older versions stay in the log for ever and are still read; only the newest is written.
- A tenant's events have the sequence numbers 1, 2, 3 ... without gaps, and are in that order in the log. The platform's
  register (source `/platform`) has a sequence of its own.
- A command may make several events. They follow one another directly, share their `commandid`, and say by `commandpart`
  which of how many each is. Such a command is there as a whole or not at all: an event that is followed by anything but
  the next of its command does not count, and its sequence is used again.
- An event is complete: whoever applies it needs nothing but the events before it.
- Keys, attributes and ids hold no personal data. Inside `data`, the fields marked *personal* are about a person, the
  one whose id is in the field named there.

## The envelope

An event is a [CloudEvent 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md). In JSON feeds it is
one object in structured mode, one to a line; in Kafka the attributes are `ce_` headers (binary mode), the key is the
tenant's id and the value is `data`.

| attribute | always | what it is |
|---|---|---|
)";

constexpr std::string_view about_example = R"(
An example (on one line in feeds):

```json
)";

constexpr std::string_view about_fields = R"(```

The bytes that the audit tree hashes are these attributes and `data` in the canonical form of `events/record.hpp`.

## Kinds of values

| kind | in JSON |
|---|---|
)";

struct KindAbout {
  ValueShape::Kind kind;
  std::string_view about;
};

constexpr KindAbout kinds[] = {
    {ValueShape::Kind::uuid, "string, 8-4-4-4-12 in lower case"},
    {ValueShape::Kind::text,
     "string without control characters, normalised (Form C, nothing invisible at the ends); former events as typed"},
    {ValueShape::Kind::long_text,
     "string of any number of lines, each ended by a line feed; no other control characters but tabs; normalised"},
    {ValueShape::Kind::boolean, "`true` or `false`"},
    {ValueShape::Kind::integer, "number without fraction"},
    {ValueShape::Kind::decimal,
     "number with at most two decimal places; exact, so do not read it into a binary fraction"},
    {ValueShape::Kind::quantity,
     "number with at most six decimal places and twelve digits before them; exact, as a decimal is"},
    {ValueShape::Kind::date, "string, `2014-10-01`: a day without time zone"},
    {ValueShape::Kind::instant, "string, RFC 3339 in UTC with milliseconds"},
    {ValueShape::Kind::choice, "string, one of those listed"},
    {ValueShape::Kind::metadata,
     "any JSON object, nested at most 8 levels deep, at most 16384 bytes; members sorted by key"},
    {ValueShape::Kind::record, "object with the fields that are listed with its name before them"},
    {ValueShape::Kind::records,
     "array of objects, each with the fields that are listed with its name and `[]` before them"},
};

constexpr std::string_view about_absence = R"(
A field that is not *always* there is left out when it is empty. No other fields occur.
)";

// A readable rendering of one line of JSON: each member of the outer object on a line of its own.
std::string one_member_a_line(std::string_view json) {
  std::string text;
  int depth = 0;
  bool quoted = false;
  for (char character : json) {
    if (character == '"') quoted = !quoted;  // the example has no escapes
    if (!quoted && character == '}' && --depth == 0) text += '\n';
    text += character;
    if (quoted) continue;
    if (character == '{' && depth++ == 0) text += "\n  ";
    if (character == ',' && depth == 1) text += "\n  ";
  }
  return text;
}

std::string example() {
  auto uuid = [](std::string_view text) { return Uuid::parse(text).value(); };
  auto event = decode_event("tenantry.roster.student-enrolled.v1",
                            R"({"id":"01902d5c-8f4e-7c11-9a2b-3d4e5f607182",)"
                            R"("classId":"01902d5b-1a2b-7d3e-8f40-5162738495a6",)"
                            R"("studentId":"01902d5b-77c0-7e12-b345-6789abcdef01","enrolledOn":"2014-10-01"})")
                   .value();
  EncodedEvent encoded = encode_event(event);
  Record record;
  record.attributes.id = uuid("01902d5c-8f4f-7a66-8123-456789abcdef");
  record.attributes.tenant.value = uuid("01902d5a-0000-7abc-8def-0123456789ab");
  record.attributes.source = "/tenants/" + record.attributes.tenant.text();
  record.attributes.type = encoded.type;
  record.attributes.subject = event_subject(event).text();
  record.attributes.time = Instant::parse("2024-06-18T19:41:04.207Z").value();
  record.attributes.sequence = 1042;
  record.attributes.command_id = "01902d5c-8f4e-7b00-a1b2-c3d4e5f60718";
  record.attributes.auth_type = "user";
  record.attributes.auth_id = "registrar-7";
  record.data = encoded.data;
  std::string json;
  append_cloud_event_json(view_of(record), json);
  return one_member_a_line(json);
}

void append_envelope(std::string& text) {
  for (const AttributeDescription& each : envelope()) {
    text += "| `" + std::string{each.name} + "` | " + (each.required ? "yes" : "no") + " | " + std::string{each.about} +
            " |\n";
  }
}

bool occurs(ValueShape::Kind kind, const std::vector<FieldDescription>& fields) {
  return std::ranges::any_of(fields, [kind](const FieldDescription& field) {
    return field.shape.kind == kind || occurs(kind, field.shape.fields);
  });
}

bool occurs(ValueShape::Kind kind) {
  return std::ranges::any_of(event_types(), [kind](const TypeDescription& type) { return occurs(kind, type.fields); });
}

void append_kinds(std::string& text) {
  for (const KindAbout& each : kinds) {
    if (occurs(each.kind)) {
      text += "| " + std::string{shape_name(each.kind)} + " | " + std::string{each.about} + " |\n";
    }
  }
}

std::string kind_of(const ValueShape& shape) {
  std::string kind{shape_name(shape.kind)};
  if (!shape.names.empty()) kind += " of `" + std::string{shape.names} + '`';
  for (std::size_t index = 0; index < shape.choices.size(); ++index) {
    kind += (index == 0 ? ": `" : ", `") + std::string{shape.choices[index]} + '`';
  }
  return kind;
}

std::string person_of(const FieldDescription& field) {
  if (!field.personal) return "";
  return field.person.empty() ? " (*personal*)" : " (*personal*, of `" + std::string{field.person} + "`)";
}

// Those of records too, under the name of the field that holds them.
void append_rows(const std::vector<FieldDescription>& fields, const std::string& holder, std::string& text) {
  for (const FieldDescription& field : fields) {
    std::string name = holder + std::string{field.name};
    text += "| `" + name + "` | " + kind_of(field.shape) + " | " + (field.required ? "yes" : "no") + " | " +
            std::string{field.about} + person_of(field) + " |\n";
    append_rows(field.shape.fields, name + (field.shape.kind == ValueShape::Kind::records ? "[]." : "."), text);
  }
}

void append_type(const TypeDescription& type, std::string& text) {
  text += "\n### `" + type.name + "`\n\n" + std::string{type.about};
  if (!type.newest) text += " Written no more; read as the newer version.";
  text += '\n';
  if (!type.upcast.empty()) text += '\n' + std::string{type.upcast} + '\n';
  text += fields_markdown(type.fields);
}

std::string_view context_heading(std::string_view context) {
  if (context == "directory") return "## directory: the platform's register of tenants\n";
  if (context == "tenancy") return "## tenancy: the life of a tenant\n";
  return "## roster: who is taught what, when and by whom\n";
}

}  // namespace

std::string fields_markdown(const std::vector<FieldDescription>& fields) {
  std::string text = "\n| field | kind | always | what it is |\n|---|---|---|---|\n";
  append_rows(fields, "", text);
  return text;
}

std::string events_markdown() {
  std::string text{introduction};
  append_envelope(text);
  text += about_example;
  text += example() + '\n';
  text += about_fields;
  append_kinds(text);
  text += about_absence;
  std::string_view context;
  for (const TypeDescription& type : event_types()) {
    if (type.context != context) text += '\n' + std::string{context_heading(type.context)};
    context = type.context;
    append_type(type, text);
  }
  return text;
}

}  // namespace tenantry::events
