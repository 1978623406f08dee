# tenantry_layer(<name> [FOLDER <folder>] [LINKS <layers below>...] [PRIVATE_LINKS <libraries only this layer sees>...]
#                [EXCLUDE <pattern>...])
# makes the library tenantry_<name> of every source in the folder (by default the one of that name).
function(tenantry_layer name)
  cmake_parse_arguments(LAYER "" "FOLDER" "LINKS;PRIVATE_LINKS;EXCLUDE" ${ARGN})
  if(NOT LAYER_FOLDER)
    set(LAYER_FOLDER ${name})
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${LAYER_FOLDER}/*.cpp)
  foreach(pattern ${LAYER_EXCLUDE})
    list(FILTER sources EXCLUDE REGEX ${CMAKE_SOURCE_DIR}/${LAYER_FOLDER}/${pattern})
  endforeach()
  add_library(tenantry_${name} STATIC ${sources})
  target_link_libraries(tenantry_${name} PUBLIC ${LAYER_LINKS} Threads::Threads
                                         PRIVATE tenantry_compiler ${LAYER_PRIVATE_LINKS})
endfunction()

# tenantry_test(<folder> LINKS <libraries>...) makes test_<folder> of tests/<folder>/**.cpp and registers it with CTest.
function(tenantry_test folder)
  cmake_parse_arguments(TEST "" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${folder} ${sources})
  target_link_libraries(test_${folder} PRIVATE tenantry_test_main tenantry_compiler ${TEST_LINKS})
  target_precompile_headers(test_${folder} REUSE_FROM tenantry_test_main)
  target_compile_definitions(test_${folder} PRIVATE TENANTRY_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                    TENANTRY_PROGRAM="$<TARGET_FILE:tenantry>")
  set_target_properties(test_${folder} PROPERTIES TENANTRY_IS_TEST ON)
  add_test(NAME ${folder} COMMAND test_${folder} --durations no)
endfunction()
