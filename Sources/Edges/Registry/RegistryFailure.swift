import Foundation
import GRDB
import Model

/// Why the registry did not do what it was asked. ``sentence`` says to an operator what to do about it.
package enum RegistryFailure: Error, Hashable, Sendable {
    /// Nothing at that path, and reading only does not make it.
    case missing(String)
    /// Another process kept its lock for longer than the time that was allowed.
    case locked(String, by: [LockHolder])
    /// SQLite, or a value in it, cannot be read; with what was found.
    case corrupt(String, detail: String)
    /// A file that is not Plumb's.
    case foreign(String)
    /// A later program wrote it; with the migrations that this one does not know.
    case newerSchema(String, unknown: [String])
    /// An earlier program wrote it, and a reader must not change it; with the migrations that it lacks.
    case olderSchema(String, lacking: [String])
    case diskFull(String)
    /// Not allowed to write the file, its directory, or because it was opened to read only.
    case notWritable(String, detail: String)
    /// The file that was opened is no longer at its path.
    case moved(String)
    /// The directory that it is in is a link that leads nowhere; with where that leads.
    case linkLost(String, target: String)
    /// The operating system's or SQLite's other errors, in their own words.
    case unusable(String, detail: String)

    /// The VMID is another server's.
    case vmidTaken(VMIDLease)
    /// It cannot be unregistered while these refer to it.
    case stillReferenced(ObjectName, by: [ObjectName])
    case noSuchPlan(String)
    /// Several plans begin with that text, ascending.
    case ambiguousPlan(String, [PlanID])
    /// The plan was already carried out.
    case planSettled(PlanID, PlanStatus)
    /// Somebody said no to the plan.
    case planRejected(PlanID, by: String)
    /// Too little of a plan's id to be sure which one is meant.
    case planTooShort(String)
    case noSuchRun(RunID)
    case noSuchBatch(BatchID)
    /// A batch's phases only go forward, and end when it is closed.
    case batchMovedOn(BatchID, from: BatchPhase, to: BatchPhase)
    /// A batch of that id was opened for something else.
    case batchIsAnother(BatchID)
}

extension RegistryFailure {
    /// Any error of a call on the registry at `path`.
    init(_ error: any Error, at path: String) {
        switch error {
        case let failure as RegistryFailure: self = failure
        case let failure as DatabaseError: self.init(sqlite: failure, at: path)
        case let failure as RowDecodingError: self = .corrupt(path, detail: String(describing: failure))
        case let failure as DecodingError: self = .corrupt(path, detail: String(describing: failure))
        case let failure as UnreadableValue: self = .corrupt(path, detail: failure.description)
        default: self = .unusable(path, detail: String(describing: error))
        }
    }

    /// By SQLite's result code (sqlite.org/rescode.html), never by the text.
    private init(sqlite error: DatabaseError, at path: String) {
        let detail = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
        switch error.extendedResultCode {
        case .SQLITE_READONLY_DBMOVED:
            self = .moved(path)
            return
        case .SQLITE_IOERR_SHMSIZE:
            self = .diskFull(path)
            return
        default: break
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path, by: LockHolder.holders(ofDatabaseAt: path))
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path, detail: detail)
        case .SQLITE_FULL: self = .diskFull(path)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .notWritable(path, detail: detail)
        case .SQLITE_CANTOPEN:
            self = FileIdentity(at: path) == nil ? .moved(path) : .notWritable(path, detail: detail)
        default: self = .unusable(path, detail: detail)
        }
    }
}

/// A column holds what this program never writes.
struct UnreadableValue: Error, CustomStringConvertible {
    let column: String
    let value: String

    var description: String { "\(column) is '\(value)'" }
}
