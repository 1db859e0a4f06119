#!/usr/bin/env bash
# Writes what each package is made of, as CycloneDX, to package/sbom; packing takes it from there.
# Needs a restored solution. Run before `dotnet pack`.
set -eu -o pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props | head -1)
mkdir -p package/sbom
git ls-files '*.csproj' | while read -r project; do
  id=$(sed -n 's:.*<PackageId>\(.*\)</PackageId>.*:\1:p' "$project" | head -1)
  [ -n "$id" ] || continue
  dotnet dotnet-CycloneDX "$project" --disable-package-restore --exclude-dev --no-serial-number --spec-version 1.6 \
    --set-name "$id" --set-version "$version" --set-type Library -F Json -o package/sbom -fn "$id.cdx.json" >/dev/null
  echo "package/sbom/$id.cdx.json"
done
