import Model
import Processes
import Terraform
import Testing

@Suite("What goes wrong with Terraform, in sentences")
struct FailureSentenceTests {
    private static let failures: [TerraformFailure] = [
        .binaryMissing(looked: "/usr/bin"), .binaryTooOld(path: "/usr/bin/terraform", version: "1.5.7"),
        .binaryUnusable(path: "/usr/bin/terraform", reason: "exit code 1"),
        .locked(path: "/x/.plumb.lock", holder: nil),
        .file(path: "/x", reason: "No space left on device"), .malformed(path: "/x", reason: "it is not an object"),
        .program(.notFound(executable: "terraform")), .vanished(command: "apply"), .left(run: "apply-7"), .stalePlan,
        .refused(command: "plan", [TerraformDiagnostic(severity: .error, summary: "No such node")]),
    ]

    @Test(arguments: failures)
    func `every failure has a whole sentence in every language`(failure: TerraformFailure) {
        for language in Language.allCases {
            let text = Catalogue.paragraph(of: failure.sentence, in: language)
            #expect(!text.contains("{"))
            for argument in failure.sentence.arguments { #expect(text.contains(argument)) }
        }
    }

    @Test func `only what passes by itself is tried again`() {
        let retried = Self.failures.filter { $0.stepFailure.retry != .never }.map(\.sentence.code)
        #expect(Set(retried) == ["terraform.locked", "terraform.vanished", "terraform.left", "terraform.stalePlan"])
    }
}
