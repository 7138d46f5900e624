import Foundation
import Glibc

/// Plumb's own directory, which mostly lies inside of the configuration's repository.
enum StateDirectory {
    static let registryName = "registry.sqlite"

    /// Keeps git from it, where nothing does yet: states, tokens and keys would be committed with the next `git add .`.
    /// The directory is made where it is not there. One that holds other people's files is left as it is: git would take
    /// no notice of those any more.
    ///
    /// A directory that cannot be written to is said by whoever has to write something.
    static func keepFromGit(_ path: String) {
        let ignore = path + "/.gitignore"
        guard !FileManager.default.fileExists(atPath: ignore), isOwn(path) else { return }
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = open(ignore, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        _ = write(file, "*\n", 2)
        close(file)
    }

    /// Whether it is not there, holds nothing, or holds a registry: then it is Plumb's.
    private static func isOwn(_ path: String) -> Bool {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return !FileManager.default.fileExists(atPath: path)
        }
        return names.isEmpty || names.contains(registryName)
    }
}
