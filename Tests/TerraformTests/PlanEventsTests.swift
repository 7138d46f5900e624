import Model
import Terraform
import Testing

@Suite("What a plan says while it is made")
struct PlanEventsTests {
    private static func hook(_ server: String, _ action: String = "create") -> TerraformEvent.Hook {
        .init(address: "module.server[\"\(server)\"].x.y", action: action)
    }

    private func births(_ events: [TerraformEvent]) -> PlannedChanges? {
        var said = PlanEvents()
        for event in events { said.note(event, Redaction([])) }
        return said.births
    }

    private static let two = TerraformEvent.summary(add: 2, change: 0, remove: 0, operation: "plan")

    @Test func `births and nothing else are a whole plan`() throws {
        let found = try #require(
            births([.plannedChange(Self.hook("b")), .plannedChange(Self.hook("a")), Self.two]))
        #expect(found.resources.map(\.server) == ["a", "b"])
        #expect(found.resources.allSatisfy { $0.action == .create })
        #expect(found.isApplyable && !found.isErrored && found.vanished.isEmpty)
    }

    @Test(
        "Whatever else a plan does, or does not count, has to be read from the plan itself",
        arguments: [
            [.plannedChange(hook("a")), .plannedChange(hook("b", "update")), two],
            [.plannedChange(hook("a")), .plannedChange(hook("b", "replace")), two],
            [.plannedChange(hook("a")), .plannedChange(hook("b")), .plannedChange(hook("c", "delete")), two],
            [.drift(hook("a", "delete")), .plannedChange(hook("a")), .plannedChange(hook("b")), two],
            [.plannedChange(hook("a")), two],
            [.plannedChange(hook("a")), .plannedChange(hook("b"))],
            [
                .plannedChange(hook("a")), .plannedChange(hook("b")),
                .summary(add: 2, change: 0, remove: 1, operation: "plan"),
            ],
            [
                .plannedChange(hook("a")), .plannedChange(hook("b")),
                .summary(add: 2, change: 0, remove: 0, operation: "apply"),
            ],
            [.summary(add: 0, change: 0, remove: 0, operation: "plan")],
            [],
        ] as [[TerraformEvent]])
    func others(_ events: [TerraformEvent]) { #expect(births(events) == nil) }
}
