# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# Installs npm's PACKAGE into FOLDER on first use and puts SCRIPTS of SOURCE beside it: VERSION where Node is 20 or newer,
# OLD_VERSION for Node 18, which Debian 12 has.
find_program(npm npm)
find_program(node node)
if(NOT npm OR NOT node)
  message("npm or node is missing: the tests against ${PACKAGE} will be skipped")
  return()
endif()
execute_process(COMMAND "${node}" -p "process.versions.node.split('.')[0]"
  OUTPUT_VARIABLE major OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(major VERSION_LESS 18)
  message("Node ${major} is too old for ${PACKAGE}: the tests against it will be skipped")
  return()
elseif(major VERSION_LESS 20)
  set(VERSION ${OLD_VERSION})
endif()

file(MAKE_DIRECTORY "${FOLDER}")
string(REPLACE "," ";" SCRIPTS "${SCRIPTS}")
foreach(script IN LISTS SCRIPTS)
  file(COPY "${SOURCE}/${script}" DESTINATION "${FOLDER}")
endforeach()
set(manifest "${FOLDER}/node_modules/${PACKAGE}/package.json")
if(EXISTS "${manifest}")
  file(READ "${manifest}" json)
  string(JSON installed GET "${json}" version)
  if(installed VERSION_EQUAL VERSION)
    message("${PACKAGE} ${VERSION} is there")
    return()
  endif()
endif()
file(WRITE "${FOLDER}/package.json" "{\"name\":\"countersign-interop\",\"private\":true,\"type\":\"module\"}\n")
execute_process(COMMAND "${npm}" install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund
    --loglevel=error "${PACKAGE}@${VERSION}"
  WORKING_DIRECTORY "${FOLDER}" COMMAND_ERROR_IS_FATAL ANY)
message("${PACKAGE} ${VERSION} installed")
