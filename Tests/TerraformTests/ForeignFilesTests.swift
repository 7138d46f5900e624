import Foundation
import Model
import Terraform
import Testing

@Suite("Files that somebody puts beside a stack's own")
struct ForeignFilesTests {
    private func write(_ name: String, _ text: String, in place: TestStack) throws {
        try Data(text.utf8).write(to: URL(filePath: place(name)))
    }

    @Test func `those that Terraform reads are named, and no others`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            let read = [
                "a.auto.tfvars.json", "extra.tf", "more.tf.json", "server/more.tf", "terraform.tfvars",
                "zz.auto.tfvars",
            ]
            let notRead = [
                "notes.txt", "main.tf~", ".hidden.tf", "#main.tf#", "main.tf.bak", "terraform.tfstate.mine",
                "terraform.tfvars.json.1.new", "other.tfvars", "server/values.auto.tfvars", "terraform.tfstate.backup",
            ]
            for name in read + notRead { try write(name, "", in: place) }
            try FileManager.default.createDirectory(atPath: place("folder.tf"), withIntermediateDirectories: true)
            try write("folder.tf/inside.tf", "", in: place)
            #expect(Set(place.directory.foreignFiles) == Set(read.map { place($0) }))
            #expect(try stack.observe().foreignFiles == place.directory.foreignFiles)
        }
    }

    @Test func `a directory of which nothing was written down is not judged`() throws {
        let place = try TestStack()
        defer { place.remove() }
        try FileManager.default.createDirectory(atPath: place.directory.path, withIntermediateDirectories: true)
        try write("main.tf", "", in: place)
        #expect(place.directory.foreignFiles == [])
    }

    /// The second file would give the server other cores than its entry: an update that nobody announced so.
    @Test func `no plan is made beside them, nor an audit, and both go on without them`() async throws {
        try await withStack { place in
            let stack = try await place.open()
            defer { stack.close() }
            try stack.writeEntries(["a": TestStack.server(101)])
            for (name, text) in [("extra.tf", "locals { y = 1 }\n"), ("zz.auto.tfvars", "servers = {}\n")] {
                try write(name, text, in: place)
                let failure = TerraformFailure.foreignFiles([place(name)])
                await #expect(throws: failure) { try await stack.plan(targets: ["a"]) }
                await #expect(throws: failure) { try await stack.audit() }
                await #expect(throws: failure) {
                    try await stack.preview(setting: ["a": TestStack.server(101)], dropping: [])
                }
                try FileManager.default.removeItem(atPath: place(name))
            }
            let plan = try await stack.plan(targets: ["a"])
            #expect(plan.changes.resources.map(\.action) == [.create])
            stack.discard(plan: plan.path)
        }
    }
}
