import JSONArena
import Simulation
import Testing

@Suite(
    "The provider sends the requests that were recorded of the real one, in their order",
    .enabled(if: ProviderStage.binary != nil))
struct ProviderRequestTests {
    /// Method and path, the UPIDs taken out, with the form's keys where one was sent.
    private func lines(_ requests: [APIRequest]) -> [String] {
        requests.map { request in
            let path = request.path.split(separator: "/").map { $0.hasPrefix("UPID") ? "UPID" : String($0) }
            var line = "\(request.method.rawValue) /\(path.joined(separator: "/"))"
            if !request.parameters.isEmpty { line += " \(request.parameters.keys.sorted().joined(separator: " "))" }
            return line
        }
    }

    private func requests(
        _ server: JSONValue, _ blueprint: Blueprint = ProviderStage.blueprint,
        _ act: (ProviderStage) async throws -> Void
    ) async throws -> [APIRequest] {
        var found: [APIRequest] = []
        try await ProviderStage.with(blueprint) { stage in
            try stage.write(servers: ["web": server])
            try await stage.apply()
            let birth = stage.takeRequests()
            try await act(stage)
            found = stage.takeRequests()
            if found.isEmpty { found = birth }
        }
        return found
    }

    @Test func `a VM by clone`() async throws {
        var blueprint = ProviderStage.blueprint
        blueprint.templates[0].hasCloudInitDrive = true
        let sent = try await requests(ProviderStage.machine(101), blueprint) { _ in }
        #expect(
            lines(sent) == [
                "POST /nodes/pve1/qemu/9000/clone description full name newid storage",
                "GET /nodes/pve1/tasks/UPID/status", "GET /nodes/pve1/qemu/101/status/current",
                "GET /nodes/pve1/qemu/101/config", "PUT /nodes/pve1/qemu/101/config delete",
                "PUT /nodes/pve1/qemu/101/config agent balloon ciuser cores cpu delete ide2 ipconfig0 memory "
                    + "nameserver net0 numa onboot searchdomain sockets sshkeys tags",
                "GET /nodes/pve1/qemu/101/config", "PUT /nodes/pve1/qemu/101/config scsi0",
                "PUT /nodes/pve1/qemu/101/resize disk size", "GET /nodes/pve1/tasks/UPID/status",
                "GET /cluster/resources type", "GET /nodes/pve1/qemu/101/config",
                "GET /nodes/pve1/qemu/101/status/current",
                "GET /nodes/pve1/storage/local-lvm/content/local-lvm:vm-101-disk-0", "GET /pools", "GET /pools poolid",
            ])
        #expect(sent[0].parameters["newid"] == "101" && sent[0].parameters["full"] == "1")
        #expect(sent[4].parameters["delete"] == "ide2")
        let form = sent[5].parameters
        #expect(form["delete"] == (1..<32).map { "net\($0)" }.joined(separator: ","))
        #expect(form["net0"] == "model=virtio,bridge=vmbr0,firewall=0,tag=42")
        #expect(form["ide2"] == "file=local-lvm:cloudinit" && form["sshkeys"] == "ssh-ed25519%20AAAA%20test")
        #expect(form["agent"] == "enabled=0,fstrim_cloned_disks=0,type=virtio" && form["tags"] == "plumb;web")
        #expect(
            sent[7].parameters["scsi0"]?.hasPrefix("file=local-lvm:vm-101-disk-0,size=4294967296,aio=io_uring") == true)
        #expect(sent[8].parameters == ["disk": "scsi0", "size": "21474836480"])
    }

    @Test func `a VM from nothing`() async throws {
        let sent = try await requests(ProviderStage.machine(101, ["template": nil])) { _ in }
        #expect(
            lines(sent).prefix(2) == [
                "POST /nodes/pve1/qemu acpi agent balloon bios boot ciuser cores cpu description ide2 ipconfig0 "
                    + "keyboard memory name nameserver net0 numa onboot ostype protection scsi0 scsihw searchdomain sockets "
                    + "sshkeys tablet tags template vmid",
                "GET /nodes/pve1/tasks/UPID/status",
            ])
        #expect(sent[0].parameters["boot"] == "order=scsi0;net0")
        #expect(sent[0].parameters["scsi0"]?.hasPrefix("file=local-lvm:20,size=21474836480,aio=io_uring") == true)
    }

    @Test func `a VM's cores, with the name that every update sends`() async throws {
        let sent = try await requests(ProviderStage.machine(101)) { stage in
            try stage.write(servers: ["web": ProviderStage.machine(101, cores: 4)])
            try await stage.apply()
        }
        let update = lines(sent).firstIndex { $0.hasPrefix("PUT") } ?? 0
        #expect(
            Array(lines(sent)[(update - 1)...(update + 1)]) == [
                "GET /nodes/pve1/qemu/101/config",
                "PUT /nodes/pve1/qemu/101/config cores cpu delete name numa sockets",
                "GET /nodes/pve1/qemu/101/status/current",
            ])
        #expect(sent[update].parameters["delete"] == "vcpus,cpulimit")
    }

    @Test func `a VM's destruction asks twice for its status, and never deletes unreferenced disks`() async throws {
        let sent = try await requests(ProviderStage.machine(101)) { stage in
            _ = await stage.request(.post, "/nodes/pve1/qemu/101/status/start")
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 0, "\(run.output)")
        }
        let stop = lines(sent).firstIndex { $0.contains("status/stop") } ?? 0
        #expect(
            Array(lines(sent)[stop...]) == [
                "POST /nodes/pve1/qemu/101/status/stop", "GET /nodes/pve1/tasks/UPID/status",
                "GET /nodes/pve1/qemu/101/status/current",
                "DELETE /nodes/pve1/qemu/101 destroy-unreferenced-disks purge", "GET /nodes/pve1/tasks/UPID/status",
                "GET /nodes/pve1/qemu/101/status/current",
            ])
        #expect(sent.first { $0.method == .delete }?.parameters == ["destroy-unreferenced-disks": "0", "purge": "1"])
    }

    @Test func `a container, its cores and tags, and its destruction`() async throws {
        let birth = try await requests(ProviderStage.container(201)) { _ in }
        #expect(
            lines(birth) == [
                "GET /version",
                "POST /nodes/pve1/lxc arch cmode console cores cpulimit description hostname memory net0 onboot "
                    + "ostemplate ostype protection rootfs ssh-public-keys start storage swap tags template tty "
                    + "unprivileged vmid",
                "GET /nodes/pve1/tasks/UPID/status", "GET /nodes/pve1/lxc/201/status/current",
                "GET /nodes/pve1/lxc/201/config", "GET /nodes/pve1/lxc/201/status/current",
            ])
        #expect(birth[1].parameters["net0"] == "bridge=vmbr0,host-managed=0,ip=dhcp,name=eth0")
        #expect(birth[1].parameters["rootfs"] == "volume=local-lvm:8")
        let change = try await requests(ProviderStage.container(201)) { stage in
            try stage.write(servers: ["web": ProviderStage.container(201, ["cores": 2, "tags": ["db"]])])
            try await stage.apply()
        }
        #expect(lines(change).contains("PUT /nodes/pve1/lxc/201/config arch cores delete tags"))
        let end = try await requests(ProviderStage.container(201)) { stage in
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 0, "\(run.output)")
        }
        #expect(
            lines(end).suffix(4) == [
                "GET /nodes/pve1/lxc/201/status/current", "DELETE /nodes/pve1/lxc/201",
                "GET /nodes/pve1/tasks/UPID/status", "GET /nodes/pve1/lxc/201/status/current",
            ])
    }

    @Test func `an apply of many servers keeps its connection`() async throws {
        // grpc-go sends a PING for nearly every message; with the limits meant for strangers the connection, and with
        // it the provider's configuration, was lost at about the ninetieth server.
        let servers = (0..<130).map { number in
            ("web-\(number)", ProviderStage.machine(1000 + number, ["template": nil]))
        }
        try await ProviderStage.with { stage in
            try stage.write(servers: Dictionary(uniqueKeysWithValues: servers))
            let run = try await stage.apply()
            #expect(run.says("Resources: 130 added"))
        }
    }
}
