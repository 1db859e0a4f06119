#!/usr/bin/env bash
# Builds the runtime and the Redis package twice, in two folders, and compares the assemblies byte by byte.
set -eu -o pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in one another-folder; do
  mkdir -p "$work/$copy"
  git archive HEAD | tar -x -C "$work/$copy"
  dotnet build "$work/$copy/redis" -c Release -v q -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false >"$work/$copy.log" 2>&1 || { tail -5 "$work/$copy.log"; exit 1; }
done
differences=0
while read -r dll; do
  if cmp -s "$work/one/$dll" "$work/another-folder/$dll"; then echo "same: $dll"; else echo "DIFFERS: $dll"; differences=1; fi
done < <(cd "$work/one" && find runtime/bin redis/bin -name 'Bitrix24.Gen.*.dll' | sort)
exit $differences
