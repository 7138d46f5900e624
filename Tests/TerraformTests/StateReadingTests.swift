import Model
import Terraform
import Testing

@Suite("Reading a state")
struct StateReadingTests {
    private func state(_ resources: String) throws -> TerraformState {
        let text = #"{"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"abc","resources":[\#(resources)]}"#
        return try TerraformState(StateFile(parsing: Array(text.utf8)))
    }

    private func resource(
        _ module: String, _ type: String, _ attributes: String, name: String = "this", mode: String = "managed",
        instance: String = ""
    ) -> String {
        #"""
        {"module":"module.server[\"\#(module)\"]","mode":"\#(mode)","type":"\#(type)","name":"\#(name)",
        "instances":[{\#(instance)"schema_version":0,"attributes":\#(attributes)}]}
        """#
    }

    @Test func `a VM is read with everything that can change in its life`() throws {
        let state = try state(resource("web-01", GuestResource.vm, ProviderSamples.vm, instance: #""index_key":0,"#))
        #expect(state.serial == 7)
        #expect(state.lineage == "abc")
        let vm = try #require(state.resources.first)
        #expect(vm.server == "web-01")
        #expect(vm.address == #"module.server["web-01"].proxmox_virtual_environment_vm.this[0]"#)
        #expect(vm.type == .vm && vm.vmid == VMID(101) && vm.node == "pve1" && !vm.isTainted)
        #expect(vm.template == .init(vmid: VMID(9000), node: "pve1"))
        #expect(vm.templateFile == nil)
        var settings = GuestSettings()
        (settings.cores, settings.sockets, settings.memory, settings.agent) = (2, 1, 2048, true)
        settings.disks = [.init(interface: "scsi0", datastore: "local-lvm", size: 20, format: "raw")]
        var network = GuestSettings.Network(bridge: "vmbr0")
        (network.vlan, network.mac) = (42, "BC:24:11:00:00:01")
        (network.address, network.gateway) = ("10.0.0.5/24", "10.0.0.1")
        settings.networks = [network]
        var dns = GuestSettings.DNS()
        (dns.servers, dns.domain) = (["1.1.1.1"], "example.com")
        settings.dns = dns
        settings.tags = ["plumb", "web"]
        settings.description = "managed\n\nplumb: lab/main/web-01 0123456789abcdef"
        #expect(vm.settings == settings)
    }

    @Test func `where no network of a VM shows its address, the list of all of them does`() throws {
        let attributes = #"""
            {"vm_id":101,"node_name":"pve1","mac_addresses":["00:00:00:00:00:00","bc:24:11:00:00:01"]}
            """#
        let state = try state(resource("web-01", GuestResource.vm, attributes))
        #expect(state.resources.first?.macs == ["BC:24:11:00:00:01"])
        #expect(state.resources.first?.knownMACs == ["BC:24:11:00:00:01"])
    }

    @Test func `a container is read in the same terms`() throws {
        let state = try state(resource("ct-1", GuestResource.container, ProviderSamples.container))
        let container = try #require(state.resources.first)
        #expect(container.type == .container && container.vmid == VMID(201))
        #expect(container.templateFile == "local:vztmpl/debian-12-standard_12.2-1_amd64.tar.zst")
        var settings = GuestSettings()
        settings.disks = [.init(interface: "rootfs", datastore: "local-lvm", size: 8)]
        var network = GuestSettings.Network(bridge: "vmbr0")
        (network.vlan, network.mac, network.address) = (42, "BC:24:11:00:00:02", "dhcp")
        settings.networks = [network]
        settings.tags = ["terraform"]
        settings.description = "managed"
        #expect(container.settings == settings)
    }

    @Test func `tainted, foreign and left-over objects are told apart`() throws {
        let state = try state(
            [
                resource("a", GuestResource.vm, ProviderSamples.vm, instance: #""status":"tainted","#),
                resource("b", GuestResource.vm, ProviderSamples.vm, instance: #""deposed":"ab12","#),
                resource("c", "proxmox_virtual_environment_file", "{}"),
                resource("d", GuestResource.vm, "{}", mode: "data"),
                #"{"mode":"managed","type":"terraform_data","name":"own","instances":[{"attributes":{}}]}"#,
                #"{"module":"module.x.module.server[\"e\"]","mode":"managed","type":"t","name":"n","#
                    + #""instances":[{"attributes":{}}]}"#,
            ].joined(separator: ","))
        #expect(state.resources.map(\.server) == ["a"])
        #expect(state.resources.map(\.isTainted) == [true])
        #expect(
            state.foreign == [
                #"module.server["b"].proxmox_virtual_environment_vm.this (deposed object ab12)"#,
                #"module.server["c"].proxmox_virtual_environment_file.this"#, #"module.x.module.server["e"].t.n"#,
                "terraform_data.own",
            ])
    }

    @Test func `a state that cannot be told is refused, never read as empty`() throws {
        let half = String(ProviderSamples.vm.replacing(#""vm_id": 101"#, with: #""vm_id": null"#))
        #expect(try state(resource("a", GuestResource.vm, half)).resources.first?.vmid == VMID(101))
        for resources in [
            resource("a", GuestResource.vm, "{}"),
            resource("a", GuestResource.vm, ProviderSamples.vm) + ","
                + resource("A", GuestResource.vm, ProviderSamples.vm),
            #"{"mode":"managed","name":"x"}"#,
        ] {
            #expect(throws: Tfvars.Malformed.self) { try state(resources) }
        }
        for text in [
            "", "{}", #"{"version":3,"serial":1,"lineage":"x","resources":[]}"#, #"{"version":4,"resources":[]}"#,
        ] {
            #expect(throws: Tfvars.Malformed.self) { try StateFile(parsing: Array(text.utf8)) }
        }
    }

    @Test(arguments: [
        (#"module.server["web-01"].a.b"#, "web-01"), (#"module.server["web-01"].a.b[0]"#, "web-01"),
        (#"module.server["a\"b\\c"].a.b"#, #"a"b\c"#), (#"module.server["$${x}"].a.b"#, "${x}"),
    ])
    func `addresses of servers are read and written`(address: String, key: String) throws {
        let read = try #require(ServerAddress(resource: address))
        #expect(read.key == key)
        #expect(address.hasPrefix(read.module + "."))
        #expect(ServerAddress(module: read.module) == read)
    }

    @Test(arguments: [
        #"module.server["a"]"#, #"module.server["a"].module.x.a.b"#, #"module.servers["a"].a.b"#,
        "module.server[0].a.b",
        #"module.server["a.b"#, #"x.module.server["a"].a.b"#, "", #"module.server["a\"#,
    ])
    func `other addresses are nobody's`(address: String) {
        #expect(ServerAddress(resource: address) == nil)
    }
}
