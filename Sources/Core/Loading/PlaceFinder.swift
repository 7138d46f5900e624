import Model
import Synchronization

/// Finds the places of many fields: what was read for one stays at hand for the next, so that a drift in each of a
/// thousand servers of one file does not read that file a thousand times.
package final class PlaceFinder: Sendable {
    private struct Memory {
        var lookup: DocumentLookup
        var lines: SourceLines
    }

    private let positions: Positions
    private let memory: Mutex<Memory>

    package init(_ positions: Positions) {
        self.positions = positions
        memory = Mutex(Memory(lookup: DocumentLookup(files: positions.files), lines: SourceLines(positions.files)))
    }

    /// The value of a field such as `spec.disks[0].size`; where it is not written, the nearest part that is.
    package func span(of object: ObjectName, field: String) -> SourceSpan? {
        positions.document(of: object).map { place in
            memory.withLock { $0.lookup.span(in: place, member: object.key, field: field) }
        }
    }

    /// The same in an editor's words.
    package func place(of object: ObjectName, field: String) -> SourcePlace? {
        span(of: object, field: field).flatMap { span in memory.withLock { $0.lines.place(of: span) } }
    }
}
