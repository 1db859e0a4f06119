#!/usr/bin/env bash
# Writes what each package is made of, as CycloneDX, to package/sbom; packing takes it from there.
# Needs a restored solution. Run before `dotnet pack`.
set -eu -o pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
rm -rf package/sbom
mkdir -p package/sbom
# Only projects that say so are packed; evaluating all of them takes a second each.
for project in $(git grep -lE 'IsPackable>true|Pack\.targets' -- '*.csproj'); do
  values=$(dotnet msbuild "$project" -getProperty:IsPackable,PackageId,Version)
  value() { sed -n "s/.*\"$1\": \"\(.*\)\".*/\1/p" <<<"$values"; }
  [ "$(value IsPackable)" = true ] || continue
  id=$(value PackageId)
  dotnet dotnet-CycloneDX "$project" --disable-package-restore --exclude-dev --no-serial-number --spec-version 1.6 \
    --set-name "$id" --set-version "$(value Version)" --set-type Library -F Json -o package/sbom -fn "$id.cdx.json" >/dev/null
  # Two builds of one commit give the same package.
  sed -i '/^ *"timestamp": /d' "package/sbom/$id.cdx.json"
  echo "package/sbom/$id.cdx.json"
done
