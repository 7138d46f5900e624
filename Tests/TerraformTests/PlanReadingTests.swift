import JSONArena
import Model
import Terraform
import Testing

@Suite("Reading a plan")
struct PlanReadingTests {
    private func plan(_ changes: String, drift: String = "[]", rest: String = #","errored":false,"applyable":true"#)
        throws -> PlanFile
    {
        let text = #"{"format_version":"1.2","resource_changes":\#(changes),"resource_drift":\#(drift)\#(rest)}"#
        return try PlanFile(parsing: Array(text.utf8))
    }

    private func change(_ actions: String, more: String = "", inside: String = "") -> String {
        #"[{"address":"module.server[\"a\"].x.y","mode":"managed"\#(more),"change":{"actions":\#(actions)\#(inside)}}]"#
    }

    @Test func `a plan of the real provider is read with its values`() throws {
        let plan = try PlanFile(parsing: Array(ProviderSamples.plan.utf8))
        #expect(plan.terraformVersion == "1.11.4")
        #expect(plan.isApplyable && plan.isComplete && !plan.isErrored)
        #expect(plan.changes.map(\.action) == [.create, .create])
        #expect(plan.changes.map(\.server) == [nil, nil])
        let vm = try #require(plan.changes.last?.after)
        #expect(GuestSettings(attributes: vm, of: .vm).memory == 2048)
        #expect(plan.changes.last?.before?.isNull == true)
    }

    @Test(arguments: [
        (#"["no-op"]"#, PlannedChanges.ResourceAction.none), (#"["create"]"#, .create), (#"["read"]"#, .read),
        (#"["update"]"#, .update), (#"["delete"]"#, .delete), (#"["delete","create"]"#, .replace),
        (#"["create","delete"]"#, .replace), (#"["forget"]"#, .forget),
    ])
    func `actions are one value`(actions: String, action: PlannedChanges.ResourceAction) throws {
        let changes = try plan(change(actions)).plannedChanges
        #expect(changes.resources.map(\.action) == [action])
        #expect(changes.resources.map(\.server) == ["a"])
    }

    @Test func `an action that is not known makes the plan unreadable`() {
        #expect(throws: Tfvars.Malformed.self) { try plan(change(#"["obliterate"]"#)) }
        #expect(throws: Tfvars.Malformed.self) { try plan(change("[]")) }
        #expect(throws: Tfvars.Malformed.self) { try PlanFile(parsing: Array(#"{"format_version":"2.0"}"#.utf8)) }
    }

    @Test func `what forces a replacement is written as a path`() throws {
        let inside = #","replace_paths":[["disk",0,"interface"],["vm_id"],["tags","a\"b"]]"#
        let read = try plan(
            change(#"["delete","create"]"#, more: #","action_reason":"replace_because_cannot_update""#, inside: inside))
        #expect(read.changes.first?.replacePaths == ["disk[0].interface", "vm_id", #"tags.a"b"#])
        #expect(read.changes.first?.actionReason == "replace_because_cannot_update")
    }

    @Test(arguments: [("delete", "pve2", true), ("delete", "pve1", false), ("update", "pve2", false)])
    func `what would be destroyed where it does not stand any more is named`(
        action: String, found: String, isNamed: Bool
    ) throws {
        let address = #""address":"module.server[\"a\"].x.y""#
        let changes = #"[{\#(address),"change":{"actions":["\#(action)"],"before":{"node_name":"pve1"}}}]"#
        let drift = #"[{\#(address),"change":{"actions":["update"],"after":{"node_name":"\#(found)"}}}]"#
        let named = try plan(changes, drift: drift).endsElsewhere
        #expect(named == (isNamed ? [#"module.server["a"].x.y"#] : []))
        #expect(try plan(changes).endsElsewhere.isEmpty)
    }

    @Test func `a guest that the refresh lost is said, and an update that it saw is not`() throws {
        let drift = #"""
            [{"address":"module.server[\"a\"].x.y","change":{"actions":["delete"]}},
            {"address":"module.server[\"b\"].x.y","change":{"actions":["update"]}}]
            """#
        #expect(try plan("[]", drift: drift).plannedChanges.vanished.map(\.server) == ["a"])
    }

    @Test func `a left-over object is not the server, and an unsaid error is one`() throws {
        let read = try plan(change(#"["delete"]"#, more: #","deposed":"ab12""#), rest: "")
        #expect(read.plannedChanges.resources.map(\.server) == [nil])
        #expect(read.isErrored)
        #expect(read.isApplyable)
    }

    @Test func `reads of data are nobody's change`() throws {
        let data = #"[{"address":"data.x.y","mode":"data","change":{"actions":["read"]}}]"#
        #expect(try plan(data).changes.isEmpty)
    }
}
