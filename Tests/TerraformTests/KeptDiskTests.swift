import Model
import Terraform
import Testing

@Suite("Entries that are put back beside disks that grew")
struct KeptDiskTests {
    @Test func `an entry goes back to its text, but that no disk of it shrinks`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            var server = TestStack.server(101)
            server.settings.disks = [GuestSettings.Disk(interface: "rootfs", datastore: "ssd", size: 4)]
            var larger = server
            larger.settings.disks[0].size = 5
            var changed = larger
            changed.settings.cores = 8
            try stack.writeEntries(["a": server, "b": TestStack.server(102)])
            let bytes = try stack.directory.readTfvars().bytes
            let texts = try stack.entryTexts(of: ["a"])
            try stack.writeEntries(["a": changed])
            try stack.restoreEntries(["a": texts["a"]], keeping: ["a": larger.settings.disks])
            #expect(try stack.observe().tfvars.entries["a"] == larger)
            try stack.restoreEntries(["a": texts["a"]], keeping: ["a": server.settings.disks])
            #expect(try stack.directory.readTfvars().bytes == bytes)
            // Nobody knows what disks such a one has.
            try stack.restoreEntries(["a": "{\"cores\": 1}"], keeping: ["a": larger.settings.disks])
            #expect(try stack.directory.readTfvars().bytes == bytes)
        }
    }
}
