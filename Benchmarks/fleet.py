"""Configurations of any size: the same arguments give the same bytes."""

from pathlib import Path

TEMPLATE = "debian-12"


def cluster(stacks: str, detail_sweep: int) -> str:
    return f"""apiVersion: plumb/v1
kind: Cluster
metadata:
  name: lab
spec:
  simulated:
    nodes: [pve1, pve2, pve3, pve4]
    templates:
      - {{name: {TEMPLATE}, vmid: 90000, node: pve1}}
  terraform:
    stacks: {stacks}
    timeout: 7200s
  defaults:
    node: pve1
    datastore: local-lvm
    bridge: vmbr0
    vmidRange: 1000-89999
  limits: {{concurrentTasks: 256, perNode: 64, clonesPerTemplate: 64}}
  poll:
    detailSweep: {detail_sweep}
"""


ROLES = """apiVersion: plumb/v1
kind: Role
metadata: {name: web}
spec: {description: Serves pages}
---
apiVersion: plumb/v1
kind: Role
metadata: {name: db}
spec: {description: Keeps data}
"""


def server(number: int) -> str:
    """One document of some 360 bytes, as an operator would write it.

    Stopped, so that Plumb does after a creation what Terraform alone does: nothing.
    """
    role = "web" if number % 3 else "db"
    return f"""apiVersion: plumb/v1
kind: Server
metadata:
  name: server-{number:05}
  labels: {{env: production, role: {role}}}
spec:
  cluster: lab
  node: pve{number % 4 + 1}
  vmid: {1000 + number}
  template: {TEMPLATE}
  cores: {1 + number % 4}
  memory: {1 + number % 4}GiB
  disks:
    - {{size: 20GiB, datastore: local-lvm}}
  networks:
    - {{bridge: vmbr0, address: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}/8}}
  roles: [{role}]
  tags: [{role}, bench]
  power: stopped
"""


def write(directory: Path, servers: int, stacks: str = "single", detail_sweep: int = 50) -> Path:
    """Writes a configuration and returns the file with the servers, 10,000 of which are 3.6 MB."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "cluster.yaml").write_text(cluster(stacks, detail_sweep))
    (directory / "roles.yaml").write_text(ROLES)
    path = directory / "servers.yaml"
    path.write_text("---\n".join(server(number) for number in range(1, servers + 1)))
    return path
