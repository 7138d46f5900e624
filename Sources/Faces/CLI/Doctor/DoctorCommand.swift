import ArgumentParser

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Looks at versions, reachability, rights and clocks, and says what to do.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.perform { console in
            let examinations = try await Wiring.required.examine(common.place)
            console.show(ExaminationView(examinations))
            return examinations.contains { $0.verdict == .failure } ? .failure : .success
        }
    }
}
