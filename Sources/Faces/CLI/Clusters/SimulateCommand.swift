import ArgumentParser
import JSONArena
import Model

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Serves a simulated cluster of the configuration on the loopback address.",
        discussion: """
            Prints where it answers, the file with its certificate and its tokens, and serves until it gets a signal. What \
            happens there stays in the state directory. Where another process serves it already, says so and ends.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The cluster; may be left out where only one is simulated.")
    var cluster: String?

    @Option(help: "The port; 0 takes any free one.")
    var port = 0

    @Option(help: .hidden)
    var idle: Int?

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port is between 0 and 65535.") }
    }

    func run() async throws {
        try await common.perform { console in
            let request = SimulationRequest(cluster: cluster.map { ClusterName($0) }, port: port, idle: idle)
            try await Wiring.required.simulate(common.place, request) { console.show(SimulatedFaceView(face: $0)) }
            return .success
        }
    }
}

/// Where a simulated cluster answers.
struct SimulatedFaceView: View {
    var face: SimulatedFace

    func text(in page: Page) -> String {
        var lines: [String] = []
        if let process = face.servedBy {
            lines.append(
                page.what(
                    "view.simulate.served", face.cluster.text, face.endpoint, face.certificateFile, String(process)))
        } else {
            lines.append(page.what("view.simulate.ready", face.cluster.text, face.endpoint, face.certificateFile))
        }
        lines += face.tokens.map { page.what("view.simulate.token", $0) }
        if let example { lines.append(page.what("view.simulate.try", example)) }
        return lines.joined(separator: "\n")
    }

    /// A call that any shell can make.
    private var example: String? {
        face.tokens.first.map { token in
            "curl --cacert '\(face.certificateFile)' -H 'Authorization: PVEAPIToken=\(token)' "
                + "\(face.endpoint)/api2/json/cluster/resources"
        }
    }

    func json(in language: Language) -> JSONValue {
        [
            "cluster": .string(face.cluster.text), "endpoint": .string(face.endpoint),
            "certificateFile": .string(face.certificateFile),
            "servedBy": face.servedBy.map { .int(Int($0)) } ?? .null,
            "tokens": .array(face.tokens.map(JSONValue.string)),
        ]
    }
}
