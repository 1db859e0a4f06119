#!/usr/bin/env bash
# specs-current.sh [DOCS]: imports the documentation (default: ../shared/bitrix24-docs) into a copy of specs/ and compares.
# Fails where an import would change a committed spec, or docs/documentation-issues.md. Without the documentation it says so and passes.
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 2
docs=${1:-../shared/bitrix24-docs}
if [ ! -d "$docs" ]; then
  echo "skipped: there is no documentation at $docs"
  exit 0
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cp -r specs "$work/specs" && rm -rf "$work/specs/bin" "$work/specs/obj"
dotnet run --project importer -c Release ${IMPORT_OPTIONS:-} -- import "$docs" --out "$work/specs" --issues "$work/issues.md" >"$work/log" 2>&1 || { tail -20 "$work/log"; exit 2; }
changed=0
for api in bitrix24 bitrix24-v3 vibecode amocrm; do
  if ! diff -rq "specs/$api" "$work/specs/$api" >"$work/changes"; then
    sed "s#$work/##g" "$work/changes"
    changed=1
  fi
done
diff -q docs/documentation-issues.md "$work/issues.md" >/dev/null || { echo "docs/documentation-issues.md differs"; changed=1; }
[ $changed = 0 ] && echo "specs are what the documentation at $docs gives"
exit $changed
