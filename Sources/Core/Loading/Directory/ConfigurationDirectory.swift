import Model

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The YAML files of a directory, at any depth, in the order of their paths.
///
/// Hidden files and directories, and what `.plumbignore` names, are skipped. Links are followed inside of the directory,
/// and a directory that was entered before is not entered again, so that a loop of links ends. A link that leads out of
/// it is an error: whoever may write a configuration could otherwise have Plumb show any file that it may read. So is
/// one that leads nowhere, whatever its name, and a directory with nothing in it: a release that was swapped and a
/// mount that is away look like this, and would take all that they declared along.
///
/// A directory that is another configuration's own is an error too, and nothing in it is read: its servers would be
/// taken for this one's, and be made or taken over a second time by a registry that knows none of them.
package struct ConfigurationDirectory {
    private let root: String
    private let leftOut: String?
    private let signOfAnother: String?
    private let limits: YAMLLimits

    /// - Parameters:
    ///   - leftOut: a directory that is no part of the configuration wherever it lies: Plumb's own files.
    ///   - signOfAnother: a file, by its path below a directory, that only a configuration of its own has.
    package init(
        _ root: String, leavingOut leftOut: String? = nil, signOfAnother: String? = nil,
        limits: YAMLLimits = YAMLLimits()
    ) {
        self.root = root
        self.leftOut = leftOut
        self.signOfAnother = signOfAnother
        self.limits = limits
    }

    /// A directory that cannot be read at all.
    package struct Failure: Error, Hashable, Sendable {
        package var sentence: Sentence
    }

    /// What a directory holds, each in the order of paths.
    package struct Listing: Sendable {
        /// One that cannot be read has its reason.
        package var files: [SourceFile]
        /// The YAML that `.plumbignore` names: it declares nothing, whatever it says.
        package var leftOut: [SourceFile]
        /// A path that it names and that cannot be looked at, so that there may be more behind it.
        package var unread: String?
        /// One that it names and that holds more than is looked at only to be left out.
        package var beyond: String?
        /// A directory without anything in it, which git does not keep; nil: there is none.
        package var empty: String?

        package init(
            files: [SourceFile] = [], leftOut: [SourceFile] = [], unread: String? = nil, beyond: String? = nil,
            empty: String? = nil
        ) {
            self.files = files
            self.leftOut = leftOut
            self.unread = unread
            self.beyond = beyond
            self.empty = empty
        }
    }

    /// Reads all files. One that cannot be read is in the list with its reason.
    ///
    /// - Throws: ``Failure`` when the directory itself cannot be read.
    package func files() throws(Failure) -> [SourceFile] { try walked().files.sorted { $0.path < $1.path } }

    /// Reads all files, and those that `.plumbignore` leaves out.
    ///
    /// - Parameter room: how many names are looked at behind the rules.
    /// - Throws: ``Failure`` when the directory itself cannot be read.
    package func listing(room: Int = 100_000) throws(Failure) -> Listing {
        var walk = try walked()
        let files = walk.files.sorted { $0.path < $1.path }
        let empty = walk.empty.min()
        walk.lookBehindRules(names: room)
        let leftOut = walk.files.filter { $0.failure == nil }.sorted { $0.path < $1.path }
        return Listing(files: files, leftOut: leftOut, unread: walk.unread, beyond: walk.beyond, empty: empty)
    }

    /// Why a file is none that is read.
    package enum Obstacle: Hashable, Sendable {
        /// A line of `.plumbignore`, from 1, that names it or a directory that it is in.
        case ignored(line: Int, text: String)
        /// A directory that it would be in is no part of the configuration: where a link leads out of it, or what is
        /// another's own.
        case elsewhere(String)
        /// What lies there already is a pipe or a device.
        case noFile
    }

    /// Why a file would not be read if it were written; nil: it would be.
    ///
    /// - Parameter path: below the configuration's directory, with an ending that is read and nothing hidden in it.
    /// - Throws: ``Failure`` when `.plumbignore` cannot be read.
    package func obstacle(to path: String) throws(Failure) -> Obstacle? {
        var walk = Walk(root: root, leavingOut: leftOut, signOfAnother: signOfAnother, limits: limits)
        walk.rules = try Self.rules(of: walk)
        return walk.obstacle(to: path)
    }

    private func walked() throws(Failure) -> Walk {
        guard let entries = Self.entries(of: root) else {
            throw Failure(sentence: Sentence("file.noDirectory", ["\(root): \(Self.reason())"]))
        }
        var walk = Walk(root: root, leavingOut: leftOut, signOfAnother: signOfAnother, limits: limits)
        walk.rules = try Self.rules(of: walk)
        for line in walk.rules.malformed {
            let sentence = Sentence("file.ignorePattern", [line.text])
            walk.files.append(SourceFile(path: ".plumbignore", bytes: [], failure: sentence))
        }
        walk.enter("", entries)
        return walk
    }

    /// None where there is no `.plumbignore`. Without the rules of one that cannot be read, what it leaves out would be
    /// made.
    private static func rules(of walk: Walk) throws(Failure) -> IgnoreRules {
        let path = walk.root + "/.plumbignore"
        let reason: String
        switch kind(of: path) {
        case .regular:
            switch walk.read(".plumbignore") {
            case .success(let bytes): return IgnoreRules(bytes)
            case .failure(let failure): reason = failure.reason
            }
        case .directory: reason = Self.reason(EISDIR)
        case .other: reason = Self.reason(EINVAL)
        case .missing(let code):
            guard code != ENOENT || isLink(path) else { return IgnoreRules() }
            reason = Self.reason(code)
        }
        throw Failure(sentence: Sentence("file.ignoreUnreadable", [path, reason]))
    }

    // MARK: The file system

    private enum FileKind {
        case directory(device: UInt64, inode: UInt64)
        case regular(size: Int)
        case other
        /// With `errno`: what is there, if anything, is unknown.
        case missing(Int32)
    }

    private static func kind(of path: String) -> FileKind {
        var status = stat()
        guard stat(path, &status) == 0 else { return .missing(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .directory(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        case S_IFREG: return .regular(size: Int(status.st_size))
        default: return .other
        }
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// What a link says, as it is written; nil for anything else.
    private static func target(of link: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(link, &buffer, buffer.count)
        guard count >= 0 else { return nil }
        return String(decoding: buffer.prefix(count).map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    /// The path without links; nil where it leads nowhere.
    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Names in ascending order, without `.` and `..`; nil when the directory cannot be read whole, and then `errno`
    /// says why.
    private static func entries(of path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer {
            let code = errno
            closedir(directory)
            errno = code
        }
        // Who may list a directory may not yet look at what is in it.
        var status = stat()
        guard stat(path + "/.", &status) == 0 else { return nil }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                // A listing that breaks off is no listing: a file server that went away, a disk that fails.
                if errno != 0 { return nil }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func reason(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }

    private struct Walk {
        let root: String
        let limits: YAMLLimits
        let signOfAnother: String?
        var rules = IgnoreRules()
        var files: [SourceFile] = []
        /// Directories and YAML files that the rules leave out.
        private var leftOut: [String] = []
        private(set) var empty: [String] = []
        /// How much more is looked at; nil: everything.
        private var room: (names: Int, bytes: Int)?
        private(set) var unread: String?
        private(set) var beyond: String?
        private var entered: Set<[UInt64]> = []
        /// The root without links.
        private let realRoot: String?

        init(root: String, leavingOut leftOut: String?, signOfAnother: String?, limits: YAMLLimits) {
            self.root = root
            self.limits = limits
            self.signOfAnother = signOfAnother
            realRoot = ConfigurationDirectory.real(root)
            for path in [root, leftOut].compactMap(\.self) {
                guard case .directory(let device, let inode) = ConfigurationDirectory.kind(of: path) else { continue }
                entered.insert([device, inode])
            }
        }

        /// Loops over a directory's names; `path` is relative to the root, empty for the root itself.
        mutating func enter(_ path: String, _ names: [String]) {
            var waiting = names.map { path.isEmpty ? $0 : path + "/" + $0 }
            while let next = waiting.popLast() {
                if let left = room {
                    guard left.names > 0, left.bytes > 0 else {
                        beyond = next
                        return
                    }
                    room?.names -= 1
                }
                let name = next.split(separator: "/").last ?? ""
                guard !name.hasPrefix(".") else { continue }
                if let target = outside(next) {
                    refuseLink(next, to: target, isYAML: isYAML(name))
                    continue
                }
                switch ConfigurationDirectory.kind(of: root + "/" + next) {
                case .directory(let device, let inode):
                    if rules.ignores(next, isDirectory: true) {
                        leftOut.append(next)
                        continue
                    }
                    guard entered.insert([device, inode]).inserted else { continue }
                    if isAnother(next) {
                        let place = realRoot.map { "\($0)/\(next)" } ?? next
                        files.append(SourceFile(path: next, bytes: [], failure: Sentence("file.another", [place])))
                        continue
                    }
                    guard let inside = ConfigurationDirectory.entries(of: root + "/" + next) else {
                        fail(next, ConfigurationDirectory.reason())
                        continue
                    }
                    if inside.isEmpty, name != Self.ownOfFileSystems { empty.append(next) }
                    waiting += inside.map { next + "/" + $0 }
                case .regular(let size):
                    guard isYAML(name.lowercased()[...]) else { continue }
                    if rules.ignores(next, isDirectory: false) {
                        leftOut.append(next)
                    } else if isYAML(name) {
                        add(next, size: size)
                    } else {
                        refuseName(next)
                    }
                case .missing(let code): refuseMissing(next, isYAML: isYAML(name), code)
                case .other:
                    // A pipe or a device: what it would declare is unknown, and reading it may never end.
                    guard isYAML(name), !rules.ignores(next, isDirectory: false) else { continue }
                    files.append(SourceFile(path: next, bytes: [], failure: Sentence("file.notRegular")))
                }
            }
        }

        /// Why a file would not be read, whether or not it or its directories are there.
        func obstacle(to path: String) -> Obstacle? {
            var part = ""
            let names = path.split(separator: "/")
            for (index, name) in names.enumerated() {
                part += part.isEmpty ? String(name) : "/\(name)"
                let isLast = index == names.count - 1
                if let rule = rules.rule(ignoring: part, isDirectory: !isLast) {
                    return .ignored(line: rule.line, text: rule.text)
                }
                if let target = outside(part) { return .elsewhere(target) }
                switch ConfigurationDirectory.kind(of: root + "/" + part) {
                case .directory(let device, let inode):
                    // One of the file's own name cannot be written over, which whoever tries is told.
                    if isLast { continue }
                    if entered.contains([device, inode]) || isAnother(part) { return .elsewhere(part) }
                case .other: return .noFile
                case .regular, .missing: continue
                }
            }
            return nil
        }

        /// Reads what the rules left out in place of what they let through. What was read by another name is not read
        /// again: a link to a directory that is left out makes its documents count.
        mutating func lookBehindRules(names: Int) {
            (rules, files) = (IgnoreRules(), [])
            room = (names: names, bytes: limits.fileBytes)
            enter("", leftOut)
            // Within what is left out there are broken links and empty directories of other programs. What the rules
            // name itself may be what went away.
            let failed = Set(files.filter { $0.failure != nil }.map(\.path))
            // What the rules name says more than where in it the reading ended.
            let places = leftOut.sorted()
            beyond = beyond.map { end in places.first { end == $0 || end.hasPrefix($0 + "/") } ?? end }
            unread = places.first { holdsUnknown($0, hasFailed: failed.contains($0)) }
        }

        /// Whether what the rules name cannot be looked at, or holds nothing, as the place of a mount does.
        private func holdsUnknown(_ path: String, hasFailed: Bool) -> Bool {
            let place = root + "/" + path
            switch ConfigurationDirectory.kind(of: place) {
            // A directory may have been read by another name; what fails in it as a whole is another configuration.
            case .directory: return ConfigurationDirectory.entries(of: place)?.isEmpty ?? true
            case .regular: return hasFailed
            case .missing: return true
            case .other: return false
            }
        }

        /// Made with a file system, and empty where Plumb may look into it.
        private static let ownOfFileSystems = "lost+found"

        /// What a link that leads nowhere should declare is unknown, whatever its name: it may stand for a directory.
        /// What is no link and went since the listing, as an editor's files do, counts where its own name is YAML's.
        private mutating func refuseMissing(_ path: String, isYAML: Bool, _ code: Int32) {
            let target = ConfigurationDirectory.target(of: root + "/" + path)
            guard isYAML || target != nil || code != ENOENT else { return }
            guard !rules.ignores(path, isDirectory: false), isYAML || !rules.ignores(path, isDirectory: true) else {
                leftOut.append(path)
                return
            }
            let reason = ConfigurationDirectory.reason(code)
            guard let target else { return fail(path, reason) }
            files.append(SourceFile(path: path, bytes: [], failure: Sentence("file.linkLost", [target, reason])))
        }

        /// Whether a directory is another configuration's own. The files of this one may lie in it as well.
        private func isAnother(_ path: String) -> Bool {
            guard let signOfAnother else { return false }
            let sign = "\(root)/\(path)/\(signOfAnother)"
            guard case .regular = ConfigurationDirectory.kind(of: sign) else { return false }
            let folder = sign.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            guard case .directory(let device, let inode) = ConfigurationDirectory.kind(of: folder) else { return false }
            return !entered.contains([device, inode])
        }

        /// Where a link leads that leaves the configuration's directory; nil for anything else.
        private func outside(_ path: String) -> String? {
            guard ConfigurationDirectory.isLink(root + "/" + path), let realRoot,
                let target = ConfigurationDirectory.real(root + "/" + path)
            else { return nil }
            return target == realRoot || target.hasPrefix(realRoot + "/") ? nil : target
        }

        /// A link to a file counts where its own name is YAML's, one to a directory in any case.
        private mutating func refuseLink(_ path: String, to target: String, isYAML: Bool) {
            let isDirectory =
                if case .directory = ConfigurationDirectory.kind(of: target) { true } else { false }
            guard isYAML || isDirectory, !rules.ignores(path, isDirectory: isDirectory) else { return }
            files.append(SourceFile(path: path, bytes: [], failure: Sentence("file.linkOutside", [target])))
        }

        /// A file that becomes `.YAML` on its way through another system would otherwise take its servers along.
        private mutating func refuseName(_ path: String) {
            let ending = path[(path.lastIndex(of: ".") ?? path.startIndex)...]
            files.append(SourceFile(path: path, bytes: [], failure: Sentence("file.nameCase", [String(ending)])))
        }

        private func isYAML(_ name: Substring) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

        private mutating func add(_ path: String, size: Int) {
            guard size <= limits.fileBytes else {
                let sizes = [size, limits.fileBytes].map { "\(max(1, $0 >> 20)) MiB" }
                files.append(SourceFile(path: path, bytes: [], failure: Sentence("yaml.tooLarge", sizes)))
                return
            }
            switch read(path) {
            case .success(let bytes):
                files.append(SourceFile(path: path, bytes: bytes))
                room?.bytes -= bytes.count
            case .failure(let failure): fail(path, failure.reason)
            }
        }

        private mutating func fail(_ path: String, _ reason: String) {
            files.append(SourceFile(path: path, bytes: [], failure: Sentence("file.unreadable", [reason])))
        }

        struct ReadFailure: Error {
            var reason: String
        }

        func read(_ path: String) -> Result<[UInt8], ReadFailure> {
            let file = open(root + "/" + path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return .failure(ReadFailure(reason: ConfigurationDirectory.reason())) }
            defer { close(file) }
            var status = stat()
            guard fstat(file, &status) == 0 else {
                return .failure(ReadFailure(reason: ConfigurationDirectory.reason()))
            }
            // One byte more than expected shows a file that grew meanwhile.
            var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), limits.fileBytes) + 1)
            var count = 0
            while count < bytes.count {
                let got = bytes.withUnsafeMutableBytes { buffer in
                    Glibc.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
                }
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { return .failure(ReadFailure(reason: ConfigurationDirectory.reason())) }
                if got == 0 { break }
                count += got
                if count == bytes.count, count <= limits.fileBytes { bytes += [UInt8](repeating: 0, count: 65_536) }
            }
            bytes.removeLast(bytes.count - count)
            return .success(bytes)
        }
    }
}
