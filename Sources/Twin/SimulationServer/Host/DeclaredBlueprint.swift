import Foundation
import Simulation

/// What a simulated cluster last took up of its declaration, beside its state: whoever reads the declaration sees
/// whether it has changed since.
package struct DeclaredBlueprint: Hashable, Sendable, Codable {
    package var blueprint: Blueprint
    /// What is there although it is not declared any more.
    package var kept: [String]

    /// Nil where there is none, or none that this version understands.
    package static func read(from stateDirectory: String) -> DeclaredBlueprint? {
        FileManager.default.contents(atPath: path(in: stateDirectory)).flatMap {
            try? JSONDecoder().decode(DeclaredBlueprint.self, from: $0)
        }
    }

    func write(to stateDirectory: String) throws {
        try PrivateFile.write(try JSONEncoder().encode(self), to: Self.path(in: stateDirectory))
    }

    private static func path(in stateDirectory: String) -> String { stateDirectory + "/declared.json" }
}
