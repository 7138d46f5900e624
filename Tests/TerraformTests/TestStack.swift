import Foundation
import JSONArena
import Model
import Terraform
import Testing

/// A stack in a temporary directory, with a root module that keeps the real one's addresses and variables, and whose
/// servers are Terraform's built-in `terraform_data`: real plans, states and applies without a provider.
final class TestStack: Sendable {
    let path: String

    init(path: String? = nil) throws {
        // With a blank, which no command line may stumble over.
        self.path = path ?? NSTemporaryDirectory() + "plumb stack \(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { directory.path + "/" + name }

    var directory: StackDirectory { StackDirectory(path: path + "/lab") }

    static let id = StackID(cluster: "lab", name: "main")

    func runner(_ environment: TerraformEnvironment = TerraformEnvironment()) async throws -> TerraformRunner {
        TerraformRunner(binary: try await TerraformBinary.find(), directory: directory, environment: environment)
    }

    /// Takes the lock, with a bound on how long a forgotten run can hold the test.
    func open(
        _ environment: TerraformEnvironment = TerraformEnvironment(), records: StackRecords = .nothing
    ) async throws -> LockedStack {
        try await LockedStack(
            Self.id, runner: runner(environment), root: RootModule(files: Self.files), command: "test",
            waiting: .seconds(20), records: records)
    }

    /// What the provisioner of a server does when it is made.
    func write(faults: [String: String], to stack: LockedStack) throws {
        var tfvars = try String(decoding: stack.directory.readTfvars().bytes, as: UTF8.self)
        let text = JSONValue.object(faults.map { .init($0.key, .string($0.value)) }).text()
        let root = try JSONDocument(parsing: tfvars).root
        let servers = String(decoding: root["servers"]?.raw ?? [], as: UTF8.self)
        tfvars = "{\n  \"faults\": \(text),\n  \"servers\": \(servers)\n}\n"
        try tfvars.write(toFile: stack.directory.tfvarsPath, atomically: true, encoding: .utf8)
    }

    static func server(_ vmid: Int, cores: Int = 1, description: String? = nil) -> ServerConfiguration {
        var settings = GuestSettings()
        settings.cores = cores
        settings.description = description
        return ServerConfiguration(birth: .init(type: .vm, node: "pve1", vmid: VMID(vmid)), settings: settings)
    }

    /// Waits for a file, then is done: bounded, so that nothing outlives a failed test for long.
    static func waiting(for file: String) -> String {
        "for i in $(seq 600); do [ -e '\(file)' ] && exit 0; sleep 0.05; done; exit 1"
    }

    func touch(_ name: String) { _ = FileManager.default.createFile(atPath: self(name), contents: nil) }

    func permissions(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    static let files: [String: [UInt8]] = ["main.tf": Array(main.utf8), "server/main.tf": Array(module.utf8)]

    private static let main = """
        terraform {
          backend "local" {}
        }
        variable "servers" {
          type    = any
          default = {}
        }
        variable "faults" {
          type    = map(string)
          default = {}
        }
        variable "secrets" {
          type      = map(string)
          default   = {}
          sensitive = true
        }
        module "server" {
          source   = "./server"
          for_each = var.servers
          settings = each.value
          command  = lookup(var.faults, each.key, "true")
          password = lookup(var.secrets, "admin", "")
        }

        """

    private static let module = """
        variable "settings" {
          type = any
        }
        variable "command" {
          type = string
        }
        variable "password" {
          type = string
        }
        resource "terraform_data" "this" {
          input            = var.settings
          triggers_replace = [var.settings.vmid]
          lifecycle {
            precondition {
              condition     = var.settings.description != "leak"
              error_message = "the password is ${nonsensitive(var.password)}"
            }
          }
          provisioner "local-exec" {
            command = var.command
          }
          provisioner "local-exec" {
            when    = destroy
            command = "test '${coalesce(self.input.description, "-")}' != undead"
          }
        }

        """
}

/// Runs a test on a stack of its own, and takes it away.
func withStack<Result>(_ body: (TestStack) async throws -> Result) async throws -> Result {
    let stack = try TestStack()
    defer { stack.remove() }
    return try await body(stack)
}
