import Foundation
import Testing

/// A cluster that gives the lock of a template to one clone at a time, through the real Terraform: what the lanes of
/// `Cluster.limits` prevent, and what trying again heals where they were set too wide.
@Suite(.enabled(if: Programs.hasTerraform)) struct LaneTests {
    private static func fleet(limits: String, retry: String) -> String {
        """
        file fleet.yaml
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec:
              simulated:
                nodes: [pve1, pve2]
                templates: [{name: debian-12, vmid: 9000}]
                latency: 300ms
              terraform: {stacks: {byLabel: team}}
              limits: \(limits)
              defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1}
            ---
            apiVersion: plumb/v1
            kind: Policy
            metadata: {name: all}
            spec:
              retry: \(retry)
        \(servers("web"))
        \(servers("api"))
        $ plumb plan
        $ as root PUT /simulation/limits clones=1
        $ plumb apply --yes
        $ guests

        """
    }

    private static func servers(_ team: String) -> String {
        """
        file \(team).yaml
            apiVersion: plumb/v1
            kind: ServerSet
            metadata: {name: \(team), labels: {team: \(team)}}
            spec:
              names: \(team)-{1..3}
              template: {cluster: lab, cores: 2, memory: 2GiB, disks: [{size: 20GiB}], networks: [{address: dhcp}]}
        """
    }

    private func transcript(limits: String, retry: String) async throws -> String {
        try await Stage.perform("lanes") { stage in
            try await stage.play(Script(Self.fleet(limits: limits, retry: retry)))
        }
    }

    private static let busy = "can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout"

    private func running(_ transcript: String) -> Int {
        transcript.split(separator: "\n").count { $0.contains(" pve1 running cores 2") }
    }

    @Test func `one clone of a template at a time, over both stacks, meets no lock`() async throws {
        let said = try await transcript(limits: "{clonesPerTemplate: 1}", retry: "{backoff: 1s, max: 0}")
        #expect(!said.contains(Self.busy), "\(said)")
        #expect(running(said) == 6, "\(said)")
    }

    @Test func `lanes that are too wide meet the lock`() async throws {
        let said = try await transcript(limits: "{clonesPerTemplate: 4}", retry: "{backoff: 1s, max: 0}")
        #expect(said.contains(Self.busy), "\(said)")
        #expect(running(said) < 6, "\(said)")
    }

    @Test func `what met the lock is made by trying again in the same run`() async throws {
        let said = try await transcript(limits: "{clonesPerTemplate: 4}", retry: "{backoff: 1s, max: 8}")
        #expect(said.contains("A lock of Proxmox was not free: tried again at"), "\(said)")
        #expect(running(said) == 6, "\(said)")
    }
}
