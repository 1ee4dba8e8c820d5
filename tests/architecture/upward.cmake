# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# A layer that names one which is not declared above it.
include("$ENV{COUNTERSIGN_MODULES}/CountersignLayer.cmake")
countersign_layer(lower SOURCES lower.cpp PUBLIC_HEADERS lower.h USES upper)
