#!/bin/sh
# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
# usage: signin.sh SANDBOX CONSUMER FOLDER: the outside program signs in for real; curl follows the pages for the person.
set -eu
"$1" --port 0 --approve ada > "$3/ready.json" &
sandbox=$!
trap 'kill "$sandbox" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  issuer=$(sed -n 's/.*"issuer": *"\([^"]*\)".*/\1/p' "$3/ready.json")
  [ -z "$issuer" ] || break
  sleep 0.1
done
BROWSER="curl -sL -o /dev/null" "$2" "$issuer" sandbox-native | tee "$3/said"
grep -q '^Hello, Ada' "$3/said"
