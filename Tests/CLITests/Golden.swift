import Foundation
import Testing

/// Texts that views must print, byte for byte; one file each, so that a change of a view shows as a change of text.
enum Golden {
    /// Compares with `Golden/NAME.txt`. With `PLUMB_RECORD_GOLDEN=1` in the environment the file is written instead.
    static func expect(
        _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
        let actual = text + "\n"
        if ProcessInfo.processInfo.environment["PLUMB_RECORD_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: file)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(actual == expected, "differs from Golden/\(name).txt", sourceLocation: sourceLocation)
    }
}
