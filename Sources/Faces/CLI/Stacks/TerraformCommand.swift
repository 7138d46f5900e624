import ArgumentParser
import Model

struct TerraformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terraform",
        abstract: "Runs Terraform by hand in a stack, with the environment that Plumb gives it.",
        discussion: "Example: plumb terraform lab/main -- plan")

    @OptionGroup var common: CommonOptions

    @Argument(help: "CLUSTER/STACK, or the stack's name where only one cluster has it.")
    var stack: String

    @Argument(parsing: .postTerminator, help: "What Terraform is told.")
    var arguments: [String] = []

    func run() async throws {
        try await common.perform { _ in
            let code = try await Wiring.required.terraform(common.place, stack, arguments)
            // Terraform's own exit code is the answer, whatever it means there.
            if code != 0 { throw ExitCode(code) }
            return .success
        }
    }

    /// Words that are Terraform's and do not stand behind `--`: the parser would speak of an unexpected argument or an
    /// unknown option of ours.
    ///
    /// - Parameter arguments: what follows the verb.
    static func slip(in arguments: ArraySlice<String>) -> Sentence? {
        guard !arguments.contains("--") else { return nil }
        var rest = arguments
        var words: [String] = []
        while let word = rest.popFirst() {
            if valued.contains(word) {
                _ = rest.popFirst()
            } else if !help.contains(word), !valued.contains(where: { word.hasPrefix($0 + "=") }) {
                words.append(word)
            }
        }
        guard let stack = words.first, !stack.hasPrefix("-"), words.count > 1 else { return nil }
        return Sentence("cli.terraformDashes", stack, words.dropFirst().joined(separator: " "))
    }

    /// Options of ours that take a value.
    private static let valued: Set<String> = ["--output", "--config", "--state", "--lang"]
    private static let help: Set<String> = ["-h", "--help"]
}
