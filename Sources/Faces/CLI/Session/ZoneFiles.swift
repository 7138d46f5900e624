import Foundation

/// The names of a time zone database, as its files bear them. Foundation lists one name of each zone only, and leaves out
/// others that people write: `Asia/Kolkata`, `US/Eastern`.
struct ZoneFiles {
    /// The machine's own.
    static let system = ZoneFiles(root: "/usr/share/zoneinfo")

    let root: String

    /// Beside the zones lie all of them once more (in one folder with leap seconds), the machine's own zone, and one that
    /// stands for none.
    private static let others: Set<String> = ["posix", "right", "posixrules", "localtime", "Factory"]

    /// Whether a zone bears that name, case included.
    func has(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, !Self.others.contains(first) else { return false }
        return isFile(parts) || isLink(name)
    }

    /// Each part is looked for in its directory's listing, which has neither `..` nor a name in another case.
    private func isFile(_ parts: [String]) -> Bool {
        var path = root
        for part in parts {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            guard names.contains(part) else { return false }
            path += "/" + part
        }
        // Tables and lists lie among the zones.
        return FileManager.default.contents(atPath: path)?.starts(with: "TZif".utf8) ?? false
    }

    /// Debian and others put the files of names that were given up into a package of their own; the text that all files
    /// are made of has them: `L TARGET NAME`.
    private func isLink(_ name: String) -> Bool {
        guard let text = FileManager.default.contents(atPath: root + "/tzdata.zi") else { return false }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.count == 3 && words[0] == "L" && words[2] == name
        }
    }
}
