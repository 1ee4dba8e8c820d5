# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# A layer that names one which is not declared above it.
cmake_minimum_required(VERSION 3.25)
include("$ENV{COUNTERSIGN_MODULES}/CountersignLayer.cmake")
countersign_layer(lower SOURCES lower.cpp PUBLIC_HEADERS lower.h USES upper)
