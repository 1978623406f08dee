// What the catalog says about a type, as data: for JSON Schemas, OpenAPI, AsyncAPI and docs/EVENTS.md.
//
// Plain values made from the declarations (describe.hpp); texts are literals or owned. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry::events {

struct FieldDescription;

// How a value looks in JSON.
struct ValueShape {
  enum class Kind {
    uuid,
    text,
    long_text,
    boolean,
    integer,
    date,
    instant,
    decimal,
    quantity,
    choice,
    metadata,
    record,
    records
  };
  Kind kind = Kind::text;
  std::string_view names = {};  // of what an id names: the collection ("students"); else empty
  std::int64_t minimum = 0;     // of integers, decimals and quantities (whole)
  std::int64_t maximum = 0;
  bool above_minimum = false;        // the minimum itself is refused
  std::uint32_t characters_min = 0;  // of texts
  std::uint32_t characters_max = 0;
  std::uint32_t bytes_max = 0;    // of long text, as UTF-8
  std::string_view pattern = {};  // of text, where it is held to more than having no control characters
  std::vector<std::string_view> choices = {};
  std::uint32_t items_max = 0;           // of a list of records; 0: any number
  std::vector<FieldDescription> fields;  // of a record, and of each of a list
  bool nullable = false;                 // null is allowed (and means empty; in a correction, that it becomes empty)
};

struct FieldDescription {
  std::string_view name;
  std::string_view about;
  ValueShape shape;
  bool required = false;
  bool personal = false;         // about a person: sealed or redacted where the law asks for it
  std::string_view person = {};  // of what is personal: the field of this type that holds the person's id, if one does
  bool generated = false;        // an id that the server makes when a command lacks it
  bool from_path = false;        // given by the URL's path in the REST API
};

struct TypeDescription {
  std::string_view context;  // "roster"
  std::string name;          // "EnrolStudent", "tenantry.roster.student-enrolled.v1", "Student"
  std::string_view about;
  int version = 1;
  bool newest = true;                // false: an older version of an event, still read, no longer written
  std::string_view upcast = {};      // of an event with older versions: what the step from the version before does
  std::string_view collection = {};  // of an entity: its name in the API ("students"); else empty
  std::vector<FieldDescription> fields = {};
  std::string schema;  // a JSON Schema object without "$schema", to be embedded
};

// The words "uuid", "text", "date", ... and, for schemas, the JSON Schema object of a set of fields.
std::string_view shape_name(ValueShape::Kind kind);
// As values are stored: what is empty is left out, and is never null.
void refuse_null(std::vector<FieldDescription>& fields);
std::string schema_text(std::string_view title, std::string_view about, const std::vector<FieldDescription>& fields);

}  // namespace tenantry::events
