import Model
import Testing

@testable import CLI

@Suite("What Terraform is not told by hand")
struct HandRunTests {
    @Test(
        "The end of a whole stack, however it is said",
        arguments: [
            ["destroy"], ["-chdir=x", "destroy", "-target=a"], ["apply", "-destroy"], ["apply", "--destroy"],
            ["plan", "-destroy=true", "-out", "p"], ["destroy", "-auto-approve"],
        ])
    func destroy(arguments: [String]) {
        #expect(HandRun.refusal(of: arguments, inStack: "lab/main") == Sentence("edge.handDestroy", "lab/main"))
    }

    @Test("To ask nobody", arguments: [["apply", "-auto-approve"], ["apply", "--auto-approve=true"]])
    func unasked(arguments: [String]) {
        #expect(HandRun.refusal(of: arguments, inStack: "lab/main") == Sentence("edge.handUnasked", "lab/main"))
    }

    @Test(
        "All else is the operator's",
        arguments: [
            [], ["plan"], ["apply"], ["apply", "-auto-approve=false"], ["state", "list"], ["show", "-json"],
            ["state", "rm", "module.server[\"destroy\"]"], ["apply", "-target=module.server[\"-destroy\"]"],
        ])
    func others(arguments: [String]) {
        #expect(HandRun.refusal(of: arguments, inStack: "lab/main") == nil)
    }
}
