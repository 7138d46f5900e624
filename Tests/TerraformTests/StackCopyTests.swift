import Foundation
import Terraform
import Testing

@Suite struct StackCopyTests {
    @Test func `a copy has variables and states, and no way back to the stack that it was made from`() throws {
        let test = try TestStack()
        defer { test.remove() }
        try test.directory.makeIfMissing()
        for name in ["terraform.tfvars.json", "terraform.tfstate", "errored.tfstate", ".plumb-root.json", "main.tf"] {
            try Data(name.utf8).write(to: URL(filePath: test(name)))
        }
        try FileManager.default.createDirectory(atPath: test(".terraform"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: test("events/apply-1"), withIntermediateDirectories: true)
        let copy = StackDirectory(path: test.path + "/copies/lab")
        try test.directory.copy(to: copy)
        let names = try FileManager.default.contentsOfDirectory(atPath: copy.path).sorted()
        #expect(names == ["errored.tfstate", "events", "terraform.tfstate", "terraform.tfvars.json"])
        #expect(copy.runs.isEmpty && copy.hasErroredState)
        for name in names where name != "events" {
            #expect(try String(contentsOfFile: copy.path + "/" + name, encoding: .utf8) == name)
            let attributes = try FileManager.default.attributesOfItem(atPath: copy.path + "/" + name)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }
}
