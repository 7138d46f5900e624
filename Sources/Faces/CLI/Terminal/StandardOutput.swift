import Glibc
import Synchronization

/// Standard output, and whether what was written reached it: a full disk must not pass for an empty answer.
final class StandardOutput: Sendable {
    private let error = Mutex<Int32?>(nil)

    /// The first error in the system's words.
    var failure: String? { error.withLock { $0 }.map { String(cString: strerror($0)) } }

    func write(_ text: String) {
        guard let code = Self.write(text, to: STDOUT_FILENO) else { return }
        error.withLock { $0 = $0 ?? code }
    }

    /// - Returns: `errno` where not all was written; nil also where the reader went away (`plumb plan | head`), which
    ///   is no error of ours.
    static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                switch errno {
                case EINTR: continue
                case EPIPE: return nil
                case let code: return code
                }
            }
            bytes = bytes.dropFirst(count)
        }
        return nil
    }
}
