import Model
import Terraform
import Testing

/// What an import would change of a guest is listed attribute by attribute, and nothing is left out.
@Suite("Reading the plan of an import") struct ImportedChangesTests {
    private func changes(
        before: String, after: String, unknown: String = "{}", importing: String = #"{"id":"pve1/100"}"#
    ) throws -> [AttributeChange] {
        let text = #"""
            {"format_version":"1.2","errored":false,"resource_changes":[{"address":"module.server[\"a\"].x.y",
            "mode":"managed","change":{"actions":["update"],"importing":\#(importing),"before":\#(before),
            "after":\#(after),"after_unknown":\#(unknown)}}]}
            """#
        let plan = try PlanFile(parsing: Array(text.utf8))
        return plan.plannedChanges.resources.flatMap(\.imported)
    }

    @Test func `a changed value has the name that the YAML has for it`() throws {
        let found = try changes(
            before: #"{"cpu":[{"cores":2}],"memory":[{"dedicated":1024}],"pool_id":null,"on_boot":false}"#,
            after: #"{"cpu":[{"cores":4}],"memory":[{"dedicated":1024}],"pool_id":"shop","on_boot":true}"#)
        #expect(
            found == [
                AttributeChange(path: "cores", before: "2", after: "4"),
                AttributeChange(path: "pool", before: nil, after: "shop"),
                AttributeChange(path: "onBoot", before: "false", after: "true"),
            ])
    }

    @Test func `what the YAML cannot say keeps the provider's name`() throws {
        let found = try changes(
            before: #"{"network_device":[{"bridge":"vmbr0","firewall":true}],"disk":[{"discard":"on","size":8}]}"#,
            after: #"{"network_device":[{"bridge":"vmbr0","firewall":false}],"disk":[{"discard":"ignore","size":8}]}"#)
        #expect(found.map(\.path) == ["network_device[0].firewall", "disk[0].discard"])
    }

    @Test func `a block that comes or goes is a change`() throws {
        #expect(
            try changes(before: #"{"initialization":[]}"#, after: #"{"initialization":[{"interface":"ide2"}]}"#).count
                == 1)
        #expect(
            try changes(before: #"{"disk":[{"size":8},{"size":9}]}"#, after: #"{"disk":[{"size":8}]}"#).map(\.path) == [
                "disks[1].size"
            ])
    }

    @Test func `a cloud-init drive that comes is no address`() throws {
        let found = try changes(
            before: #"{"initialization":[]}"#,
            after: #"{"initialization":[{"datastore_id":"ssd","ip_config":[{"ipv4":[{"address":"dhcp"}]}]}]}"#)
        #expect(
            found == [
                AttributeChange(path: "cloudInit", before: nil, after: "ssd"),
                AttributeChange(path: "networks.address", before: nil, after: "dhcp"),
            ])
    }

    @Test func `nothing, the provider's own settings, and what only an apply can tell are no changes of the guest`()
        throws
    {
        let found = try changes(
            before: #"{"a":null,"b":"","c":[],"tags":["x","y"],"description":"d","timeout_clone":null,"mac":"1"}"#,
            after:
                #"{"a":"","b":null,"tags":["y","x"],"description":"d\n","timeout_clone":1800,"reboot_after_update":false}"#,
            unknown: #"{"mac":true}"#)
        #expect(found == [])
    }

    @Test func `what Proxmox does where a guest says nothing is no change, and anything else is`() throws {
        let found = try changes(
            before: #"{"agent":[],"cpu":[],"on_boot":null,"network_device":[{"bridge":"vmbr0"}]}"#,
            after: #"""
                {"agent":[{"enabled":false,"type":"virtio"}],"cpu":[{"cores":1,"type":"x86-64-v2-AES"}],"on_boot":true,
                "network_device":[{"bridge":"vmbr0","firewall":false}]}
                """#)
        #expect(found.map(\.path) == ["cpu[0].type", "onBoot"])
        // A value that is there is not the usual one by being left out.
        #expect(
            try changes(before: #"{"cpu":[{"cores":4}]}"#, after: #"{"cpu":[{"cores":1}]}"#).map(\.path) == ["cores"])
    }

    @Test func `a password is not repeated`() throws {
        let found = try changes(
            before: #"{"initialization":[{"user_account":[{"password":"old"}]}]}"#,
            after: #"{"initialization":[{"user_account":[{"password":"new"}]}]}"#)
        #expect(found.map(\.path) == ["initialization[0].user_account[0].password"])
        #expect(found.allSatisfy { $0.before == nil && $0.after == nil })
    }

    @Test func `a plan that imports nothing says nothing of this`() throws {
        #expect(try changes(before: #"{"a":1}"#, after: #"{"a":2}"#, importing: "null") == [])
    }
}
