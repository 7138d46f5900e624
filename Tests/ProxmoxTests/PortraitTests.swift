import Model
import Simulation
import Testing
import Transport

@testable import Proxmox

/// A cluster read at full depth, and the twin that is made from it.
@Suite struct PortraitTests {
    private static func portrait(of laboratory: Laboratory) async throws -> (ClusterPortrait, [HTTPRequest]) {
        let sender = laboratory.sender()
        let client = try Example.client(sender)
        let portrait = try await client.portrait(
            of: "lab", tasksSince: Timestamp(seconds: 0), withTemplateFiles: true)
        return (portrait, sender.requests)
    }

    private static func twin(of portrait: ClusterPortrait) -> Laboratory {
        Laboratory(
            Blueprint(
                portrait, seenBy: "root@pam!plumb", durations: TaskDurations(learnedFrom: portrait.tasks), seed: 7))
    }

    private static func lived() throws -> Laboratory {
        let laboratory = try Laboratory(guests: 100..<104)
        try laboratory.ask(.post, "/pools", ["poolid": "web"])
        try laboratory.ask(.put, "/pools", ["poolid": "web", "vms": "101"])
        let settings = ["tags": "plumb;web", "description": "text\n\nplumb: lab/main/web-100 0123456789abcdef"]
        try laboratory.ask(.put, "/nodes/pve1/qemu/100/config", settings)
        try laboratory.ask(.post, "/nodes/pve1/qemu/101/status/start")
        // On a running VM these wait for its next start.
        try laboratory.ask(.put, "/nodes/pve1/qemu/101/config", ["cores": "4", "delete": "serial0"])
        try laboratory.ask(.put, "/simulation/guests/102", ["lock": "backup"])
        let template = "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"
        try laboratory.ask(.post, "/nodes/pve2/lxc", ["vmid": "200", "ostemplate": template, "hostname": "ct-1"])
        return laboratory
    }

    @Test func `a portrait of the twin is the portrait that it was made from`() async throws {
        let laboratory = try Self.lived()
        let (portrait, _) = try await Self.portrait(of: laboratory)
        #expect(portrait.guests.count == 6 && portrait.pools == ["web"] && portrait.templateFiles.count == 2)
        #expect(portrait.guests[1].configuration?.pending == ["cores": "4"])
        #expect(portrait.guests[1].configuration?.removed == ["serial0"])
        #expect(portrait.guests[2].configuration?.lock == "backup")
        var (copy, _) = try await Self.portrait(of: Self.twin(of: portrait))
        // A twin has no past, and is looked at later.
        copy.tasks = portrait.tasks
        copy.takenAt = portrait.takenAt
        #expect(copy == portrait)
    }

    @Test func `it is made by reads alone`() async throws {
        let (_, requests) = try await Self.portrait(of: Self.lived())
        #expect(requests.count > 10 && requests.allSatisfy { $0.method == .get })
    }

    @Test func `a guest on a node that is down has no configuration, and the twin's node is down too`() async throws {
        let laboratory = try Self.lived()
        try laboratory.ask(.put, "/simulation/quorum", ["quorate": "1"])
        try laboratory.ask(.put, "/simulation/nodes/pve2", ["online": "0"])
        let (portrait, _) = try await Self.portrait(of: laboratory)
        let container = try #require(portrait.guests.first { $0.listed.vmid == VMID(200) })
        #expect(container.configuration == nil)
        let twin = Self.twin(of: portrait)
        try twin.ask(.put, "/simulation/quorum", ["quorate": "1"])
        let (copy, _) = try await Self.portrait(of: twin)
        #expect(copy.nodes == portrait.nodes)
        #expect(copy.guests.map(\.listed.vmid) == portrait.guests.map(\.listed.vmid))
    }
}
