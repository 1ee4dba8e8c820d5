# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# countersign_rules: what every one of our targets is compiled with.

add_library(countersign_rules INTERFACE)
target_compile_features(countersign_rules INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

target_compile_definitions(countersign_rules INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS
  QT_STRICT_ITERATORS QT_USE_QSTRINGBUILDER)

if(MSVC)
  target_compile_options(countersign_rules INTERFACE /W4 /permissive- /utf-8 /Zc:__cplusplus)
  if(COUNTERSIGN_WERROR)
    target_compile_options(countersign_rules INTERFACE /WX)
  endif()
else()
  target_compile_options(countersign_rules INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    # Designated initializers leave members out on purpose.
    -Wno-missing-field-initializers)
  if(COUNTERSIGN_WERROR)
    target_compile_options(countersign_rules INTERFACE -Werror)
  endif()
  if(COUNTERSIGN_SANITIZE)
    target_compile_options(countersign_rules INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE} -fno-omit-frame-pointer
      -fno-sanitize-recover=all)
    target_link_options(countersign_rules INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
  endif()
  if(COUNTERSIGN_LEAN_DEBUG_INFO)
    # All tests with full debug information take 13 GB of disk; with this, a third.
    target_compile_options(countersign_rules INTERFACE -g1)
  endif()
  if(COUNTERSIGN_COVERAGE)
    target_compile_options(countersign_rules INTERFACE --coverage -O0)
    target_link_options(countersign_rules INTERFACE --coverage)
  endif()
  if(NOT APPLE)
    target_compile_definitions(countersign_rules INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
    target_link_options(countersign_rules INTERFACE LINKER:-z,relro,-z,now)
  endif()
  target_compile_options(countersign_rules INTERFACE -fstack-protector-strong)
endif()

find_program(COUNTERSIGN_CCACHE ccache)
if(COUNTERSIGN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need these two relaxations; base_dir lets checkouts in different folders share results.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
    "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${COUNTERSIGN_CCACHE}")
endif()

# Linking is most of what an incremental build waits for: use the quick linker where there is one.
find_program(COUNTERSIGN_MOLD mold)
if(COUNTERSIGN_MOLD AND CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  add_link_options(-fuse-ld=mold)
endif()

# countersign_compile_small(target)
#   In what is shipped, makes the program small instead of quick: half of it is in memory then, and waiting for people,
#   networks and disks takes no shorter otherwise.
function(countersign_compile_small target)
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Os>)
  endif()
endfunction()

# countersign_precompile(target core|core_small|test|ui [module …])
#   What shows windows, and "core_small", is compiled to be small.
#   Gives a target one of the project's precompiled headers. Targets that see the same Qt modules share one: building
#   it takes as long as a dozen sources. Only the modules that Qt Test's header looks at make a difference.
function(countersign_precompile target kind)
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Release") # there is no difference, so one header does
    string(REPLACE "_small" "" kind "${kind}")
  endif()
  list(JOIN ARGN "_" modules)
  string(TOLOWER "countersign_pch_${kind}_${modules}" provider)
  string(REGEX REPLACE "_$" "" provider "${provider}")
  if(NOT TARGET ${provider})
    file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/pch/${provider}.cpp" CONTENT "namespace { }\n")
    add_library(${provider} OBJECT "${PROJECT_BINARY_DIR}/pch/${provider}.cpp")
    set_target_properties(${provider} PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
    list(TRANSFORM ARGN PREPEND "Qt6::" OUTPUT_VARIABLE seen)
    target_link_libraries(${provider} PRIVATE countersign_rules Qt6::Core ${seen})
    if(kind STREQUAL "test")
      target_link_libraries(${provider} PRIVATE Qt6::Test)
    endif()
    countersign_precompile_options(${provider} ${kind})
    # In angle brackets, found by the include path: an absolute path in it would keep ccache from recognising it in
    # another checkout.
    string(REPLACE "_small" "" header "pch_${kind}.h")
    target_precompile_headers(${provider} PRIVATE <${header}>)
  endif()
  countersign_precompile_options(${target} ${kind})
  target_precompile_headers(${target} REUSE_FROM ${provider})
endfunction()

function(countersign_precompile_options target kind)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/cmake")
  if(kind MATCHES "^(ui|core_small)$")
    countersign_compile_small(${target})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess -Winvalid-pch)
  endif()
endfunction()
