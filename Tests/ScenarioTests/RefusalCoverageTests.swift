import Foundation
import Model
import Testing

/// Every sentence with which something is held back, refused or left open is read by somebody in the middle of the night:
/// each is shown once in a transcript that is compared as a whole.
@Suite struct RefusalCoverageTests {
    /// The sentences that hold something back.
    private static let refusals: [SentenceEntry] =
        Catalogue.planningObstacles + Catalogue.planningDoubts + Catalogue.planningRenames + Catalogue.planningRestarts
        + Catalogue.takenNumbers + Catalogue.execution + Catalogue.executionRestarts + Catalogue.executionOrders
        + Catalogue.executionEnds + Catalogue.leftOut + Catalogue.cutOff
        + Catalogue.all.filter { ["execution.guestReplaced", "execution.updatedAnother"].contains($0.code) }
        + Catalogue.recovery

    /// Those that no transcript can show, each with why; what tests them is said.
    private static let unstaged: [SentenceCode: String] = [
        "plan.detail": "only while a plan is made: the guest is read before it is shown (ClassificationTests)",
        "plan.unreadCluster": "a cluster that was never asked; a failed answer has its own words (LiveGuestTests)",
        "plan.unreadState": "what is wrong with the file has its own words (FoundGuestTests)",
        "plan.unlistedNoQuorum": "the listing itself is not trusted then, which is said first (LiveGuestTests)",
        "plan.noNode": "without a node online there is no quorum, which is said first (ResolutionTests)",
        "plan.nodeOffline": "while a node is offline nothing is born, which is said first (ResolutionTests)",
        "plan.templateUnknown": "of a simulated cluster the loader knows the templates (ResolutionTests)",
        "plan.noTemplateFile": "the loader says it first; the planner guards plans of other makes (ResolutionTests)",
        "plan.dependencyCycle": "the loader says it first; the planner guards plans of other makes (PropertyTests)",
        "plan.runningTask": "a simulated task ends within moments (ClassificationTests)",
        "plan.twoServersOneGuest": "takes two servers that are both recorded as one guest, which no command writes",
        "plan.markOtherName": "takes a mark that outlived state and registry of its server (CopiedMarkTests)",
        "plan.earlierLife": "takes a mark that only the registry knows (RebuildTests)",
        "plan.renameBothKnown": "the state has both as well, which is said first (RenameTests)",
        "execution.erroredState": "the plan says the same first, unless it came between (PolicyTests)",
        "execution.unsettled": "takes a disk that fills up while Terraform works (ErroredStateTests, DisasterTests)",
        "execution.afterMissing": "takes a plan that somebody took steps out of (StrayReferenceTests)",
        "execution.windowClosed": "takes a window that closes while a run is under way (StandingOrdersTests)",
        "execution.pausedMeanwhile": "takes a pause that begins while a run is under way (StandingOrdersTests)",
        "execution.planRejected": "takes a no while a run is under way (StandingOrdersTests)",
        "execution.yesTakenBack": "takes a yes that is taken back while a run is under way (StandingOrdersTests)",
        "execution.policyTightened": "takes a policy that changes while a run is under way (StandingOrdersTests)",
        "execution.brokenMeanwhile": "takes a mistake that is made while a run is under way (StandingOrdersTests)",
        "execution.heldAtShutdown": "takes a word between a shutdown and its removal (StandingOrdersTests)",
        "execution.declaredMeanwhile": "takes a document that comes back while a run is under way (OrdersAtWorkTests)",
        "execution.undeclaredMeanwhile": "takes a document that goes while a run is under way (OrdersAtWorkTests)",
        "execution.redeclaredMeanwhile": "takes a document that changes while a run is under way (OrdersAtWorkTests)",
        "execution.startHeld": "takes a pause that begins while a guest is made (OrdersAtWorkTests)",
        "execution.powerCut": "takes a death in the moment of one call (CutRunTests)",
        "execution.notRestarted": "takes a start that is reported and does not happen (RestartBatchTests)",
        "execution.stillPending": "takes a change between the start and the look after it (RestartBatchTests)",
        "plan.approveRebuild": "the plan says that it waits for approval in fewer words (RebuildTests)",
        "pass.goneOutstanding": "takes a row that is lost between plan and apply (RestartBatchTests)",
        "recovery.waiting": "names a process and a path that differ in every run (KillTests)",
        "recovery.unreadable": "takes a journal that another version wrote (RecoveryTests)",
    ]

    /// Why a step is there, which holds nothing back.
    private static let reasons: Set<SentenceCode> = ["plan.renameObject", "plan.renameRow"]

    /// All transcripts, and the table of faults, as one line.
    private static func shown() throws -> String {
        let files = try FileManager.default.contentsOfDirectory(atPath: ScenarioTests.directory.path)
            .filter { $0.hasSuffix(".expected") }.map { ScenarioTests.directory.appending(path: $0) }
        let root = ScenarioTests.directory.deletingLastPathComponent().deletingLastPathComponent()
        let all = try (files + [root.appending(path: "docs/reliability.md")])
            .map { try String(contentsOf: $0, encoding: .utf8) }
        return all.joined(separator: "\n")
    }

    /// Whether a line has the words of the sentence, with anything in its places.
    private static func isShown(_ entry: SentenceEntry, in lines: [Substring]) -> Bool {
        let words = entry.english.what.replacing(/\{\d+(\|[^}]*)?\}/, with: "\u{0}").split(separator: "\u{0}")
        return lines.contains { line in
            var rest = line[...]
            for part in words {
                guard let range = rest.range(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
            return true
        }
    }

    @Test("every refusal is in a golden transcript, or it is said why it cannot be")
    func everyRefusalIsShown() throws {
        let lines = try Self.shown().split(separator: "\n")
        for entry in Self.refusals where !Self.reasons.contains(entry.code) {
            let isShown = Self.isShown(entry, in: lines)
            if let reason = Self.unstaged[entry.code] {
                #expect(!isShown, "\(entry.code.rawValue) is shown after all, and need not be excused: \(reason)")
            } else {
                #expect(isShown, "no transcript shows \(entry.code.rawValue): \(entry.english.what)")
            }
        }
        let known = Set(Self.refusals.map(\.code))
        for code in Self.unstaged.keys { #expect(known.contains(code), "\(code.rawValue) is no refusal") }
    }

    @Test("every refusal says what to do")
    func everyRefusalHasARemedy() {
        for entry in Self.refusals where !entry.english.why.isEmpty {
            #expect(!entry.english.remedy.isEmpty, "\(entry.code.rawValue) says why, and not what to do")
        }
    }
}
