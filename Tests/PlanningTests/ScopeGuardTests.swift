import Model
import Planning
import Testing

/// Terraform does exactly what was announced, or nothing.
@Suite struct ScopeGuardTests {
    private let main = StackID(cluster: "lab", name: "main")

    private func change(
        _ server: String, _ kind: PlannedChanges.ResourceAction, _ paths: [String] = []
    ) -> PlannedChanges.ResourceChange {
        .init(
            address: "module.server[\"\(server)\"].proxmox_virtual_environment_vm.this[0]", server: ServerName(server),
            action: kind, replacePaths: paths)
    }

    private func verdict(
        _ announced: [ServerName: ExpectedChange], _ resources: [PlannedChanges.ResourceChange],
        gone: [PlannedChanges.ResourceChange] = [], vanished: Set<ServerName> = []
    ) -> ScopeGuard.Verdict {
        ScopeGuard.check(
            in: main, announced: announced, vanished: vanished,
            changes: PlannedChanges(resources: resources, vanished: gone))
    }

    @Test func equalityPasses() {
        #expect(
            verdict(
                ["a": .create, "b": .update, "c": .delete, "d": .noChange, "e": .adopt],
                [
                    change("a", .create), change("b", .update), change("c", .delete), change("d", .none),
                    change("e", .update), change("f", .none),
                ]) == .pass)
    }

    @Test func anUnannouncedDestroyIsRefusedWhole() {
        #expect(
            verdict(["a": .create], [change("a", .create), change("b", .delete)])
                == .refuse(
                    Sentence(
                        .scopeUnannounced, "b", "delete",
                        "module.server[\"b\"].proxmox_virtual_environment_vm.this[0]", "lab/main")))
    }

    @Test func aForeignAddressIsRefusedUnlessNothingHappensToIt() {
        var foreign = change("x", .update)
        foreign.server = nil
        foreign.address = "random_id.token"
        #expect(
            verdict(["a": .create], [change("a", .create), foreign])
                == .refuse(Sentence(.scopeForeign, "random_id.token", "update", "lab/main")))
        foreign.action = .none
        #expect(verdict(["a": .create], [change("a", .create), foreign]) == .pass)
    }

    @Test func nothingLessIsAccepted() {
        #expect(
            verdict(["a": .create, "b": .update], [change("a", .create)])
                == .setAside(["b": Sentence(.scopeNothing, "b", "update")]))
        #expect(
            verdict(["b": .update], [change("b", .none)])
                == .setAside(["b": Sentence(.scopeNothing, "b", "update")]))
    }

    @Test func aReplaceWhereAnUpdateWasAnnouncedNamesWhatForcesIt() {
        #expect(
            verdict(["a": .update, "b": .update], [change("a", .replace, ["clone[0].vm_id"]), change("b", .update)])
                == .setAside(["a": Sentence(.scopeReplace, "a", "update", "clone[0].vm_id")]))
    }

    @Test func aGuestThatTheProviderLostSightOfIsSetAside() {
        let lost = PlannedChanges.ResourceChange(address: "module.server[\"a\"].x", server: "a", action: .delete)
        #expect(
            verdict(["a": .create], [change("a", .create)], gone: [lost])
                == .setAside(["a": Sentence(.scopeForgotten, "a")]))
        #expect(verdict(["a": .create], [change("a", .create)], gone: [lost], vanished: ["a"]) == .pass)
        #expect(
            verdict(["b": .create], [change("b", .create)], gone: [lost])
                == .refuse(Sentence(.scopeForgottenOther, "module.server[\"a\"].x")))
    }

    @Test func aDestroyWithoutADestroyIsNotDone() {
        let lost = PlannedChanges.ResourceChange(address: "module.server[\"a\"].x", server: "a", action: .delete)
        #expect(verdict(["a": .delete], [], gone: [lost]) == .setAside(["a": Sentence(.scopeForgotten, "a")]))
    }

    @Test func aFailedPlanIsRefused() {
        #expect(
            ScopeGuard.check(in: main, announced: [:], changes: PlannedChanges(isErrored: true))
                == .refuse(Sentence(.scopeErrored, "lab/main")))
    }

    @Test func twoChangesOfOneServerAreOneTooMany() {
        var second = change("a", .create)
        second.address += "2"
        #expect(
            verdict(["a": .create], [change("a", .create), second])
                == .setAside(["a": Sentence(.scopeTwice, "a", "create", "2", "lab/main")]))
    }

    @Test func anotherChangeThanTheAnnouncedOneIsNamedWithItsAddressAndItsStack() {
        let other = change("a", .delete)
        #expect(
            verdict(["a": .update], [other])
                == .setAside(["a": Sentence(.scopeOther, "a", "update", "delete", other.address, "lab/main")]))
    }
}
