import Foundation
import Loading
import Model

/// The configuration of which a directory is a part, where Plumb is started below its root by mistake: what it would write there
/// would make a configuration of its own of the part, and its servers would look as if nobody declared them.
enum EnclosingConfiguration {
    /// Called by every verb that makes a file there, before it makes one.
    ///
    /// - Throws: where the directory is such a part.
    static func refuse(_ place: Workplace) throws(CommandFailure) {
        guard let above = path(above: place) else { return }
        throw CommandFailure(Sentence("edge.insideAnother", place.configuration, above))
    }

    /// Nil: the directory has a registry, or is no part of a configuration that has one above it.
    static func path(above place: Workplace) -> String? {
        let sign = ".plumb/\(StateDirectory.registryName)"
        guard !FileManager.default.fileExists(atPath: Composition.registryPath(of: place)) else { return nil }
        let own = URL(filePath: place.configuration).standardizedFileURL
        var above = own.deletingLastPathComponent()
        for _ in 0..<levels {
            let path = above.path
            if FileManager.default.fileExists(atPath: path + "/" + sign) {
                let below = own.path.dropFirst(path.count).drop { $0 == "/" } + "/"
                let files = try? ConfigurationDirectory(path, leavingOut: path + "/.plumb", signOfAnother: sign).files()
                return files?.contains { $0.path.hasPrefix(below) } == true ? path : nil
            }
            let parent = above.deletingLastPathComponent()
            if parent.path == path { return nil }
            above = parent
        }
        return nil
    }

    private static var levels: Int { 16 }
}
