import Glibc
import Model

/// How the files of a stack lie on disk. While it stays the same, they say the same.
package struct StackStamp: Hashable, Sendable {
    /// Tfvars, state, its backup and what Terraform could not write; nil: there is no such file.
    private var files: [FileStamp?]
    private var takenAt: Timestamp

    /// Whether no file changed so shortly before the stamp was taken that another change could bear the same time: the
    /// kernel's clock for files goes in steps of some milliseconds.
    package var isSettled: Bool {
        files.allSatisfy { file in
            file.map { takenAt.milliseconds - $0.changedAt.milliseconds > Self.settlingTime } ?? true
        }
    }

    /// In milliseconds; file systems without finer times count in seconds.
    private static let settlingTime: Int64 = 2000

    package static func == (one: Self, other: Self) -> Bool { one.files == other.files }

    package func hash(into hasher: inout Hasher) { hasher.combine(files) }

    init(_ paths: [String]) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        takenAt = Timestamp(now)
        files = paths.map { FileStamp($0) }
    }
}

private struct FileStamp: Hashable {
    let device: UInt
    let file: UInt
    let size: Int
    let changedAt: Timestamp
    /// Nanoseconds of the two times, which ``changedAt`` rounds.
    private let fractions: [Int]

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        file = status.st_ino
        size = status.st_size
        changedAt = Timestamp(status.st_ctim)
        fractions = [status.st_ctim.tv_nsec, status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
}

extension Timestamp {
    fileprivate init(_ time: timespec) {
        self.init(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
