import Loading
import Model
import Testing

@Suite("Clusters, policies, databases and fleets")
struct OtherKindTests {
    private func desired(_ text: String) -> Desired {
        let loaded = ConfigurationLoader().load([SourceFile(path: "a.yaml", text: text)])
        #expect(loaded.diagnostics == [])
        return loaded.desired
    }

    @Test("A real cluster with everything")
    func realCluster() throws {
        let pairs = Array(repeating: "ab", count: 32).joined(separator: ":")
        let cluster = try #require(
            desired(
                """
                apiVersion: plumb/v1
                kind: Cluster
                metadata: {name: prod}
                spec:
                  proxmox:
                    endpoint: https://pve1.example.org:8006/
                    tokenFrom: {file: /etc/plumb/token}
                    tls: {fingerprint: "\(pairs)"}
                  terraform: {stacks: {byLabel: team}, parallelism: 4, timeout: 30m, binary: tofu}
                  defaults: {datastore: local-lvm, bridge: vmbr0, gateway: 10.0.0.1, user: debian, vmidRange: {from: 1000, to: 1999}}
                  limits: {concurrentTasks: 16, perNode: 2, clonesPerTemplate: 3}
                  poll: {interval: 1m, detailSweep: 10}
                """
            ).clusters.first)
        guard case .proxmox(let endpoint) = cluster.source else {
            Issue.record("not a real cluster")
            return
        }
        #expect(endpoint.url == "https://pve1.example.org:8006")
        #expect(endpoint.token == .file("/etc/plumb/token"))
        #expect(endpoint.trust == .fingerprint(pairs.uppercased()))
        #expect(cluster.terraform.stacks == .byLabel("team") && cluster.terraform.timeout == .seconds(1800))
        #expect(cluster.defaults.vmidRange == VMID(1000)...VMID(1999))
        #expect(cluster.limits.perNode == 2 && cluster.poll.interval == .seconds(60))
    }

    @Test(
        "Audits come once a day, as often as is said, or never",
        arguments: [("", 86_400), ("terraform: {audit: 12h}, ", 43_200), ("terraform: {audit: off}, ", nil)])
    func audit(text: String, seconds: Int?) throws {
        let desired = desired(
            "{apiVersion: plumb/v1, kind: Cluster, metadata: {name: a}, spec: {\(text)simulated: {nodes: [a]}}}")
        #expect(try #require(desired.clusters.first).terraform.audit == seconds.map { Duration.seconds($0) })
    }

    @Test("A range of VMIDs can be text")
    func vmidRange() {
        let desired = desired(
            "{apiVersion: plumb/v1, kind: Cluster, metadata: {name: a}, "
                + "spec: {simulated: {nodes: [a]}, defaults: {vmidRange: 1000-1999}}}")
        #expect(desired.clusters.first?.defaults.vmidRange == VMID(1000)...VMID(1999))
    }

    @Test("A simulated cluster with faults")
    func simulatedCluster() {
        let cluster = desired(
            """
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec:
              simulated:
                nodes: [a, b]
                templates: [{name: debian-12, vmid: 9000, node: b, disk: 8GiB}]
                latency: 200ms
                seed: 7
              faults:
                - {on: POST /nodes/*/qemu/*/clone, guest: web-01, chance: 0.5, times: 2, effect: {error: {status: 500, text: full}}}
                - {on: GET /cluster/resources, effect: hang}
                - {on: "* /version", effect: {delay: 5s}}
            """
        ).clusters.first
        guard case .simulated(let simulated) = cluster?.source else {
            Issue.record("not simulated")
            return
        }
        #expect(simulated.nodes == ["a", "b"] && simulated.latency == .milliseconds(200) && simulated.seed == 7)
        #expect(simulated.templates.first?.disk == .gibibytes(8))
        #expect(simulated.faults.map(\.effect) == [.error(status: 500, text: "full"), .hang, .delay(.seconds(5))])
        #expect(simulated.faults.first?.chance == 0.5 && simulated.faults.first?.times == 2)
    }

    @Test("A policy with everything that is enforced")
    func policy() {
        let policy = desired(
            """
            {apiVersion: plumb/v1, kind: Role, metadata: {name: web}, spec: {}}
            ---
            apiVersion: plumb/v1
            kind: Policy
            metadata: {name: careful}
            spec:
              selector: {matchLabels: {env: production}, names: ["web-*"], roles: [web]}
              apply: manual
              destroyBudget: {perPlan: 10%, perDay: 4}
              approvals: {required: 2, preventSelf: true}
              windows: [{cron: 0 22 * * 6, duration: 6h, timezone: Europe/Berlin}, {cron: "0 12 * * *", duration: 30m}]
              recreate: auto
              absenceConfirmations: 5
              restarts: allow
              ignore: [{path: spec.tags, reason: backup, until: 2026-12-31}]
              retry: {backoff: 1m30s, max: 2}
              pause: {reason: moving, until: "2026-12-31T18:00:00+09:00"}
            """
        ).policies.first
        #expect(policy?.selector.matchLabels == [.init("env", "production")])
        #expect(
            policy?.apply == .manual && policy?.destroyBudget == .percent(10) && policy?.preventSelfApproval == true)
        #expect(policy?.dailyDestroyBudget == .count(4) && policy?.requiredApprovals == 2)
        #expect(policy?.windows.map(\.zone) == ["Europe/Berlin", "UTC"])
        #expect(policy?.windows.map(\.duration) == [.seconds(6 * 3600), .seconds(1800)])
        #expect(policy?.windows.first?.opening == CronTimes("0 22 * * 6"))
        #expect(policy?.recreate == .auto && policy?.absenceConfirmations == 5 && policy?.restarts == .allow)
        #expect(policy?.ignore.first?.until?.description == "2026-12-31T00:00:00Z")
        #expect(policy?.retry?.backoff == .seconds(90))
        #expect(policy?.pause?.until?.description == "2026-12-31T09:00:00Z")
    }

    @Test("A database server takes its engine's port and database, whatever the order of its fields")
    func databases() {
        let desired = desired(
            """
            {apiVersion: plumb/v1, kind: DatabaseServer, metadata: {name: one}, spec: {host: a, engine: mysql}}
            ---
            {apiVersion: plumb/v1, kind: DatabaseServer, metadata: {name: two}, spec: {port: 1, host: b, engine: postgresql}}
            ---
            {apiVersion: plumb/v1, kind: DatabaseServer, metadata: {name: xe}, spec: {engine: oracle, host: c, defaultDatabase: ORCL}}
            ---
            {apiVersion: plumb/v1, kind: Database, metadata: {name: acme}, spec: {server: TWO, ensure: registered}}
            """)
        #expect(desired.databaseServers.map(\.port) == [3306, 1, 1521])
        #expect(desired.databaseServers.map(\.defaultDatabase) == [nil, "postgres", "ORCL"])
        #expect(desired.databases.first?.databaseName == "acme" && desired.databases.first?.ensure == .registered)
    }

    @Test("A fleet with everything")
    func fleet() {
        let fleet = desired(
            """
            apiVersion: plumb/v1
            kind: SimulatedFleet
            metadata: {name: training}
            spec:
              servers:
                - name: web-{01..20}
                  type: web
                  memory: 2048
                  disk: 50
                  services: [{name: nginx, port: 80}]
                  load: {base: {cpu: 12.5}, peakHours: [9, 18], businessHours: false, maintenanceHour: 3, failureRate: 0.02}
              pace: [{servers: 3, from: 1s, to: 3s}]
              clock: {speed: 60}
              scenario: [{at: 5m, for: 10m, effect: load, selector: {names: ["web-*"]}}]
              metrics: {interval: 5s, history: 12h}
            """
        ).fleets.first
        #expect(fleet?.servers.first?.memory == .gibibytes(2) && fleet?.servers.first?.disk == .gibibytes(50))
        #expect(fleet?.servers.first?.load.cpu == 12.5 && fleet?.servers.first?.load.peakHours == [9, 18])
        #expect(fleet?.pace.first?.to == .seconds(3) && fleet?.clockSpeed == 60)
        #expect(fleet?.scenario.first?.lasts == .seconds(600) && fleet?.metricsHistory == .seconds(43_200))
    }
}
