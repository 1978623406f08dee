// What a value of an option must look like: each check gives the end of a sentence about a value that does not, or
// nothing. The option's name is put before it, and nothing is opened before all are made. Numbers and flags are also
// put into one spelling. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tenantry::api::cli {

std::string in_quotes(const std::string& value);  // printable
// Letters and digits of ASCII, and what is in `more`, alone.
bool is_made_of(std::string_view text, std::string_view more);

// Decimal digits alone, without 0x1F and without 010 being eight: it is ten, whatever zeros are before it.
std::string whole_number(std::string& value, std::uint64_t least, std::uint64_t most);
// Of a flag that is given with a value: true or false, yes or no, on or off, 1 or 0, in letters of either case.
std::string truth(std::string& value);

std::string wrong_in_text(const std::string& value);       // empty
std::string wrong_in_host(const std::string& value);       // no host name or address, or with a port
std::string wrong_in_network(const std::string& value);    // not 10.0.0.0/8
std::string wrong_in_url(const std::string& value);        // not http://host:port
std::string wrong_in_node_name(const std::string& value);  // cannot be read by people and programs as one word
std::string wrong_in_tenant(const std::string& value);     // neither a slug nor an id

}  // namespace tenantry::api::cli
