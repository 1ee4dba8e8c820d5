# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
#
# countersign_layer(name SOURCES … PUBLIC_HEADERS … [PRIVATE_HEADERS …] [USES layer …] [LINK target …])
#   declares one layer of the core as an OBJECT library. A layer may only use layers that are declared above it:
#   naming another one stops the configuration, so a cycle or an upward dependency cannot be written.
#   LINK names the external targets that the layer's sources may see; nothing else is on its include path.
# countersign_test(name SOURCES … LAYER layer [LINK target …] [SUPPORT])
#   a Qt Test executable that links its own layer and what is below it, nothing else.

function(countersign_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC_HEADERS;PRIVATE_HEADERS;USES;LINK" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "countersign_layer(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  get_property(known GLOBAL PROPERTY COUNTERSIGN_LAYERS)
  foreach(used IN LISTS arg_USES)
    if(NOT used IN_LIST known)
      message(FATAL_ERROR "Layer '${name}' uses '${used}', which is not declared above it: layers point downwards only.")
    endif()
  endforeach()

  # What is below, each once, so that tests and the library can link exactly it.
  set(closure ${arg_USES})
  foreach(used IN LISTS arg_USES)
    get_property(below GLOBAL PROPERTY COUNTERSIGN_LAYER_CLOSURE_${used})
    list(APPEND closure ${below})
  endforeach()
  list(REMOVE_DUPLICATES closure)

  set(target countersign_${name})
  set(headers ${arg_PUBLIC_HEADERS} ${arg_PRIVATE_HEADERS})
  add_library(${target} OBJECT ${arg_SOURCES} ${headers})
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/core" "${PROJECT_BINARY_DIR}/core")
  if(BUILD_SHARED_LIBS)
    target_compile_definitions(${target} PRIVATE CountersignCore_EXPORTS)
  else()
    target_compile_definitions(${target} PUBLIC COUNTERSIGN_STATIC_DEFINE)
  endif()
  target_link_libraries(${target} PUBLIC Qt6::Core PRIVATE countersign_rules ${arg_LINK})
  foreach(used IN LISTS arg_USES)
    target_link_libraries(${target} PUBLIC countersign_${used})
  endforeach()
  countersign_precompile(${target} "${PROJECT_SOURCE_DIR}/cmake/pch_core.h")

  list(TRANSFORM arg_PUBLIC_HEADERS PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE public_headers)
  set_property(GLOBAL APPEND PROPERTY COUNTERSIGN_LAYERS ${name})
  set_property(GLOBAL PROPERTY COUNTERSIGN_LAYER_USES_${name} ${arg_USES})
  set_property(GLOBAL PROPERTY COUNTERSIGN_LAYER_LINK_${name} ${arg_LINK})
  set_property(GLOBAL PROPERTY COUNTERSIGN_LAYER_CLOSURE_${name} ${closure})
  set_property(GLOBAL APPEND PROPERTY COUNTERSIGN_PUBLIC_HEADERS ${public_headers})
endfunction()

# Links a layer and everything below it (their objects, each once) into a target.
function(countersign_link_layer target layer)
  get_property(closure GLOBAL PROPERTY COUNTERSIGN_LAYER_CLOSURE_${layer})
  foreach(name IN ITEMS ${layer} LISTS closure)
    get_property(externals GLOBAL PROPERTY COUNTERSIGN_LAYER_LINK_${name})
    target_link_libraries(${target} PRIVATE countersign_${name} ${externals})
  endforeach()
endfunction()

function(countersign_test name)
  cmake_parse_arguments(arg "GUI" "LAYER;TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE countersign_rules Qt6::Test ${arg_LINK})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests" "${PROJECT_SOURCE_DIR}/core" "${PROJECT_BINARY_DIR}/core")
  target_compile_definitions(${name} PRIVATE "COUNTERSIGN_TEST_DATA=\"${PROJECT_SOURCE_DIR}/tests/data\"")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")
  if(arg_LAYER)
    countersign_link_layer(${name} ${arg_LAYER})
  endif()
  if(arg_DEPENDS)
    add_dependencies(${name} ${arg_DEPENDS})
  endif()
  countersign_precompile(${name} "${PROJECT_SOURCE_DIR}/cmake/pch_test.h")
  add_test(NAME ${name} COMMAND ${name})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=qt.*=false;COUNTERSIGN_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};${arg_ENVIRONMENT}")
endfunction()
