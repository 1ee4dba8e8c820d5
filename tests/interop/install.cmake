# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# Installs npm's oidc-provider into FOLDER on first use and puts the scripts of SOURCE beside it.
# Version 9 needs Node 20; Debian 12 has Node 18, where version 8 runs.
find_program(npm npm)
find_program(node node)
if(NOT npm OR NOT node)
  message("npm or node is missing: the tests against oidc-provider will be skipped")
  return()
endif()
execute_process(COMMAND "${node}" -p "process.versions.node.split('.')[0]"
  OUTPUT_VARIABLE major OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(major VERSION_LESS 18)
  message("Node ${major} is too old for oidc-provider: the tests against it will be skipped")
  return()
elseif(major VERSION_LESS 20)
  set(version 8.8.1)
else()
  set(version 9.13.3)
endif()

file(MAKE_DIRECTORY "${FOLDER}")
file(COPY "${SOURCE}/op.mjs" "${SOURCE}/provider.mjs" DESTINATION "${FOLDER}")
set(manifest "${FOLDER}/node_modules/oidc-provider/package.json")
if(EXISTS "${manifest}")
  file(READ "${manifest}" json)
  string(JSON installed GET "${json}" version)
  if(installed VERSION_EQUAL version)
    message("oidc-provider ${version} is there")
    return()
  endif()
endif()
file(WRITE "${FOLDER}/package.json" "{\"name\":\"countersign-interop\",\"private\":true,\"type\":\"module\"}\n")
execute_process(COMMAND "${npm}" install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund
    --loglevel=error "oidc-provider@${version}"
  WORKING_DIRECTORY "${FOLDER}" COMMAND_ERROR_IS_FATAL ANY)
message("oidc-provider ${version} installed")
