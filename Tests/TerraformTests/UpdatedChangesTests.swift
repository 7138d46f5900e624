import Model
import Terraform
import Testing

/// What an update would do to disks, network devices, numbers and switches is found in its plan, and what the provider computes
/// is not.
@Suite("Reading the plan of an update") struct UpdatedChangesTests {
    private func changes(
        before: String, after: String, unknown: String = "{}", action: String = "update", importing: String = "null"
    ) throws -> [AttributeChange] {
        let text = #"""
            {"format_version":"1.2","errored":false,"resource_changes":[{"address":"module.server[\"a\"].x.y",
            "mode":"managed","change":{"actions":["\#(action)"],"importing":\#(importing),"before":\#(before),
            "after":\#(after),"after_unknown":\#(unknown)}}]}
            """#
        let plan = try PlanFile(parsing: Array(text.utf8))
        return plan.plannedChanges.resources.flatMap(\.updated)
    }

    private static let one = #"{"interface":"scsi0","size":8,"datastore_id":"local-lvm"}"#
    private static let other = #"{"interface":"scsi1","size":100,"datastore_id":"ceph"}"#

    @Test("a disk that comes or goes is one change, whatever place the others get by it")
    func disksComeAndGo() throws {
        let (one, other) = (Self.one, Self.other)
        let both = #"{"disk":[\#(other),\#(one)]}"#
        let gone = AttributeChange(path: "disks[scsi1]", before: "100GiB on ceph", after: nil)
        #expect(try changes(before: both, after: #"{"disk":[\#(one)]}"#) == [gone])
        let come = AttributeChange(path: "disks[scsi1]", before: nil, after: "100GiB on ceph")
        #expect(try changes(before: #"{"disk":[\#(one)]}"#, after: both) == [come])
        #expect(try changes(before: both, after: #"{"disk":[\#(one),\#(other)]}"#) == [])
        #expect(try changes(before: both, after: #"{"disk":[]}"#).map(\.path) == ["disks[scsi1]", "disks[scsi0]"])
    }

    @Test("a disk that grows or moves says from what to what")
    func disksChange() throws {
        let found = try changes(
            before: #"{"disk":[\#(Self.one)]}"#,
            after: #"{"disk":[{"interface":"scsi0","size":20,"datastore_id":"ceph"}]}"#)
        #expect(
            found == [
                AttributeChange(path: "disks[scsi0].size", before: "8", after: "20"),
                AttributeChange(path: "disks[scsi0].datastore", before: "local-lvm", after: "ceph"),
            ])
        let rootfs = try changes(before: #"{"disk":[{"size":8}]}"#, after: #"{"disk":[{"size":9}]}"#)
        #expect(rootfs.map(\.path) == ["disks[rootfs].size"])
    }

    @Test("a network device that comes, goes or becomes another is a change")
    func devices() throws {
        let before = #"{"network_device":[{"bridge":"vmbr0","vlan_id":0,"mac_address":"BC:24:11:00:00:01"}]}"#
        let moved = #"{"network_device":[{"bridge":"vmbr1","vlan_id":7,"mac_address":"BC:24:11:00:00:02"}]}"#
        #expect(
            try changes(before: before, after: moved).map(\.path) == [
                "networks[0].bridge", "networks[0].vlan", "networks[0].mac",
            ])
        #expect(try changes(before: before, after: #"{"network_device":[]}"#).map(\.path) == ["networks[0]"])
        let two = #"{"network_interface":[{"bridge":"vmbr0"},{"bridge":"vmbr2"}]}"#
        let added = try changes(before: #"{"network_interface":[{"bridge":"vmbr0"}]}"#, after: two)
        #expect(added == [AttributeChange(path: "networks[1]", before: nil, after: "vmbr2")])
    }

    @Test("numbers and switches have the names that the YAML has for them")
    func plain() throws {
        let found = try changes(
            before:
                #"{"cpu":[{"cores":2,"sockets":1}],"memory":[{"dedicated":1024}],"on_boot":true,"protection":true}"#,
            after: #"{"cpu":[{"cores":4,"sockets":2}],"memory":[{"dedicated":512}],"on_boot":false,"protection":false}"#
        )
        #expect(found.map(\.path) == ["cores", "sockets", "memory", "onBoot", "protection"])
    }

    @Test("a cloud-init drive that comes is said, and what of an account comes with it")
    func cloudInit() throws {
        let drive = AttributeChange(path: "cloudInit", before: nil, after: "drive")
        let user = AttributeChange(path: "cloudInit.user", before: nil, after: "debian")
        let address = #"{"ip_config":[{"ipv4":[{"address":"dhcp"}]}]}"#
        let account = #"{"user_account":[{"username":"debian","keys":[],"password":null}]}"#
        let secrets = #"{"user_account":[{"username":null,"keys":["ssh-ed25519 AAAA"],"password":"secret"}]}"#
        for before in ["{}", #"{"initialization":[]}"#, #"{"initialization":null}"#] {
            #expect(try changes(before: before, after: #"{"initialization":[\#(address)]}"#) == [drive])
            #expect(try changes(before: before, after: #"{"initialization":[\#(account)]}"#) == [drive, user])
            #expect(
                try changes(before: before, after: #"{"initialization":[\#(secrets)]}"#) == [
                    drive, AttributeChange(path: "cloudInit.passwordFrom", before: nil, after: "set"),
                    AttributeChange(path: "cloudInit.sshKeys", before: nil, after: "set"),
                ])
            #expect(try changes(before: before, after: before) == [])
            #expect(try changes(before: before, after: "{}", unknown: #"{"initialization":true}"#) == [])
        }
        let both = #"{"initialization":[\#(address)]}"#
        #expect(try changes(before: both, after: #"{"initialization":[\#(account)]}"#) == [])
        #expect(try changes(before: both, after: #"{"initialization":[]}"#) == [])
        // A container's block has no drive.
        #expect(try changes(before: "{}", after: #"{"initialization":[{"hostname":"a"}]}"#) == [])
    }

    @Test("what the provider computes, fills in or spells in another way holds no update up")
    func noise() throws {
        let before = #"""
            {"disk":[{"interface":"scsi0","size":8,"path_in_datastore":"vm-100-disk-0","aio":"io_uring"}],
            "network_device":[{"bridge":"vmbr0","mac_address":"bc:24:11:00:00:01","vlan_id":null}],
            "agent":[],"cpu":[{"cores":2,"units":1024}],"tags":["x"],"vga":[]}
            """#
        let after = #"""
            {"disk":[{"interface":"scsi0","size":8,"aio":"native"}],
            "network_device":[{"bridge":"vmbr0","mac_address":"BC:24:11:00:00:01","vlan_id":0}],
            "agent":[{"enabled":true}],"cpu":[{"cores":2}],"tags":["y"],"timeout_clone":1800}
            """#
        let unknown = #"{"disk":[{"path_in_datastore":true}],"network_device":[{}],"cpu":[{"units":true}],"vga":true}"#
        #expect(try changes(before: before, after: after, unknown: unknown) == [])
        let allUnknown = #"{"disk":true,"network_device":true}"#
        #expect(try changes(before: before, after: #"{"cpu":[{"cores":2}]}"#, unknown: allUnknown) == [])
        // A root that says nothing of the devices leaves them as they are.
        #expect(
            try changes(before: #"{"network_device":[{"bridge":"vmbr0"}]}"#, after: #"{"network_device":null}"#) == [])
    }

    @Test("an import that changes something says the same as an update, and a plan that makes says nothing of this")
    func others() throws {
        let (one, other) = (Self.one, Self.other)
        let (before, after) = (#"{"disk":[\#(one),\#(other)]}"#, #"{"disk":[\#(one)]}"#)
        let gone = AttributeChange(path: "disks[scsi1]", before: "100GiB on ceph", after: nil)
        let id = #"{"id":"pve1/100"}"#
        #expect(try changes(before: before, after: after, importing: id) == [gone])
        #expect(try changes(before: before, after: before, action: "no-op", importing: id) == [])
        #expect(try changes(before: "null", after: before, action: "create") == [])
    }
}
