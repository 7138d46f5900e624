import Foundation
import Model
import Terraform
import Testing

@testable import CLI

@Suite("Stacks as they lie on disk")
struct StackFilesTests {
    @Test func `clusters that are not declared are found by their directories`() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/plumb-stacks-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        for stack in ["lab/main", "gone/web", "gone/db", ".hidden/main", "Other/main"] {
            try StackDirectory(path: "\(path)/\(stack)").makeIfMissing()
        }
        // No stack is in it.
        try FileManager.default.createDirectory(atPath: path + "/empty", withIntermediateDirectories: true)
        let files = StackFiles(directory: path, ahead: StacksAhead())
        #expect(files.clusters(besides: ["LAB"]) == ["gone"])
        #expect(files.clusters(besides: ["gone", "lab"]).isEmpty)
        #expect(files.ids(of: ["lab", "gone"]).map(\.description) == ["gone/db", "gone/web", "lab/main"])
        let observed = await files.stacks(of: ["gone"])
        #expect(observed.map(\.id.name) == ["db", "web"])
        #expect(observed.allSatisfy { $0.state == .absent })
    }
}
