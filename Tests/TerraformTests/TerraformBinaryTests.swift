import Foundation
import Terraform
import Testing

@Suite("Finding Terraform")
struct TerraformBinaryTests {
    /// A directory with programs that say some version.
    private func directory(_ programs: [String: String]) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "plumb-path-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, script) in programs {
            let path = url.appending(path: name).path()
            try ScriptFile.write("#!/bin/sh\n\(script)", to: path)
        }
        return url.path()
    }

    private func saying(_ version: String) -> String { #"echo '{"terraform_version":"\#(version)"}'"# }

    @Test func `the real one is found and recent enough`() async throws {
        let binary = try await TerraformBinary.find()
        #expect(!TerraformBinary.isOlder(binary.version, than: TerraformBinary.oldest))
    }

    @Test func `the caller's own arguments for every command are not its`() async {
        await #expect(processExitsWith: .success) {
            setenv("TF_CLI_ARGS", "-no-such-option", 1)
            _ = try await TerraformBinary.find()
        }
    }

    @Test func `tofu does where terraform is missing or too old, and terraform goes first`() async throws {
        let both = try directory(["terraform": saying("1.9.1"), "tofu": saying("1.8.0")])
        #expect(try await TerraformBinary.find(searchPath: both).version == "1.9.1")
        let old = try directory(["terraform": saying("1.5.7"), "tofu": saying("1.8.0")])
        #expect(try await TerraformBinary.find(searchPath: old).path == old + "/tofu")
        for path in [both, old] { try FileManager.default.removeItem(atPath: path) }
    }

    @Test func `none, an old one and a broken one are said`() async throws {
        let places = [
            try directory([:]), try directory(["terraform": saying("1.5.7")]),
            try directory(["tofu": "echo no; exit 1"]),
        ]
        await #expect(throws: TerraformFailure.binaryMissing(looked: places[0])) {
            try await TerraformBinary.find(searchPath: places[0])
        }
        await #expect(throws: TerraformFailure.binaryTooOld(path: places[1] + "/terraform", version: "1.5.7")) {
            try await TerraformBinary.find(searchPath: places[1])
        }
        await #expect(throws: TerraformFailure.binaryUnusable(path: places[2] + "/tofu", reason: "exit code 1: no\n")) {
            try await TerraformBinary.find(searchPath: places[2])
        }
        await #expect(throws: TerraformFailure.binaryNotThere(configured: "/nowhere/terraform")) {
            try await TerraformBinary.find(configured: "/nowhere/terraform")
        }
        for path in places { try FileManager.default.removeItem(atPath: path) }
    }

    @Test func `a configured name is looked for on PATH, and nothing else is`() async throws {
        let place = try directory(["terraform": saying("1.9.1"), "tofu": saying("1.8.0")])
        #expect(try await TerraformBinary.find(configured: "tofu", searchPath: place).path == place + "/tofu")
        await #expect(throws: TerraformFailure.binaryNotThere(configured: "tofu-1.9")) {
            try await TerraformBinary.find(configured: "tofu-1.9", searchPath: place)
        }
        try FileManager.default.removeItem(atPath: place)
    }

    @Test(arguments: [
        ("1.6.0", false), ("1.5.9", true), ("1.11.4", false), ("2.0.0", false), ("0.15.0", true),
        ("1.6.0-beta1", false),
        ("", true), ("x", true),
    ])
    func `versions are compared as numbers`(version: String, isOlder: Bool) {
        #expect(TerraformBinary.isOlder(version, than: "1.6") == isOlder)
    }
}
