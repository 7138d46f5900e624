import Foundation
import Glibc

/// A link that leads nowhere, as one to a mount that is away does.
package enum LostLink {
    /// Where it leads, as an absolute path where its own is one; nil: there is no link, it leads somewhere, or that
    /// cannot be seen.
    package static func target(at path: String) -> String? {
        var status = stat()
        guard stat(path, &status) != 0, errno == ENOENT,
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
        else { return nil }
        if target.hasPrefix("/") { return target }
        return URL(fileURLWithPath: path).deletingLastPathComponent().path + "/" + target
    }
}
