import ArgumentParser

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
}
