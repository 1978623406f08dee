#include "api/demo/embedded_files.hpp"

#include <zstd.h>

#include <stdexcept>
#include <string_view>

// The assembler copies each file into the read-only data; TENANTRY_DEMO_DATA is their folder, from CMakeLists.txt.
#define TENANTRY_EMBED(symbol, file)           \
  asm(".pushsection .rodata\n"                 \
      ".global " #symbol "_begin\n" #symbol    \
      "_begin:\n"                              \
      ".incbin \"" TENANTRY_DEMO_DATA "/" file \
      "\"\n"                                   \
      ".global " #symbol "_end\n" #symbol      \
      "_end:\n"                                \
      ".popsection\n");                        \
  extern "C" const char symbol##_begin[];      \
  extern "C" const char symbol##_end[];

TENANTRY_EMBED(tenantry_demo_courses, "courses.csv.zst")
TENANTRY_EMBED(tenantry_demo_assessments, "assessments.csv.zst")
TENANTRY_EMBED(tenantry_demo_student_info, "studentInfo.csv.zst")
TENANTRY_EMBED(tenantry_demo_student_registration, "studentRegistration.csv.zst")
TENANTRY_EMBED(tenantry_demo_student_assessment, "studentAssessment.csv.zst")

namespace tenantry::api::demo {
namespace {

constexpr unsigned long long text_bytes_max = 64u << 20;

std::string decompress(const char* begin, const char* end) {
  auto size = static_cast<std::size_t>(end - begin);
  unsigned long long text_size = ZSTD_getFrameContentSize(begin, size);
  if (text_size == ZSTD_CONTENTSIZE_ERROR || text_size == ZSTD_CONTENTSIZE_UNKNOWN || text_size > text_bytes_max) {
    throw std::runtime_error("a demo file in this program does not say its size");
  }
  std::string text(text_size, '\0');
  std::size_t written = ZSTD_decompress(text.data(), text.size(), begin, size);
  if (ZSTD_isError(written) || written != text.size()) {
    throw std::runtime_error("a demo file in this program is damaged");
  }
  return text;
}

}  // namespace

std::string courses_csv() {
  return decompress(tenantry_demo_courses_begin, tenantry_demo_courses_end);
}
std::string assessments_csv() {
  return decompress(tenantry_demo_assessments_begin, tenantry_demo_assessments_end);
}
std::string student_info_csv() {
  return decompress(tenantry_demo_student_info_begin, tenantry_demo_student_info_end);
}
std::string student_registration_csv() {
  return decompress(tenantry_demo_student_registration_begin, tenantry_demo_student_registration_end);
}
std::string student_assessment_csv() {
  return decompress(tenantry_demo_student_assessment_begin, tenantry_demo_student_assessment_end);
}

}  // namespace tenantry::api::demo
