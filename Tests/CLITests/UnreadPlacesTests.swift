import Model
import Reconciliation
import Testing

@testable import CLI

@Suite("A cluster or a stack that could not be read, for who lists the servers or shows one")
struct UnreadPlacesTests {
    private let reason = Sentence("terraform.file", "/x", "denied")

    /// `web-01` is in the stack of the samples, `web-02` in another one of the same cluster.
    private func pass(_ state: Observation<TerraformState>, distrust: Sentence? = nil) -> PlannedPass {
        let other = StackID(cluster: "lab", name: "other")
        var inventory = ClusterInventory(cluster: "lab", readAt: Samples.noon)
        inventory.distrust = distrust
        var second = Samples.record("web-02", 1002)
        second.stack = other
        var pass = Samples.pass(Plan(), inventory: inventory)
        pass.survey.recorded.servers = [Samples.record("web-01", 1001), second]
        let read = TerraformState(serial: 3, lineage: "a")
        pass.survey.observed.stacks = [
            StackObservation(id: Samples.stack, state: state), StackObservation(id: other, state: .present(read)),
        ]
        return pass
    }

    private func unread(around name: ServerName, in pass: PlannedPass) throws -> [Sentence] {
        let server = try #require(pass.servers.first { $0.name == name })
        return pass.unread(around: server).map(\.reason)
    }

    @Test("Where all was read, nothing is said")
    func whole() throws {
        let looked = pass(.present(TerraformState(serial: 3, lineage: "a")))
        #expect(!looked.isBlind)
        #expect(try unread(around: "web-01", in: looked) == [])
    }

    @Test("A stack is its own servers' matter, and the list's, which names it")
    func stack() throws {
        let looked = pass(.unknown(reason))
        #expect(looked.isBlind)
        #expect(try unread(around: "web-01", in: looked) == [reason])
        #expect(try unread(around: "web-02", in: looked) == [])
        let list = FleetView(looked, showsReasons: false).text(in: Page(language: .english))
        #expect(list.contains("! lab/default: /x: denied"))
    }

    @Test("A cluster is the matter of all its servers")
    func cluster() throws {
        let looked = pass(.present(TerraformState(serial: 3, lineage: "a")), distrust: reason)
        #expect(looked.isBlind)
        for name in ["web-01", "web-02"] as [ServerName] {
            #expect(try unread(around: name, in: looked) == [reason])
        }
    }
}
