import JSONArena
import Model
import Testing

@testable import Simulation

/// `vzdump`: a backup that outlives its guest.
@Suite struct BackupTests {
    private static let call = "/nodes/pve1/vzdump"
    private static let content = "/nodes/pve1/storage/local/content"

    @Test func aBackupLocksItsGuestAndLeavesAVolumeThatOutlivesIt() throws {
        var lab = Laboratory(latency: .seconds(40))
        try lab.clone(100)
        let upid = try #require(
            try lab.data(
                .post, Self.call,
                [
                    "vmid": "100", "storage": "local", "mode": "stop", "compress": "zstd", "remove": "0",
                    "notes-template": "before",
                ]
            ).text)
        #expect(upid.contains(":vzdump:100:"))
        #expect(try lab.data(.get, "/nodes/pve1/qemu/100/status/current")["lock"] == "backup")
        lab.pass(.seconds(41))
        #expect(try lab.data(.get, "/nodes/pve1/tasks/\(upid)/status")["exitstatus"] == "OK")
        #expect(try lab.data(.get, "/nodes/pve1/qemu/100/status/current")["lock"] == nil)
        try lab.done(.delete, "/nodes/pve1/qemu/100", ["destroy-unreferenced-disks": "1", "purge": "1"])
        let kept = try lab.data(.get, Self.content, ["content": "backup", "vmid": "100"]).elements
        #expect(kept.count == 1)
        let name = try #require(kept.first?["volid"]?.text)
        #expect(name.hasPrefix("local:backup/vzdump-qemu-100-") && name.hasSuffix(".vma.zst"))
        #expect(kept.first?["format"] == "vma.zst" && kept.first?["vmid"]?.number == 100)
    }

    @Test func whatCannotBeBackedUpFailsItsTask() throws {
        var lab = Laboratory()
        try lab.clone(100)
        func exit(_ vmid: String, _ storage: String) throws -> String? {
            let upid = try lab.data(.post, Self.call, ["vmid": vmid, "storage": storage]).text ?? ""
            lab.pass(.seconds(600))
            return try lab.data(.get, "/nodes/pve1/tasks/\(upid)/status")["exitstatus"]?.text
        }
        #expect(try exit("100", "local-lvm")?.contains("wrong content type") == true)
        #expect(try exit("100", "nowhere")?.contains("does not exist") == true)
        #expect(try exit("777", "local") == "unable to find VM '777'")
        #expect(try lab.data(.get, Self.content, ["content": "backup"]).elements.isEmpty)
    }

    @Test func wordsThatProxmoxDoesNotKnowAreRefused() throws {
        var lab = Laboratory()
        try lab.clone(100)
        for wrong in [["mode": "hot"], ["compress": "xz"], ["nonsense": "1"]] {
            var parameters = wrong
            parameters["vmid"] = "100"
            parameters["storage"] = "local"
            #expect(try lab.ask(.post, Self.call, parameters).status == 400)
        }
    }
}
