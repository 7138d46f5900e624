"""What happens on the wire between a client and a simulated cluster: reasons, escapes, cuts and garbage.

usage: wire.py READY_FILE
"""

import http.client
import json
import socket
import ssl
import sys
import urllib.parse

ready = json.load(open(sys.argv[1]))
host, port = ready["endpoint"].removeprefix("https://").split(":")
trust = ssl.create_default_context(cafile=ready["caFile"])
ROOT = {"Authorization": f"PVEAPIToken={ready['token']['id']}={ready['token']['secret']}"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
checks = 0


def expect(what, got, wanted):
    global checks
    checks += 1
    if got != wanted:
        sys.exit(f"{what}: got {got!r}, wanted {wanted!r}")


def connect(timeout=20):
    return http.client.HTTPSConnection(host, int(port), context=trust, timeout=timeout)


def ask(method, path, body=None, headers=ROOT, connection=None):
    connection = connection or connect()
    connection.request(method, "/api2/json" + path, body=body, headers=headers)
    response = connection.getresponse()
    return response.status, response.reason, json.loads(response.read())


def raw(text, timeout=20):
    """Bytes sent as they are, and what comes back until the connection ends."""
    with socket.create_connection((host, int(port)), timeout=timeout) as plain:
        with trust.wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(text)
            answer = b""
            try:
                while chunk := secure.recv(65536):
                    answer += chunk
            except (ssl.SSLEOFError, ConnectionResetError):
                pass
            return answer


def fault(**rule):
    expect("a rule", ask("POST", "/simulation/faults", urllib.parse.urlencode(rule), {**ROOT, **FORM})[0], 200)


# The reason is in the status line, and in the message
status, reason, body = ask("GET", "/nodes/pve1/qemu/4711/config")
text = "Configuration file 'nodes/pve1/qemu-server/4711.conf' does not exist"
expect("reason", (status, reason, body), (500, text, {"data": None, "message": text + "\n"}))
ask("PUT", "/simulation/nodes/pve3", "online=0", {**ROOT, **FORM})
expect("a lost node", ask("GET", "/nodes/pve3/qemu")[:2], (595, "No route to host"))
ask("PUT", "/simulation/nodes/pve3", "online=1", {**ROOT, **FORM})
status, reason, body = ask("POST", "/nodes/pve1/qemu", "vmid=7", {**ROOT, **FORM})
expect("a bad parameter", (status, reason, list(body["errors"])), (400, "Parameter verification failed.", ["vmid"]))

# One connection serves many requests
kept = connect()
for _ in range(20):
    expect("kept alive", ask("GET", "/version", connection=kept)[0], 200)
first = kept.sock
expect("still the same", ask("GET", "/cluster/nextid", connection=kept)[0] == 200 and kept.sock is first, True)

# Bodies as forms and as JSON, paths with escapes and with a slash before the question mark
create = urllib.parse.urlencode({"vmid": 400, "name": "wire", "description": "a & b = 50 % ü\n2", "scsi0": "local-lvm:1"})
expect("a form", ask("POST", "/nodes/pve1/qemu", create, {**ROOT, **FORM})[0], 200)
expect("its text", ask("GET", "/nodes/pve1/qemu/400/config")[2]["data"]["description"], "a & b = 50 % ü\n2")
body = json.dumps({"cores": 3, "onboot": True, "tags": "a"})
expect("JSON", ask("PUT", "/nodes/pve1/qemu/400/config", body, {**ROOT, "Content-Type": "application/json"})[0], 200)
config = ask("GET", "/nodes/pve1/qemu/400/config")[2]["data"]
expect("JSON's values", (config["cores"], config["onboot"], config["tags"]), (3, 1, "a"))
volume = urllib.parse.quote("local-lvm:vm-400-disk-0", safe="")
expect("an escaped part", ask("GET", f"/nodes/pve1/storage/local-lvm/content/{volume}")[0], 200)
template = urllib.parse.quote("local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst", safe="")
expect("an escaped slash", ask("GET", f"/nodes/pve1/storage/local/content/{template}")[0], 200)
expect("a slash", ask("DELETE", "/nodes/pve1/qemu/400/?destroy-unreferenced-disks=0&purge=1")[0], 200)

# Who asks
expect("nobody", ask("GET", "/version", headers={})[:2], (401, "No ticket"))
expect("a wrong secret", ask("GET", "/version", headers={"Authorization": ROOT["Authorization"] + "0"})[0], 401)
expect("no token", ask("GET", "/version", headers={"Authorization": "Basic eDp5"})[0], 401)
login = ask("POST", "/access/ticket", "username=alice%40pve&password=alice", FORM)[2]["data"]
cookie = {"Cookie": "a=b; PVEAuthCookie=" + urllib.parse.quote(login["ticket"])}
expect("a ticket", ask("GET", "/version", headers=cookie)[0], 200)
expect("a forged write", ask("POST", "/pools", "poolid=x", {**cookie, **FORM})[:2], (401, "Permission denied - invalid csrf token"))
cookie["CSRFPreventionToken"] = login["CSRFPreventionToken"]
expect("a write", ask("POST", "/pools", "poolid=x", {**cookie, **FORM})[0], 200)

# Faults as the wire shows them
fault(on="GET /cluster/status", effect="truncate", times=1)
try:
    ask("GET", "/cluster/status")
    sys.exit("half an answer came whole")
except (http.client.IncompleteRead, ssl.SSLEOFError, ConnectionResetError):
    expect("after half an answer", ask("GET", "/cluster/status")[0], 200)
fault(on="POST /pools", effect="loseAnswer", times=1)
try:
    ask("POST", "/pools", "poolid=lost", {**ROOT, **FORM})
    sys.exit("a lost answer came")
except (http.client.RemoteDisconnected, http.client.BadStatusLine, ssl.SSLEOFError, ConnectionResetError):
    expect("its work", "lost" in [pool["poolid"] for pool in ask("GET", "/pools")[2]["data"]], True)
fault(on="GET /nodes", effect="hang", times=1)
try:
    ask("GET", "/nodes", connection=connect(timeout=0.3))
    sys.exit("a hanging call answered")
except TimeoutError:
    expect("others meanwhile", ask("GET", "/nodes")[0], 200)
fault(on="GET /nodes", effect="error", status=596, text="Connection timed out", times=1)
expect("an error", ask("GET", "/nodes")[:2], (596, "Connection timed out"))

# Garbage
expect("no HTTP", raw(b"\x16\x03\x01 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400"), True)
expect("an odd method", raw(b"PATCH /api2/json/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 501"), True)
expect("another path", raw(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 404"), True)
expect("a bad escape", raw(b"GET /api2/json/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 400"), True)
expect("a bad UTF-8", raw(b"GET /api2/json/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 400"), True)
big = b"POST /api2/json/pools HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 5000000
try:
    expect("a huge body", raw(big), b"")
except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
    checks += 1
expect("in the end", ask("GET", "/version")[0], 200)

print(f"{checks} checks")
