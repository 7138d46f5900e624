#!/usr/bin/env bash
# Plumb's main job on a simulated cluster: plan, apply, drift with who did it, heal, remove one server and only that one.
# Works in a directory of its own and stops what it started. PLUMB names the program (default: plumb on PATH).
set -euo pipefail

plumb=${PLUMB:-plumb}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/plumb-demo.XXXXXX")
config=$work/config
simulator=
SECONDS=0

finish() {
    local status=$?
    if [[ -n $simulator ]]; then
        kill -TERM "$simulator" 2> /dev/null || true
        wait "$simulator" 2> /dev/null || true
    fi
    if ((status == 0)); then
        rm -rf "$work"
        printf '\nThe demo took %s s.\n' "$SECONDS"
    else
        echo "The demo failed; its files are in $work" >&2
    fi
    exit "$status"
}
trap finish EXIT

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
# Shows a command as an operator would type it, and runs it.
run() {
    printf '%s$ plumb %s%s\n' "$bold" "$*" "$plain"
    "$plumb" "$@" --config "$config"
}
fail() {
    echo "Not as it should be: $*" >&2
    exit 1
}
# Expects the exit code $1 of the command that follows.
expect() {
    local expected=$1 actual=0
    shift
    "$@" || actual=$?
    ((actual == expected)) || fail "'$*' ended with $actual instead of $expected"
}
# Prints a Python expression over the JSON on standard input, which is `it`.
from_json() { python3 -c "import json, sys; it = json.load(sys.stdin); print($1)"; }
ask() { "$plumb" "$@" --config "$config" --output json; }

mkdir "$config"
cp "$here"/*.yaml "$config"

say "A simulated Proxmox cluster of two nodes, with the API of a real one:"
"$plumb" simulate --config "$config" --output json > "$work/simulator.json" 2> "$work/simulator.log" &
simulator=$!
for _ in {1..200}; do
    [[ -s $work/simulator.json ]] && break
    kill -0 "$simulator" 2> /dev/null || fail "the simulated cluster ended: $(< "$work/simulator.log")"
    sleep 0.05
done
endpoint=$(from_json 'it["endpoint"]' < "$work/simulator.json")
certificate=$(from_json 'it["certificateFile"]' < "$work/simulator.json")
alice=$(from_json '[t for t in it["tokens"] if t.startswith("alice@pve!")][0]' < "$work/simulator.json")
echo "It answers at $endpoint."

as_alice() { curl --silent --show-error --cacert "$certificate" --header "Authorization: PVEAPIToken=$alice" "$@"; }
# Waits until Proxmox's task with that id has ended well.
await_task() {
    local upid=$1 status
    for _ in {1..100}; do
        status=$(as_alice "$endpoint/api2/json/nodes/$(cut -d: -f2 <<< "$upid")/tasks/$upid/status")
        if [[ $(from_json 'it["data"]["status"]' <<< "$status") == stopped ]]; then
            [[ $(from_json 'it["data"]["exitstatus"]' <<< "$status") == OK ]] || fail "$status"
            return
        fi
        sleep 0.05
    done
    fail "the task $upid does not end"
}
# Somebody who does not know of Plumb, with the cluster's own API: method, path, fields.
behind_plumbs_back() {
    local method=$1 path=$2 answer field arguments=()
    shift 2
    echo "${bold}\$ curl -X $method $endpoint$path" "${@/#/-d }" "${plain}  # as alice"
    for field in "$@"; do arguments+=(--data-urlencode "$field"); done
    answer=$(as_alice --fail-with-body --request "$method" "${arguments[@]}" "$endpoint/api2/json$path")
    echo "$answer"
    await_task "$(from_json 'it["data"]' <<< "$answer")"
}
address_of() { ask servers show "$1" | from_json '"%s/qemu/%s" % (it["node"], it["vmid"])'; }

say "What is declared in $(basename "$here"):"
run validate

say "The plan:"
expect 2 run plan --out "$work/first.plan" --detailed-exit-code

say "Applied through Terraform:"
expect 0 run apply "$work/first.plan"

say "A second plan finds nothing to do:"
expect 0 run plan --detailed-exit-code
run status

say "Somebody changes a VM, migrates another and deletes a third, behind Plumb's back:"
behind_plumbs_back POST "/nodes/$(address_of db-01)/config" cores=8
behind_plumbs_back POST "/nodes/$(address_of web-01)/migrate" target=pve2 online=1 with-local-disks=1
behind_plumbs_back POST "/nodes/$(address_of web-03)/status/stop"
behind_plumbs_back DELETE "/nodes/$(address_of web-03)"

say "The drift, with who did it and when:"
expect 2 run drift --exit-code
drift=$(ask drift)
for server in db-01 web-01 web-03; do
    culprits=$(from_json "[i['culprit'].get('user') for i in it['drift'] if i['server'] == '$server']" <<< "$drift")
    [[ $culprits == *alice@pve* ]] || fail "the drift of $server is not said to be alice's: $culprits"
done

say "Healed:"
expect 2 run plan --detailed-exit-code
expect 0 run apply --yes
[[ $(ask drift | from_json 'sum(i["counts"] for i in it["drift"])') == 0 ]] || fail "something still differs"

say "cache-01 is taken out of the YAML:"
rm "$config/cache.yaml"
expect 2 run plan --detailed-exit-code
steps=$(ask plan | from_json '" ".join(s["id"] for s in it["steps"])')
[[ $steps == "destroy Server/cache-01" ]] || fail "the plan is to destroy exactly cache-01, and says: $steps"
echo "The plan destroys exactly that one."

say "It waits for a person's yes, gets it, and is applied:"
expect 3 run apply --yes
plan=$(ask plan | from_json 'it["plan"][:12]')
run approve "$plan"
expect 0 run apply --yes

say "All in plumb:"
expect 0 run plan --detailed-exit-code
run status
[[ $(ask status | from_json 'it["inPlumb"], len(it["servers"])') == "True 4" ]] || fail "not all is in plumb"
run history --limit 3
