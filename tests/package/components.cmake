# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# Each package holds its program: a program in a component that no package names would be left behind.
cmake_minimum_required(VERSION 3.25)
include("${BUILD_DIR}/CPackConfig.cmake")
string(REPLACE "," ";" PROGRAMS "${PROGRAMS}")
foreach(pair IN LISTS PROGRAMS)
  string(REPLACE "=" ";" pair "${pair}")
  list(GET pair 0 component)
  list(GET pair 1 program)
  if(NOT component IN_LIST CPACK_COMPONENTS_ALL)
    message(FATAL_ERROR "no package is made of the component '${component}'")
  endif()
  set(prefix "${WORK_DIR}/${component}")
  file(REMOVE_RECURSE "${prefix}")
  execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD_DIR}" --config "${CONFIG}" --prefix "${prefix}"
    --component ${component} RESULT_VARIABLE status OUTPUT_QUIET)
  if(NOT status EQUAL 0 OR NOT EXISTS "${prefix}/bin/${program}")
    message(FATAL_ERROR "the package '${component}' has no ${program}")
  endif()
endforeach()
