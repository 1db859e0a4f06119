#!/usr/bin/env bash
# Brings PublicAPI.Unshipped.txt of the packed libraries up to date with their code: run it, after a build of the solution,
# when what is public changed. Arguments name the projects; without any, all of them.
set -eu -o pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
log=$(mktemp)
[ $# -gt 0 ] || set -- runtime server redis emulator/library
for project in "$@"; do
  file=$project/PublicAPI.Unshipped.txt
  printf '#nullable enable\n' >"$file"
  # The compiler names each symbol that the file lacks, but one a place: a primary constructor only after its type.
  for _ in 1 2 3; do
    dotnet build "$project" -c Debug -f net10.0 --no-incremental -v q -p:TreatWarningsAsErrors=false \
      -p:BuildProjectReferences=false "-p:ErrorLog=$log%2Cversion=2.1" >/dev/null
    missing=$(grep -oE '"APIName": "([^"\\]|\\.)*"' "$log" \
      | sed -E 's/^"APIName": "(.*)"$/\1/; s/\\u0026/\&/g; s/\\u003[cC]/</g; s/\\u003[eE]/>/g; s/\\(["\\])/\1/g' || true)
    [ -n "$missing" ] || break
    { tail -n +2 "$file"; echo "$missing"; } | LC_ALL=C sort -u >"$log"
    { echo '#nullable enable'; cat "$log"; } >"$file"
  done
  echo "$file: $(($(wc -l <"$file") - 1)) symbols"
done
rm -f "$log"
