import Foundation
import JSONArena
import Testing

@testable import SimulationServer

@Suite("The provider's plans and schema equal those of the real bpg/proxmox")
struct ProviderSampleTests {
    private static let root = """
        terraform {
          required_providers {
            proxmox = { source = "registry.terraform.io/bpg/proxmox" }
          }
        }
        variable "endpoint" {}
        variable "api_token" {}
        provider "proxmox" {
          endpoint  = var.endpoint
          api_token = var.api_token
          insecure  = true
        }
        resource "proxmox_virtual_environment_vm" "web" {
          name            = "web-1"
          node_name       = "pve1"
          vm_id           = 101
          description     = "managed"
          tags            = ["terraform", "web"]
          on_boot         = true
          started         = true
          stop_on_destroy = true
          clone {
            vm_id     = 9000
            node_name = "pve1"
            full      = true
          }
          agent { enabled = true }
          cpu {
            cores = 2
            type  = "x86-64-v2-AES"
          }
          memory { dedicated = 2048 }
          disk {
            datastore_id = "local-lvm"
            interface    = "scsi0"
            size         = 20
          }
          network_device {
            bridge  = "vmbr0"
            model   = "virtio"
            vlan_id = 42
          }
          initialization {
            datastore_id = "local-lvm"
            dns {
              domain  = "example.com"
              servers = ["1.1.1.1"]
            }
            ip_config {
              ipv4 {
                address = "10.0.0.5/24"
                gateway = "10.0.0.1"
              }
            }
            user_account {
              username = "debian"
              keys     = ["ssh-ed25519 AAAA test"]
            }
          }
        }
        resource "proxmox_virtual_environment_container" "ct" {
          node_name     = "pve1"
          vm_id         = 201
          description   = "managed"
          tags          = ["terraform"]
          start_on_boot = true
          started       = true
          unprivileged  = true
          operating_system {
            template_file_id = "local:vztmpl/debian-12-standard_12.2-1_amd64.tar.zst"
            type             = "debian"
          }
          cpu { cores = 1 }
          memory {
            dedicated = 512
            swap      = 256
          }
          disk {
            datastore_id = "local-lvm"
            size         = 8
          }
          network_interface {
            name    = "eth0"
            bridge  = "vmbr0"
            vlan_id = 42
          }
          initialization {
            hostname = "ct-1"
            ip_config {
              ipv4 { address = "dhcp" }
            }
          }
        }
        """

    @Test(.enabled(if: ProviderStage.binary != nil))
    func `a VM and a container are planned value for value as the real provider planned them`() async throws {
        try await ProviderStage.with(files: ["main.tf": Self.root]) { stage in
            let changes = try #require(try await stage.plan()["resource_changes"])
            for change in changes.elements {
                let isMachine = change["type"]?.string == "proxmox_virtual_environment_vm"
                let sample = try JSONDocument(parsing: isMachine ? ProviderSample.machine : ProviderSample.container)
                for part in ["after", "after_unknown", "after_sensitive", "before_sensitive"] {
                    let planned = change["change"]?[part]?.value.sorted.text(indent: 1)
                    #expect(planned == sample.root[part]?.value.sorted.text(indent: 1), "\(part)")
                }
            }
            #expect(changes.count == 2)
        }
    }

    @Test(.enabled(if: ProviderStage.binary != nil))
    func `Terraform is told the schema of the real provider, attribute by attribute`() async throws {
        try await ProviderStage.with(files: ["main.tf": Self.root]) { stage in
            let run = try await stage.terraform("providers", "schema", "-json")
            let text = run.output.split(separator: "\n").first { $0.hasPrefix("{") } ?? ""
            let told = try JSONDocument(parsing: String(text)).root["provider_schemas"]?.members.first { _ in true }
            let schema = try #require(told?.value)
            for (node, sample) in [
                (schema["provider"], ProviderSchemaSample.provider),
                (schema["resource_schemas"]?["proxmox_virtual_environment_vm"], ProviderSchemaSample.machine),
                (schema["resource_schemas"]?["proxmox_virtual_environment_container"], ProviderSchemaSample.container),
            ] {
                let expected = try JSONDocument(parsing: sample).root.value
                #expect(
                    Self.facts(try #require(node).value).text(indent: 1) == Self.facts(expected).text(indent: 1))
            }
        }
    }

    /// A schema without its descriptions, sorted.
    private static func facts(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            // A member called `description` may also be an attribute's name: then it is an object.
            let kept = members.filter { member in
                guard member.name == "description" || member.name == "description_kind" else { return true }
                if case .object = member.value { return true }
                return false
            }
            return .object(kept.map { .init($0.name, facts($0.value)) }.sorted { $0.name < $1.name })
        case .array(let elements): return .array(elements.map(facts))
        case .null, .bool, .int, .double, .string: return value
        }
    }

    @Test func `every attribute and block that the shipped root uses is in the schema`() throws {
        var place = URL(filePath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: place.path() + "/terraform/proxmox/main.tf") {
            place.deleteLastPathComponent()
            try #require(place.path() != "/")
        }
        for (name, kind) in [("vm", ResourceKind.virtualMachine), ("container", .container)] {
            let text = try String(
                contentsOfFile: place.path() + "/terraform/proxmox/server/\(name).tf", encoding: .utf8)
            let used = RootReading.paths(of: text)
            #expect(used.count > 20, "the root was not read: \(used)")
            for path in used {
                #expect(RootReading.exists(path, in: ProviderSchema.proxmox.body(kind)), "\(kind.rawValue): \(path)")
            }
        }
    }
}

/// Reads the attribute names out of a resource in Terraform's language, as far as the shipped root uses it.
private enum RootReading {
    /// `cpu.cores`, `initialization.dns.servers`, …, those of `ignore_changes` included.
    static func paths(of text: String) -> Set<String> {
        var found: Set<String> = []
        var stack: [String?] = []
        var isIgnoreList = false
        var depth = 0
        for raw in text.split(separator: "\n") {
            let line = raw.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            if isIgnoreList {
                if line == "]" { isIgnoreList = false }
                for word in line.split(separator: ",") where word != "]" {
                    found.insert(word.trimmingCharacters(in: .whitespaces).replacing("[0]", with: ""))
                }
                continue
            }
            if line.hasPrefix("ignore_changes") {
                isIgnoreList = true
                continue
            }
            // Inside a value in brackets only the members of objects count; they belong to the attribute.
            if depth == 0, line.hasSuffix("{"), !line.contains("=") {
                let words = line.dropLast().split(separator: " ").map { $0.trimmingCharacters(in: ["\""]) }
                switch words.first {
                case "resource": stack.append(nil)
                case "content", "lifecycle": stack.append(nil)
                case "dynamic": stack.append(words[1])
                case let name?: stack.append(name)
                case nil: stack.append(nil)
                }
                if let name = stack.last ?? nil {
                    found.insert((stack.dropLast().compactMap(\.self) + [name]).joined(separator: "."))
                }
                continue
            }
            if depth == 0, line == "}" {
                stack.removeLast()
                continue
            }
            if depth == 0, let sign = line.firstIndex(of: "="), !line.hasPrefix("for_each"), !line.hasPrefix("count") {
                let name = line[..<sign].trimmingCharacters(in: .whitespaces)
                found.insert((stack.compactMap(\.self) + [name]).joined(separator: "."))
            }
            depth += line.count { "[({".contains($0) } - line.count { "])}".contains($0) }
        }
        return found
    }

    static func exists(_ path: String, in body: SchemaBody) -> Bool {
        var body = body
        let names = path.split(separator: ".").map(String.init)
        for (index, name) in names.enumerated() {
            if index == names.count - 1, body.attribute(name) != nil { return true }
            guard let block = body.block(name) else { return false }
            body = block.body
        }
        return true
    }
}
