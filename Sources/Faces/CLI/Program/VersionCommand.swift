import ArgumentParser
import JSONArena
import Model

struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.perform { console in
            console.show(VersionView())
            return .success
        }
    }
}

/// Which Plumb this is.
enum Version {
    static let text = "0.1.0"

    #if arch(x86_64)
        static let architecture = "x86_64"
    #elseif arch(arm64)
        static let architecture = "arm64"
    #else
        static let architecture = "other"
    #endif
}

private struct VersionView: View {
    func text(in page: Page) -> String { "plumb \(Version.text)" }

    func json(in language: Language) -> JSONValue {
        ["version": .string(Version.text), "architecture": .string(Version.architecture), "apiVersion": "plumb/v1"]
    }
}
