import Foundation
import Testing

/// A program that a test writes in order to run it.
enum ScriptFile {
    /// Another process writes it: where this one had it open, a program that some other test starts at that moment would
    /// inherit it open for writing, and the kernel runs no file that is ("text file busy").
    static func write(_ text: String, to path: String) throws {
        let writer = Process()
        writer.executableURL = URL(filePath: "/bin/sh")
        writer.arguments = ["-c", #"printf '%s\n' "$1" > "$0" && chmod 755 "$0""#, path, text]
        try writer.run()
        writer.waitUntilExit()
        #expect(writer.terminationStatus == 0)
    }
}
