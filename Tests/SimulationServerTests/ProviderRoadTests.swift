import Foundation
import JSONArena
import Simulation
import Testing

@Suite(
    "The real Terraform works the shipped root through the simulated provider",
    .enabled(if: ProviderStage.binary != nil))
struct ProviderRoadTests {
    private func stage(
        _ servers: [String: JSONValue], _ blueprint: Blueprint = ProviderStage.blueprint,
        _ body: (ProviderStage) async throws -> Void
    ) async throws {
        try await ProviderStage.with(blueprint) { stage in
            try stage.write(servers: servers)
            try await body(stage)
        }
    }

    @Test func `two VMs and a container are made as declared, and a second plan changes nothing`() async throws {
        let scratch = ProviderStage.machine(102, ["template": nil, "dns": nil, "networks": []])
        try await stage([
            "web-01": ProviderStage.machine(101), "web-02": scratch, "ct-01": ProviderStage.container(201),
        ]) { stage in
            let run = try await stage.apply()
            #expect(run.says("Resources: 3 added, 0 changed, 0 destroyed."))
            let web = try #require(await stage.guest(101))
            #expect(web.power == .stopped && web.name == "web-01")
            #expect(web.configuration["cores"] == "2" && web.configuration["memory"] == "2048")
            #expect(web.configuration["scsi0"]?.contains("size=20G") == true)
            #expect(web.configuration["net0"]?.contains("tag=42") == true)
            #expect(web.configuration["ipconfig0"] == "gw=10.0.0.1,ip=10.0.0.11/24")
            #expect(web.configuration["nameserver"] == "1.1.1.1" && web.configuration["ciuser"] == "debian")
            #expect(web.configuration["description"] == "web\nplumb: lab/main/web 0123")
            let container = try #require(await stage.guest(201))
            #expect(container.name == "ct-01" && container.power == .stopped)
            #expect(container.configuration["ostype"] == "debian")
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `each server is one resource at the address that the scope guard expects`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "ct-01": ProviderStage.container(201)]) { stage in
            let plan = try await stage.plan()
            let addresses = try #require(plan["resource_changes"]).elements.compactMap { $0["address"]?.string }
            #expect(
                addresses.sorted() == [
                    #"module.server["ct-01"].proxmox_virtual_environment_container.container[0]"#,
                    #"module.server["web-01"].proxmox_virtual_environment_vm.vm[0]"#,
                ])
        }
    }

    @Test func `cores, memory, tags and description change in place, and the new values are live`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "ct-01": ProviderStage.container(201)]) { stage in
            try await stage.apply()
            let changed: [String: JSONValue] = [
                "cores": 4, "memory": 4096, "tags": ["db", "plumb"], "description": "new\nplumb: lab/main/web 0123",
                "on_boot": false,
            ]
            try stage.write(servers: [
                "web-01": ProviderStage.machine(101, changed),
                "ct-01": ProviderStage.container(201, ["cores": 2, "memory": 1024, "tags": []]),
            ])
            #expect(ProviderStage.actions(try await stage.plan()) == ["web-01": ["update"], "ct-01": ["update"]])
            try await stage.apply()
            let web = try #require(await stage.guest(101)).desiredConfiguration
            #expect(web["cores"] == "4" && web["memory"] == "4096" && web["tags"] == "db;plumb")
            #expect(web["description"] == "new\nplumb: lab/main/web 0123" && web["onboot"] == "0")
            let container = try #require(await stage.guest(201)).desiredConfiguration
            #expect(container["cores"] == "2" && container["memory"] == "1024")
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a running VM is not restarted: the change waits, and a warning says so`() async throws {
        try await stage(["web-01": ProviderStage.machine(101)]) { stage in
            try await stage.apply()
            _ = await stage.request(.post, "/nodes/pve1/qemu/101/status/start")
            try stage.write(servers: ["web-01": ProviderStage.machine(101, cores: 4)])
            let run = try await stage.apply()
            #expect(run.says("a reboot is required to apply configuration changes"))
            let guest = try #require(await stage.guest(101))
            #expect(guest.power == .running)
            #expect(guest.pending["cores"] == "4" && guest.configuration["cores"] == "2")
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `disks grow and are added, networks change, cloud-init changes`() async throws {
        try await stage(["web-01": ProviderStage.machine(101)]) { stage in
            try await stage.apply()
            let changed: [String: JSONValue] = [
                "disks": [
                    ["interface": "scsi0", "datastore": "local-lvm", "size": 30, "format": nil, "ssd": true],
                    ["interface": "scsi1", "datastore": "local-lvm", "size": 5, "format": nil, "ssd": false],
                ],
                "networks": [
                    ["bridge": "vmbr1", "vlan": nil, "mac": nil, "address": "10.0.1.5/24", "gateway": nil],
                    ["bridge": "vmbr0", "vlan": 7, "mac": nil, "address": nil, "gateway": nil],
                ],
                "user": "admin",
            ]
            try stage.write(servers: ["web-01": ProviderStage.machine(101, changed)])
            #expect(ProviderStage.actions(try await stage.plan()) == ["web-01": ["update"]])
            try await stage.apply()
            let web = try #require(await stage.guest(101)).desiredConfiguration
            #expect(web["scsi0"]?.contains("size=30G") == true && web["scsi0"]?.contains("ssd=1") == true)
            #expect(web["scsi1"]?.contains("size=5G") == true)
            #expect(web["net0"]?.contains("bridge=vmbr1") == true && web["net1"]?.contains("tag=7") == true)
            // The account is made at birth: a rotation on a living guest is not the provider's.
            #expect(web["ipconfig0"] == "ip=10.0.1.5/24" && web["ciuser"] != "admin")
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `what is born once never replaces: template, node, pool of a container, keys`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "ct-01": ProviderStage.container(201)]) { stage in
            try await stage.apply()
            try stage.write(servers: [
                "web-01": ProviderStage.machine(101, ["template": ["vmid": 9001, "node": "pve2"], "node": "pve2"]),
                "ct-01": ProviderStage.container(
                    201,
                    [
                        "template_file": "local:vztmpl/alpine-3.20-default_20240908_amd64.tar.xz", "pool": "web",
                        "ssh_keys": ["ssh-ed25519 BBBB other"], "node": "pve2",
                        "disks": [["interface": "rootfs", "datastore": "ceph", "size": 8]],
                    ]),
            ])
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a changed VMID replaces, and the plan names the attribute`() async throws {
        try await stage(["web-01": ProviderStage.machine(101)]) { stage in
            try await stage.apply()
            try stage.write(servers: ["web-01": ProviderStage.machine(105)])
            let plan = try await stage.plan()
            #expect(ProviderStage.actions(plan) == ["web-01": ["delete", "create"]])
            let paths = try #require(plan["resource_changes"]?[0]?["change"]?["replace_paths"])
            #expect(paths.value == [["vm_id"]])
            try await stage.apply()
            let (old, new) = (await stage.guest(101), await stage.guest(105))
            #expect(old == nil && new != nil)
        }
    }

    @Test func `a change behind its back is seen as drift and planned`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "web-02": ProviderStage.machine(102)]) { stage in
            try await stage.apply()
            _ = await stage.request(.put, "/nodes/pve1/qemu/101/config", ["cores": "8", "tags": "plumb;rogue"])
            let plan = try await stage.plan()
            #expect(ProviderStage.actions(plan) == ["web-01": ["update"]])
            let drift = try #require(plan["resource_drift"]?[0]?["change"])
            #expect(drift["before"]?["cpu"]?[0]?["cores"]?.int == 2)
            #expect(drift["after"]?["cpu"]?[0]?["cores"]?.int == 8)
            #expect(plan["resource_drift"]?.count == 1)
            try await stage.apply()
            #expect(await stage.guest(101)?.configuration["cores"] == "2")
        }
    }

    @Test func `a migrated VM is followed, updated and destroyed where it is`() async throws {
        try await stage(["web-01": ProviderStage.machine(101)]) { stage in
            try await stage.apply()
            let form = ["target": "pve2", "with-local-disks": "1"]
            _ = await stage.request(.post, "/nodes/pve1/qemu/101/migrate", form)
            #expect(await stage.guest(101)?.node == "pve2")
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
            try stage.write(servers: ["web-01": ProviderStage.machine(101, cores: 6)])
            try await stage.apply()
            #expect(await stage.guest(101)?.configuration["cores"] == "6")
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 0, "\(run.output)")
            #expect(await stage.guest(101) == nil)
        }
    }

    @Test func `a guest deleted behind its back is made again`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "ct-01": ProviderStage.container(201)]) { stage in
            try await stage.apply()
            _ = await stage.request(.delete, "/nodes/pve1/qemu/101")
            _ = await stage.request(.delete, "/nodes/pve1/lxc/201")
            let plan = try await stage.plan()
            #expect(ProviderStage.actions(plan) == ["web-01": ["create"], "ct-01": ["create"]])
            #expect(plan["resource_drift"]?.count == 2)
            try await stage.apply()
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `an import by node and VMID leads to an update in place, never to a replacement`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "ct-01": ProviderStage.container(201)]) { stage in
            try await stage.apply()
            try FileManager.default.removeItem(atPath: stage.path("terraform.tfstate"))
            for (address, id) in [
                (#"module.server["web-01"].proxmox_virtual_environment_vm.vm[0]"#, "pve1/101"),
                (#"module.server["ct-01"].proxmox_virtual_environment_container.container[0]"#, "pve1/201"),
            ] {
                let run = try await stage.terraform("import", address, id)
                #expect(run.status == 0, "\(run.output)")
            }
            let actions = ProviderStage.actions(try await stage.plan())
            #expect(actions.values.allSatisfy { $0 == ["update"] }, "\(actions)")
            try await stage.apply()
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
            let run = try await stage.terraform(
                "import", #"module.server["web-01"].proxmox_virtual_environment_vm.vm[0]"#, "101")
            #expect(run.status == 1)
        }
    }

    @Test func `a destroy stops what runs, and protection keeps the guest`() async throws {
        let protected = ProviderStage.machine(102, ["protection": true])
        try await stage(["web-01": ProviderStage.machine(101), "web-02": protected]) { stage in
            try await stage.apply()
            _ = await stage.request(.post, "/nodes/pve1/qemu/101/status/start")
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("error deleting VM"))
            #expect(await stage.guest(101) == nil)
            #expect(await stage.guest(102) != nil)
            let state = try await stage.show()
            #expect(state["values"]?["root_module"]?["child_modules"]?.count == 1)
        }
    }
}
