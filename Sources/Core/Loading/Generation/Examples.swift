/// One small document of each kind for the documentation.
enum Examples {
    static let cluster = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec:
          simulated:
            nodes: [pve1, pve2]
            templates: [{name: debian-12, vmid: 9000}]
          defaults: {node: pve1, template: debian-12}
        """

    static let server = """
        apiVersion: plumb/v1
        kind: Server
        metadata:
          name: web-01
          labels: {env: production}
        spec:
          cluster: lab
          cores: 2
          memory: 2GiB
          disks: [{size: 20GiB}]
          networks: [{bridge: vmbr0, address: 10.0.0.11/24, gateway: 10.0.0.1}]
        """

    static let serverSet = """
        apiVersion: plumb/v1
        kind: ServerSet
        metadata: {name: workers}
        spec:
          names: worker-{01..04}
          template: {cluster: lab, cores: 4, memory: 8GiB}
          addresses: {from: 10.0.0.21/24}
          spread: {nodes: [pve1, pve2]}
          overrides:
            worker-03: {memory: 16GiB}
        """

    static let role = """
        apiVersion: plumb/v1
        kind: Role
        metadata: {name: web}
        spec:
          tags: [web]
          services: [{name: nginx, port: 80}]
        """

    static let policy = """
        apiVersion: plumb/v1
        kind: Policy
        metadata: {name: production}
        spec:
          selector: {matchLabels: {env: production}}
          apply: manual
          destroyBudget: {perPlan: 1}
        """

    static let databaseServer = """
        apiVersion: plumb/v1
        kind: DatabaseServer
        metadata: {name: orders-db}
        spec:
          engine: postgresql
          host: 10.0.0.40
          username: plumb
          passwordFrom: {env: ORDERS_DB_PASSWORD}
        """

    static let database = """
        apiVersion: plumb/v1
        kind: Database
        metadata: {name: acme}
        spec:
          server: orders-db
          databaseName: acme_prod
          company: {code: ACME, name: Acme Ltd.}
        """

    static let fleet = """
        apiVersion: plumb/v1
        kind: SimulatedFleet
        metadata: {name: training}
        spec:
          preset: classic-20
          seed: 7
        """
}
