# For the scripts of this folder: sets root and work, and start_emulator OPTIONS… runs the emulator until the script ends.
# CONFIGURATION=Release takes a build that is there.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
emulator=
trap '[ -n "$emulator" ] && kill "$emulator" 2>/dev/null; rm -rf "$work"' EXIT

start_emulator() {
  [ -n "${CONFIGURATION:-}" ] || dotnet build "$root/emulator" -v q --nologo
  dotnet "$root/emulator/bin/${CONFIGURATION:-Debug}/net10.0/b24-emulator.dll" "$@" >"$work/portal.log" &
  emulator=$!
  for _ in $(seq 1 200); do
    grep -q '^control: ' "$work/portal.log" && return
    kill -0 "$emulator" 2>/dev/null || break
    sleep 0.3
  done
  cat "$work/portal.log"
  return 1
}
