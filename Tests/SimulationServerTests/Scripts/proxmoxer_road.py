"""Walks a server's whole life with the unchanged client `proxmoxer`, over HTTPS, against a simulated cluster.

usage: proxmoxer_road.py READY_FILE
"""

import json
import sys
import time

from proxmoxer import ProxmoxAPI, ResourceException

ready = json.load(open(sys.argv[1]))
host, port = ready["endpoint"].removeprefix("https://").split(":")


def as_token(identifier):
    secret = next(token["secret"] for token in ready["tokens"] if token["id"] == identifier)
    user, name = identifier.split("!")
    return ProxmoxAPI(
        host, port=int(port), user=user, token_name=name, token_value=secret, verify_ssl=ready["caFile"], timeout=20
    )


api = as_token("root@pam!plumb")
checks = 0


def expect(what, got, wanted):
    global checks
    checks += 1
    if got != wanted:
        sys.exit(f"{what}: got {got!r}, wanted {wanted!r}")


def refused(what, status, text, call):
    global checks
    checks += 1
    try:
        call()
    except ResourceException as error:
        shown = f"{error.status_code} {error.status_message} {error.content} {error.errors}"
        if error.status_code != status or text not in shown:
            sys.exit(f"{what}: got {shown!r}, wanted {status} and {text!r}")
        return
    sys.exit(f"{what}: was not refused")


def done(upid, node="pve1"):
    for _ in range(200):
        task = api.nodes(node).tasks(upid).status.get()
        if task["status"] == "stopped":
            return task["exitstatus"]
        time.sleep(0.02)
    sys.exit(f"{upid} does not end")


# Inventory
expect("version", api.version.get()["release"], "9.2")
expect("nodes", sorted(node["node"] for node in api.nodes.get()), ["pve1", "pve2", "pve3"])
expect("templates", [vm["name"] for vm in api.cluster.resources.get(type="vm") if vm["template"]], ["debian-12"])
expect("quorum", next(row for row in api.cluster.status.get() if row["type"] == "cluster")["quorate"], 1)
expect("next number", api.cluster.nextid.get(), "100")

# From scratch
upid = api.nodes("pve1").qemu.post(
    vmid=100, name="db-01", cores=2, memory=2048, scsihw="virtio-scsi-single", scsi0="local-lvm:20,discard=on",
    net0="virtio,bridge=vmbr0,tag=7", ide2="local-lvm:cloudinit", ipconfig0="ip=10.0.0.5/24,gw=10.0.0.1",
    ciuser="admin", sshkeys="ssh-ed25519%20AAAA%20ops%40example", tags="prod;db", agent="enabled=1",
)
expect("create", done(upid), "OK")
vm = api.nodes("pve1").qemu(100)
config = vm.config.get()
expect("disk", config["scsi0"], "local-lvm:vm-100-disk-0,discard=on,size=20G")
expect("cloud-init drive", config["ide2"], "local-lvm:vm-100-cloudinit,media=cdrom")
expect("network", config["net0"].split(",")[1:], ["bridge=vmbr0", "tag=7"])
expect("tags", config["tags"], "db;prod")
expect("types", (config["cores"], config["memory"]), (2, "2048"))
refused(
    "a taken number", 500, "unable to create VM 100 - VM 100 already exists on node 'pve1'",
    lambda: api.nodes("pve1").qemu.post(vmid=100, name="other"),
)
refused("a bad number", 400, "vmid", lambda: api.nodes("pve1").qemu.post(vmid=5, name="other"))

# Clone
upid = api.nodes("pve1").qemu(9000).clone.post(newid=101, name="web-01", full=1)
expect("clone", done(upid), "OK")
clone = api.nodes("pve1").qemu(101)

# Configure
expect("configure", clone.config.put(cores=4, memory=4096, description="a web server"), None)
expect("configured", clone.config.get()["cores"], 4)
expect("as a task", done(clone.config.post(onboot=1)), "OK")

# Resize
expect("resize", done(clone.resize.put(disk="scsi0", size="+6G")), "OK")
expect("resized", clone.config.get()["scsi0"], "local-lvm:vm-101-disk-0,size=10G")
expect("shrink", done(clone.resize.put(disk="scsi0", size="1G")), "shrinking disks is not supported")

# Power
expect("start", done(clone.status.start.post()), "OK")
expect("running", clone.status.current.get()["status"], "running")
clone.config.put(cores=8)
rows = {row["key"]: row for row in clone.pending.get()}
expect("pending", (rows["cores"]["value"], rows["cores"]["pending"]), ("4", "8"))
expect("current", clone.config.get(current=1)["cores"], 4)
expect("reboot", done(clone.status.reboot.post()), "OK")
expect("rebooted", clone.config.get(current=1)["cores"], 8)
refused("delete while it runs", 500, "VM 101 is running - destroy failed", lambda: clone.delete(purge=1))
expect("start of the other", done(vm.status.start.post()), "OK")
refused("silent agent", 500, "QEMU guest agent is not running", vm.agent("network-get-interfaces").get)
expect("shutdown", done(clone.status.shutdown.post(forceStop=1, timeout=30)), "OK")
expect("stopped", clone.status.current.get()["status"], "stopped")

# Containers
template = next(row["volid"] for row in api.nodes("pve2").storage("local").content.get(content="vztmpl"))
upid = api.nodes("pve2").lxc.post(
    vmid=200, hostname="cache-01", ostemplate=template, rootfs="local-lvm:8", memory=512, swap=0, cores=1,
    net0="name=eth0,bridge=vmbr0,ip=10.0.0.9/24", description="a cache", unprivileged=1, start=1,
)
expect("container", done(upid, "pve2"), "OK")
container = api.nodes("pve2").lxc(200)
expect("container runs", container.status.current.get()["status"], "running")
expect("its description", container.config.get()["description"], "a cache\n")
expect("its address", [i["inet"] for i in container.interfaces.get() if i["name"] == "eth0"], ["10.0.0.9/24"])
expect("its stop", done(container.status.stop.post(), "pve2"), "OK")
expect("its end", done(container.delete(), "pve2"), "OK")

# Protection, migration, delete
clone.config.put(protection=1)
refused("protected", 500, "can't remove VM 101 - protection mode enabled", lambda: clone.delete())
clone.config.put(delete="protection")
expect("migrate", done(clone.migrate.post(target="pve2")), "OK")
refused("the old place", 500, "Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist", clone.config.get)
moved = api.nodes("pve2").qemu(101)
expect("delete", done(moved.delete(**{"purge": 1, "destroy-unreferenced-disks": 1}), "pve2"), "OK")
expect("gone", [vm["vmid"] for vm in api.cluster.resources.get(type="vm")], [100, 9000])

# Tasks
types = [task["type"] for task in api.nodes("pve1").tasks.get(vmid=101)]
expect("history", types, ["qmigrate", "qmshutdown", "qmreboot", "qmstart", "resize", "resize", "qmconfig"])
failed = next(task["upid"] for task in api.nodes("pve1").tasks.get(errors=1))
expect("log", api.nodes("pve1").tasks(failed).log.get()[-1]["t"], "TASK ERROR: shrinking disks is not supported")

# Others
blind = as_token("blind@pve!cli")
expect("a blind token's list", blind.cluster.resources.get(type="vm"), [])
refused("a blind token's read", 403, "Permission check failed (/vms/100, VM.Audit)", blind.nodes("pve1").qemu(100).config.get)
alice = ProxmoxAPI(host, port=int(port), user="alice@pve", password="alice", verify_ssl=ready["caFile"])
upid = alice.nodes("pve1").qemu(100).status.stop.post()
expect("a ticket's task", (done(upid), upid.split(":")[7]), ("OK", "alice@pve"))
try:
    ProxmoxAPI(host, port=int(port), user="alice@pve", password="wrong", verify_ssl=ready["caFile"])
    sys.exit("a wrong password was accepted")
except Exception as error:
    expect("a wrong password", "Couldn't authenticate user" in str(error), True)

print(f"{checks} checks")
