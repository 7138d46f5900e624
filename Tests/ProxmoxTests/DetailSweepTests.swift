import JSONArena
import Model
import Simulation
import Testing

@testable import Proxmox

/// Details as the client reads them from a simulated cluster.
struct DetailSweepTests {
    @Test func `a sweep of fifty details takes fifty calls`() async throws {
        let laboratory = try Laboratory(guests: 1000..<1050)
        let sender = laboratory.sender()
        let client = try Example.client(sender)
        let listed = await client.inventory(of: "lab").guests.filter { !$0.isTemplate }
        #expect(listed.count == 50)
        let before = sender.requests.count
        let details = await client.configurations(of: listed)
        #expect(sender.requests.count - before == 50)
        #expect(details.values.allSatisfy { $0.value?.digest.count == 40 && $0.value?.lock == nil })
        #expect(details[VMID(1049)]?.value?.name == "web-1049")
    }

    @Test func `a lock and a deletion that waits show in the settings themselves`() async throws {
        let laboratory = try Laboratory(guests: 1000..<1001)
        let path = "/nodes/pve1/qemu/1000"
        try laboratory.ask(.post, path + "/status/start")
        try laboratory.ask(.put, path + "/config", ["delete": "agent", "cores": "4"])
        try laboratory.ask(.put, "/simulation/guests/1000", ["lock": "backup"])
        let client = try Example.client(laboratory.sender())
        let guest = try #require(await client.inventory(of: "lab").guest(VMID(1000)))
        let details = try #require(await client.configuration(of: guest).value)
        #expect(details.lock == "backup" && guest.lock == "backup")
        #expect(details.settings.cores == 1 && details.pending?.cores == 4)
        #expect(details.settings.agent && details.pending?.agent == false)
        let whole = try laboratory.ask(.get, path + "/config")
        #expect(whole["digest"] == .string(details.digest))
    }
}
