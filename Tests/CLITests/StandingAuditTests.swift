import Model
import Reconciliation
import Testing

@testable import CLI

@Suite("What an audit found goes with its cause")
struct StandingAuditTests {
    private static let address = #"module.server["web-01"].proxmox_virtual_environment_vm.vm[0]"#

    /// A stack whose state holds `web-01`, and these addresses beside it.
    private func look(foreign: [String] = [], files: [String] = []) -> StackObservation {
        let resource = StateResource(
            server: "web-01", address: Self.address, type: .vm, vmid: VMID(100), node: "pve1",
            settings: GuestSettings())
        let state = TerraformState(serial: 3, lineage: "a", resources: [resource], foreign: foreign)
        var look = StackObservation(id: Samples.stack, state: .present(state))
        look.foreignFiles = files
        return look
    }

    private func audit(_ result: StackAudit.Result) -> StackAudit {
        StackAudit(stack: Samples.stack, endedAt: Samples.noon, result: result)
    }

    private func unclean(_ changes: [(String, PlannedChanges.ResourceAction)]) -> StackAudit {
        audit(.unclean(changes.map { AuditedChange(address: $0.0, server: nil, action: $0.1) }))
    }

    @Test("Other people's files hold it up for as long as they are there")
    func foreignFiles() {
        let held = audit(.failed(Sentence("terraform.foreignFiles", "1", "/x/extra.tf")))
        #expect(held.standing(beside: look(files: ["/x/extra.tf"])) == held)
        #expect(held.standing(beside: look()) == nil)
        // Whether Terraform could plan now, only Terraform knows.
        let failed = audit(.failed(Sentence("terraform.vanished", "plan")))
        #expect(failed.standing(beside: look()) == failed)
    }

    @Test("Of a resource that the state does not have any more nothing is to be changed")
    func resources() {
        let pool = "proxmox_virtual_environment_pool.by_hand"
        let both = unclean([(Self.address, .update), (pool, .delete)])
        #expect(both.standing(beside: look(foreign: [pool])) == both)
        #expect(both.standing(beside: look()) == unclean([(Self.address, .update)]))
        #expect(unclean([(pool, .delete)]).standing(beside: look()) == nil)
        let deposed = unclean([(pool, .delete)])
        #expect(deposed.standing(beside: look(foreign: [pool + " (deposed object 0a1b2c3d)"])) == deposed)
        // What would be made is in no state yet.
        let made = unclean([("module.server[\"web-02\"].x.vm[0]", .create)])
        #expect(made.standing(beside: look()) == made)
        // A state that cannot be read says nothing.
        var unread = look()
        unread.state = .unknown(Sentence("terraform.file", "/x", "denied"))
        #expect(both.standing(beside: unread) == both)
        #expect(audit(.clean).standing(beside: look()) == audit(.clean))
    }

    @Test("Neither the list of the fleet nor the doctor repeats it then")
    func shown() {
        let held = audit(.failed(Sentence("terraform.foreignFiles", "1", "/x/extra.tf")))
        func text(_ look: StackObservation) -> String {
            var pass = Samples.pass(Plan())
            pass.survey.observed.stacks = [look]
            var view = FleetView(pass, showsReasons: false)
            view.audits = [held]
            return view.text(in: Page(language: .english))
        }
        func said(_ look: StackObservation) -> [Sentence] {
            AuditExamination.of(look, [held], [], now: Samples.noon).map(\.sentence)
        }
        #expect(text(look(files: ["/x/extra.tf"])).contains("could not be made"))
        #expect(!text(look()).contains("could not be made"))
        #expect(said(look(files: ["/x/extra.tf"])).first?.code == "audit.failed")
        #expect(said(look()) == [])
    }
}
