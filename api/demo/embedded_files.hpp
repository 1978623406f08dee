// The demo's files, carried inside the program so that the demo runs wherever the program is started from.
//
// Compressed with zstd in api/demo/data/ (its README.md names source, licence and citation); these give back the CSV
// text. Pure functions; any thread. A file that does not decompress is a broken build and throws std::runtime_error.
#pragma once

#include <string>

namespace tenantry::api::demo {

std::string courses_csv();
std::string assessments_csv();
std::string student_info_csv();
std::string student_registration_csv();
std::string student_assessment_csv();

}  // namespace tenantry::api::demo
