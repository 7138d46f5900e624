import Foundation
import Testing

@testable import CLI

@Suite("Why a file could not be written")
struct SystemReasonTests {
    @Test("The system's own words are shown")
    func words() {
        func reason(_ path: String) -> String? {
            do {
                try Data("x".utf8).write(to: URL(filePath: path), options: .atomic)
                return nil
            } catch {
                return error.systemReason
            }
        }
        #expect(reason("/nowhere/at/all/x") == "No such file or directory")
    }
}
