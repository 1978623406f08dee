# One interface target that every target of the tree links: language level, warnings, sanitizers.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or RelWithDebInfo" FORCE)
endif()

set(TENANTRY_SANITIZE "" CACHE STRING "sanitizers to build with, as in -fsanitize=: address,undefined or thread")

add_library(tenantry_compiler INTERFACE)
# Designated initialisers leave the other members at their defaults on purpose.
target_compile_options(tenantry_compiler INTERFACE -Wall -Wextra -Werror -Wno-missing-field-initializers)
# GCC 12 sees overlapping and endless copies in its own std::string when it inlines deeply.
target_compile_options(tenantry_compiler INTERFACE
  $<$<CONFIG:Release>:-Wno-restrict> $<$<CONFIG:Release>:-Wno-stringop-overflow>)
target_include_directories(tenantry_compiler INTERFACE ${CMAKE_SOURCE_DIR})
if(TENANTRY_SANITIZE)
  # What the tests themselves do is not checked for undefined behaviour: that would take as long again to compile.
  string(REPLACE "," "$<COMMA>" sanitize "${TENANTRY_SANITIZE}")
  string(REPLACE ",undefined" "" sanitize_tests "${TENANTRY_SANITIZE}")
  set(is_test $<BOOL:$<TARGET_PROPERTY:TENANTRY_IS_TEST>>)
  target_compile_options(tenantry_compiler INTERFACE -fsanitize=$<IF:${is_test},${sanitize_tests},${sanitize}>
                                                    -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # GCC 12 reports maybe-uninitialised values inside std::regex when it instruments it.
  target_compile_options(tenantry_compiler INTERFACE -Wno-maybe-uninitialized)
  target_link_options(tenantry_compiler INTERFACE -fsanitize=${TENANTRY_SANITIZE})
  if(TENANTRY_SANITIZE MATCHES thread)
    # GCC's thread sanitizer does not see fences; the code uses none, the standard library's headers do.
    target_compile_options(tenantry_compiler INTERFACE -Wno-tsan)
  endif()
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Without these ccache keeps nothing that a precompiled header goes into, and that is every test; the headers in it have
  # no macros of the time, and what is defined on the command line is part of what ccache compares.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()
