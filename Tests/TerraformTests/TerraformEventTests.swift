import Model
import Terraform
import Testing

@Suite("Terraform's events")
struct TerraformEventTests {
    private func event(_ line: String) -> TerraformEvent? { TerraformEvent(line: Array(line.utf8)) }

    @Test func `hooks name their server`() {
        let hook = #""hook":{"resource":{"addr":"module.server[\"a\"].x.y"},"action":"create","elapsed_seconds":12}"#
        let expected = TerraformEvent.Hook(address: #"module.server["a"].x.y"#, action: "create")
        #expect(expected.server == "a")
        #expect(event(#"{"type":"apply_start",\#(hook)}"#) == .started(expected))
        #expect(event(#"{"type":"apply_progress",\#(hook)}"#) == .progressed(expected, seconds: 12))
        #expect(event(#"{"type":"apply_complete",\#(hook)}"#) == .completed(expected, seconds: 12))
        #expect(event(#"{"type":"apply_errored",\#(hook)}"#) == .errored(expected, seconds: 12))
        let change = #""change":{"resource":{"addr":"module.server[\"a\"].x.y"},"action":"create"}"#
        #expect(event(#"{"type":"planned_change",\#(change)}"#) == .plannedChange(expected))
        #expect(event(#"{"type":"resource_drift",\#(change)}"#) == .drift(expected))
    }

    @Test func `versions, summaries and messages are read`() {
        #expect(
            event(#"{"type":"version","terraform":"1.11.4","ui":"1.2"}"#) == .version(terraform: "1.11.4", ui: "1.2"))
        #expect(event(#"{"type":"version","tofu":"1.9.0","ui":"1.2"}"#) == .version(terraform: "1.9.0", ui: "1.2"))
        #expect(
            event(
                #"{"type":"change_summary","changes":{"add":1,"change":2,"import":0,"remove":3,"operation":"apply"}}"#)
                == .summary(add: 1, change: 2, remove: 3, operation: "apply"))
        let address = #"module.server["b"].x.y"#
        let line = #"""
            {"type":"diagnostic","diagnostic":
            {"severity":"error","summary":"s","detail":"d","address":"module.server[\"b\"].x.y"}}
            """#
        #expect(event(line) == .diagnostic(.init(severity: .error, summary: "s", detail: "d", address: address)))
    }

    @Test func `what is unknown is passed by, and half a line is nothing`() {
        #expect(event(#"{"type":"ephemeral_op_start","hook":{}}"#) == .other(type: "ephemeral_op_start"))
        #expect(event(#"{"type":"later_invention","x":[1]}"#) == .other(type: "later_invention"))
        #expect(event(#"{"type":"apply_start"}"#) == .other(type: "apply_start"))
        #expect(event(#"{"type":"apply_comp"#) == nil)
        #expect(event("There are some problems with the CLI configuration:") == nil)
        #expect(event("") == nil)
        #expect(event("[]") == nil)
    }
}
