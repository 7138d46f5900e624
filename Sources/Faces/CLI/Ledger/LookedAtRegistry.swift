import Foundation
import Glibc
import Model
import Registry

/// The registry of a command that only looks: itself, or, where nothing can be written beside it, a copy that is thrown
/// away. On a full disk an operator must be able to see what there is.
struct LookedAtRegistry: Sendable {
    let registry: FleetRegistry
    /// Why it is a copy; nil: it is the registry itself.
    var unwritable: Sentence?
    /// Where the copy is.
    private var directory: String?

    /// SQLite needs that much beside a registry to open it and to keep one plan.
    private static let leastRoom = 128 << 10

    init(_ registry: FleetRegistry) { self.registry = registry }

    /// - Parameters:
    ///   - looks: whether a copy will do, because nothing is going to be done.
    ///   - room: free bytes where the registry is; nil: nobody knows.
    init(
        at path: String, looks: Bool, room: (String) -> Int? = LookedAtRegistry.freeBytes
    ) async throws(RegistryFailure) {
        guard looks, FileManager.default.fileExists(atPath: path) else {
            self.init(try await FleetRegistry.open(at: path))
            return
        }
        let refusal: RegistryFailure
        if let free = room(path), free < Self.leastRoom {
            refusal = .diskFull(path)
        } else {
            do throws(RegistryFailure) {
                self.init(try await FleetRegistry.open(at: path))
                return
            } catch {
                guard error.isAboutWriting else { throw error }
                refusal = error
            }
        }
        guard let copy = await Self.openCopy(of: path) else { throw refusal }
        self = copy
        unwritable = refusal.sentence
    }

    /// What the registry has, without a byte of it or beside it being written: a registry of an earlier program is not
    /// brought to this one's schema.
    static func glance(at path: String) async throws(RegistryFailure) -> Recorded {
        let refusal: RegistryFailure
        do throws(RegistryFailure) {
            let registry = try await FleetRegistry.open(at: path, access: .readOnly)
            let recorded = try await registry.recorded()
            try await registry.close()
            return recorded
        } catch {
            refusal = error
        }
        // SQLite reads a log only where it may write beside it.
        guard let copy = await openCopy(of: path) else { throw refusal }
        let recorded: Result<Recorded, RegistryFailure>
        do throws(RegistryFailure) {
            recorded = .success(try await copy.registry.recorded())
        } catch {
            recorded = .failure(error)
        }
        await copy.close()
        return try recorded.get()
    }

    private static func openCopy(of path: String) async -> LookedAtRegistry? {
        for parent in [FileManager.default.temporaryDirectory.path, "/dev/shm"] {
            guard let copy = copy(path, below: parent) else { continue }
            if let registry = try? await FleetRegistry.open(at: copy + "/registry.sqlite") {
                var opened = LookedAtRegistry(registry)
                opened.directory = copy
                return opened
            }
            try? FileManager.default.removeItem(atPath: copy)
        }
        return nil
    }

    func close() async {
        // Everything that was written is on disk; a failure to close loses nothing.
        try? await registry.close()
        if let directory { try? FileManager.default.removeItem(atPath: directory) }
    }

    /// A directory, mode 0700, with the registry as it is now, with what its log holds; nil where there is no room.
    private static func copy(_ path: String, below parent: String) -> String? {
        let directory = "\(parent)/plumb-look-\(UUID().uuidString)"
        guard mkdir(directory, 0o700) == 0 else { return nil }
        // The log is moved into the file now and then: what is copied around such a moment does not fit together.
        for _ in 0..<5 {
            let before = stamp(path)
            let copied = ["", "-wal"].allSatisfy { suffix in
                guard let data = FileManager.default.contents(atPath: path + suffix) else { return suffix == "-wal" }
                let options: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
                return FileManager.default.createFile(
                    atPath: directory + "/registry.sqlite" + suffix, contents: data, attributes: options)
            }
            guard copied else { break }
            if stamp(path) == before { return directory }
        }
        try? FileManager.default.removeItem(atPath: directory)
        return nil
    }

    /// Sizes and times of the registry's files.
    private static func stamp(_ path: String) -> [Int] {
        ["", "-wal"].flatMap { suffix in
            var status = stat()
            guard stat(path + suffix, &status) == 0 else { return [-1, 0, 0] }
            return [Int(status.st_size), Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec)]
        }
    }

    static func freeBytes(_ path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        // Some blocks are only root's.
        return Int(geteuid() == 0 ? status.f_bfree : status.f_bavail) * Int(status.f_frsize)
    }
}

extension RegistryFailure {
    /// Whether all of it can be read, and only not written.
    fileprivate var isAboutWriting: Bool {
        switch self {
        case .diskFull, .notWritable: true
        case .missing, .locked, .corrupt, .foreign, .newerSchema, .olderSchema, .moved, .linkLost, .unusable,
            .vmidTaken, .stillReferenced, .noSuchPlan, .ambiguousPlan, .planSettled, .planRejected, .planTooShort,
            .noSuchRun, .noSuchBatch, .batchMovedOn, .batchIsAnother:
            false
        }
    }
}
