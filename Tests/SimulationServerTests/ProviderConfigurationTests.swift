import JSONArena
import Simulation
import Testing

@Suite("Configurations beyond the shipped root", .enabled(if: ProviderStage.binary != nil))
struct ProviderConfigurationTests {
    private func stage(
        _ resources: String, _ blueprint: Blueprint = ProviderStage.blueprint,
        _ body: (ProviderStage) async throws -> Void
    ) async throws {
        let text = """
            terraform {
              required_providers {
                proxmox = { source = "registry.terraform.io/bpg/proxmox" }
              }
            }
            variable "endpoint" {}
            variable "api_token" {}
            variable "cores" { default = 1 }
            variable "started" { default = true }
            provider "proxmox" {
              endpoint  = var.endpoint
              api_token = var.api_token
            }
            \(resources)
            """
        try await ProviderStage.with(blueprint, files: ["main.tf": text], body)
    }

    @Test func `a started VM is started, cut off for new cores, and stopped when it should be`() async throws {
        let machine = """
            resource "proxmox_virtual_environment_vm" "a" {
              node_name       = "pve1"
              vm_id           = 101
              stop_on_destroy = true
              started         = var.started
              cpu { cores = var.cores }
              disk {
                interface    = "scsi0"
                datastore_id = "local-lvm"
                size         = 4
              }
            }
            """
        try await stage(machine) { stage in
            try await stage.apply()
            #expect(await stage.guest(101)?.power == .running)
            try await stage.apply(environment: ["TF_VAR_cores": "3"])
            let guest = try #require(await stage.guest(101))
            #expect(guest.power == .running && guest.configuration["cores"] == "3" && guest.pending.isEmpty)
            let requests = stage.takeRequests().map { "\($0.method.rawValue) \($0.path)" }
            #expect(requests.contains("POST /nodes/pve1/qemu/101/status/stop"))
            try await stage.apply(environment: ["TF_VAR_cores": "3", "TF_VAR_started": "false"])
            #expect(await stage.guest(101)?.power == .stopped)
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 0, "\(run.output)")
        }
    }

    @Test func `a clone onto another node goes over shared storage, or by a migration`() async throws {
        var blueprint = ProviderStage.blueprint
        var shared = Blueprint.Template(name: "shared", vmid: 9001)
        shared.storage = "ceph"
        blueprint.templates.append(shared)
        let machines = [9000, 9001].map { source in
            """
            resource "proxmox_virtual_environment_vm" "from-\(source)" {
              node_name = "pve2"
              vm_id     = \(source - 8800)
              started   = false
              clone {
                vm_id     = \(source)
                node_name = "pve1"
              }
            }
            """
        }
        try await stage(machines.joined(separator: "\n"), blueprint) { stage in
            try await stage.apply()
            let (local, direct) = (await stage.guest(200), await stage.guest(201))
            #expect(local?.node == "pve2" && direct?.node == "pve2")
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a container is cloned, started, and rebooted for new memory`() async throws {
        var blueprint = ProviderStage.blueprint
        var template = Blueprint.Template(name: "alpine", vmid: 9100)
        template.isContainer = true
        blueprint.templates.append(template)
        let container = """
            resource "proxmox_virtual_environment_container" "a" {
              node_name = "pve1"
              vm_id     = 201
              clone { vm_id = 9100 }
              memory { dedicated = 512 * var.cores }
              network_interface { name = "eth0" }
              initialization {
                hostname = "cloned"
                ip_config {
                  ipv4 {
                    address = "10.0.0.9/24"
                    gateway = "10.0.0.1"
                  }
                }
              }
            }
            """
        try await stage(container, blueprint) { stage in
            try await stage.apply()
            let guest = try #require(await stage.guest(201))
            #expect(guest.power == .running && guest.name == "cloned")
            #expect(guest.configuration["net0"]?.contains("ip=10.0.0.9/24") == true)
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
            _ = stage.takeRequests()
            try await stage.apply(environment: ["TF_VAR_cores": "2"])
            #expect(await stage.guest(201)?.configuration["memory"] == "1024")
            #expect(stage.takeRequests().contains { $0.path == "/nodes/pve1/lxc/201/status/reboot" })
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 0, "\(run.output)")
        }
    }

    @Test func `what the simulated provider would ignore is refused by name`() async throws {
        let machine = """
            resource "proxmox_virtual_environment_vm" "a" {
              node_name = "pve1"
              efi_disk { datastore_id = "local-lvm" }
            }
            """
        try await stage(machine) { stage in
            let run = try await stage.terraform("plan")
            #expect(run.status == 1 && run.says("efi_disk cannot be used on a simulated cluster"))
        }
    }

    @Test func `a VMID that the configuration leaves open is the cluster's next one`() async throws {
        let machine = """
            resource "proxmox_virtual_environment_vm" "a" {
              node_name = "pve1"
              started   = false
            }
            """
        try await stage(machine) { stage in
            try await stage.apply()
            #expect(await stage.guest(100) != nil)
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a user and a password are worth a ticket, and a wrong password is refused`() async throws {
        var blueprint = ProviderStage.blueprint
        blueprint.users = [.init("maker@pve", password: "secret-word", rights: [.init("/", ["Administrator"])])]
        let text = """
            terraform {
              required_providers {
                proxmox = { source = "registry.terraform.io/bpg/proxmox" }
              }
            }
            variable "password" { default = "secret-word" }
            provider "proxmox" {
              endpoint = "https://simulated.invalid:8006/"
              username = "maker@pve"
              password = var.password
            }
            resource "proxmox_virtual_environment_vm" "a" {
              node_name = "pve1"
              vm_id     = 101
              started   = false
            }
            """
        try await ProviderStage.with(blueprint, files: ["main.tf": text]) { stage in
            try await stage.apply()
            #expect(await stage.guest(101) != nil)
            let run = try await stage.terraform("plan", environment: ["TF_VAR_password": "wrong"])
            #expect(run.status == 1 && run.says("received an HTTP 401 response"), "\(run.output)")
        }
    }
}
