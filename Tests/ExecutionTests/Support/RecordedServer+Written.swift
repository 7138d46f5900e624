import Model

extension RecordedServer {
    /// As the registry keeps it when it is written over a row: what was planned before a guest was asked to shut down
    /// knows nothing of what is owed to it since.
    func written(over known: RecordedServer?, at moment: Timestamp) -> RecordedServer {
        var row = self
        row.owedStart?.since = owedStart?.since ?? moment
        let isSameGuest = known?.vmid == vmid && (known?.mark == mark || known?.mark == nil || mark == nil)
        if isSameGuest, let kept = known?.owedStart, owedStart == nil || kept.since > row.owedStart?.since {
            row.owedStart = kept
        }
        if row.owedStart?.isSettled == true { row.owedStart = nil }
        return row
    }
}

extension Timestamp? {
    fileprivate static func > (one: Self, other: Self) -> Bool { (one?.milliseconds ?? 0) > (other?.milliseconds ?? 0) }
}
