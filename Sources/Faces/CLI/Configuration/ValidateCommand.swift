import ArgumentParser

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Reads the configuration and says what is wrong with it.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.perform { console in
            let report = try await Wiring.required.check(common.place)
            report.remark(on: console)
            console.show(ConfigurationView(report))
            return report.hasErrors ? .failure : .success
        }
    }
}
