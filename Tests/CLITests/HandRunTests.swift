import Model
import Testing

@testable import CLI

@Suite("What Terraform is not told by hand")
struct HandRunTests {
    @Test(
        "The end of a whole stack, however it is said",
        arguments: [
            ["destroy"], ["-chdir=x", "destroy", "-target=a"], ["apply", "-destroy"], ["apply", "--destroy"],
            ["destroy", "-auto-approve"],
        ])
    func destroy(arguments: [String]) {
        #expect(HandRun.refusal(of: arguments, inStack: "lab/main") == Sentence("edge.handDestroy", "lab/main"))
    }

    @Test(
        "To ask nobody",
        arguments: [
            (["apply", "-auto-approve"], "apply -auto-approve"),
            (["apply", "--auto-approve=true"], "apply -auto-approve"),
            (["apply", "p"], "apply p"), (["apply", "-target", "a", "-lock=false", "p"], "apply p"),
        ])
    func unasked(arguments: [String], words: String) {
        #expect(HandRun.refusal(of: arguments, inStack: "lab/main") == Sentence("edge.handUnasked", "lab/main", words))
    }

    @Test(
        "All else is the operator's",
        arguments: [
            [], ["plan"], ["plan", "-destroy"], ["apply"], ["apply", "-auto-approve=false"], ["state", "list"],
            ["show", "-json", "p"], ["state", "rm", "module.server[\"destroy\"]"], ["apply", "-target", "destroy"],
            ["apply", "-target=module.server[\"-destroy\"]", "-var", "a=b"],
        ])
    func others(arguments: [String]) {
        #expect(HandRun.refusal(of: arguments, inStack: "lab/main") == nil)
    }
}
