#!/usr/bin/env bash
# Packs HEAD from a second clone, in another folder and by other compiler processes, and compares each file of each package
# byte by byte with the first: assemblies, symbols, documentation, manifests, specs, bills of materials.
#   package/reproducible.sh FOLDER    the first packages are those that `dotnet pack -c Release -o FOLDER` wrote here from HEAD
#   package/reproducible.sh           both are packed from clones
# SKIP names projects to leave out, e.g. SKIP=client.
set -eu -o pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pack CLONE OUTPUT: clones HEAD and packs it.
pack() {
  git clone -q --no-hardlinks "$root" "$1"
  # Symbols name the remote: it is the same for both.
  if remote=$(git remote get-url origin 2>/dev/null); then git -C "$1" remote set-url origin "$remote"; else git -C "$1" remote remove origin; fi
  if [ -d package/sbom ]; then cp -r package/sbom "$1/package/"; fi
  local project
  for project in $(git -C "$1" grep -lE 'IsPackable>true|Pack\.targets' -- '*.csproj'); do
    case " ${SKIP:-} " in *" ${project%%/*} "*) continue;; esac
    dotnet pack "$1/$project" -c Release -o "$2" -v q -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false -p:UseSharedCompilation=false \
      >"$work/pack.log" 2>&1 || { tail -5 "$work/pack.log"; exit 1; }
  done
}

first=${1:-}
if [ -z "$first" ]; then
  first=$work/packages
  pack "$work/clone" "$first"
fi
pack "$work/another/folder/clone" "$work/again"

differences=0
for package in "$work"/again/*nupkg; do
  name=$(basename "$package")
  mkdir -p "$work/1/$name" "$work/2/$name"
  if [ -f "$first/$name" ]; then unzip -q "$first/$name" -d "$work/1/$name"; fi
  unzip -q "$package" -d "$work/2/$name"
  # NuGet gives each package a random name for its properties, which the relations repeat.
  rm -rf "$work"/[12]/"$name"/_rels "$work"/[12]/"$name"/package/services
  if diff -rq "$work/1/$name" "$work/2/$name"; then echo "same: $name, $(find "$work/2/$name" -type f | wc -l) files"; else differences=1; fi
done
exit $differences
