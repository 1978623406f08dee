# tenantry_layer(<folder> [LINKS <layers below>...] [PRIVATE_LINKS <libraries only this layer sees>...] [EXCLUDE <files>...])
# makes the library tenantry_<folder> of every source in the folder.
function(tenantry_layer folder)
  cmake_parse_arguments(LAYER "" "" "LINKS;PRIVATE_LINKS;EXCLUDE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  foreach(file ${LAYER_EXCLUDE})
    list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${folder}/${file})
  endforeach()
  add_library(tenantry_${folder} STATIC ${sources})
  target_link_libraries(tenantry_${folder} PUBLIC ${LAYER_LINKS} Threads::Threads
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
  target_compile_definitions(test_${folder} PRIVATE TENANTRY_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                    TENANTRY_PROGRAM="$<TARGET_FILE:tenantry>")
  add_test(NAME ${folder} COMMAND test_${folder} --durations no)
endfunction()
