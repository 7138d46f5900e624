/// The configuration that `init` writes.
enum Starter {
    static let files: [(name: String, text: String)] = [
        ("cluster.yaml", cluster), ("servers.yaml", servers), ("policy.yaml", policy), (".gitignore", ".plumb/\n"),
    ]

    private static let cluster = """
        # The Proxmox cluster. This one is simulated: it lives in .plumb and needs no hardware.
        apiVersion: plumb/v1
        kind: Cluster
        metadata:
          name: lab
        spec:
          simulated:
            nodes: [pve1, pve2]
            templates:
              - {name: debian-12, vmid: 9000}
          # For a real cluster, put this in place of `simulated`:
          # proxmox:
          #   endpoint: https://pve1.example.com:8006
          #   tokenFrom: {env: PLUMB_PROXMOX_TOKEN}   # USER@REALM!NAME=SECRET
          #   tls:
          #     fingerprint: "AA:BB:…"                # as `pvenode cert info` prints it; or caFile: PATH
          defaults:
            node: pve1
            datastore: local-lvm
            bridge: vmbr0
            template: debian-12
            vmidRange: {from: 1000, to: 1999}

        """

    private static let servers = """
        # One server. Everything that is left out comes from the cluster's defaults.
        apiVersion: plumb/v1
        kind: Server
        metadata:
          name: db-01
          labels: {env: production}
        spec:
          cluster: lab
          cores: 2
          memory: 2GiB
          disks:
            - size: 20GiB
          networks:
            - address: 10.0.0.10/24
          roles: [db]
          # protect: true        # refuses to be destroyed, by Plumb and by Proxmox
          # power: running       # keeps it running; without this it is started once, when it is made
        ---
        # Several that are alike: web-01, web-02, web-03, each with an address of its own.
        apiVersion: plumb/v1
        kind: ServerSet
        metadata:
          name: web
        spec:
          names: web-{01..03}
          addresses: {from: 10.0.0.11/24}
          template:
            cluster: lab
            cores: 1
            memory: 1GiB
            disks:
              - size: 10GiB
            roles: [web]
        ---
        apiVersion: plumb/v1
        kind: Role
        metadata:
          name: web
        spec:
          description: Serves pages
          services:
            - {name: http, port: 80}
        ---
        apiVersion: plumb/v1
        kind: Role
        metadata:
          name: db
        spec:
          description: Keeps data

        """

    private static let policy = """
        # What Plumb may do by itself. `safe` lets it make and change servers; what destroys, replaces, restarts or stops
        # one waits for `plumb approve`.
        apiVersion: plumb/v1
        kind: Policy
        metadata:
          name: default
        spec:
          apply: safe
          destroyBudget:
            perPlan: 10%

        """
}
