# For the run scripts of the clients: installs what package.json names and runs check.mjs against the emulator over https.
# Ends with 75 where npm cannot install: then nothing was checked.
. "$(dirname "${BASH_SOURCE[0]}")/emulator.sh"

run_client() {
  timeout 60 npm install --no-audit --no-fund --no-package-lock --fetch-retries=1 --fetch-timeout=20000 >"$work/npm.log" 2>&1 \
    || { cat "$work/npm.log"; echo "npm could not install"; exit 75; }
  start_emulator --port 0 --https --certificate "$work/portal.pem" "$@"
  NODE_EXTRA_CA_CERTS="$work/portal.pem" timeout 60 node check.mjs "$work/portal.log"
}
