import Model

/// What is asked of a start that Plumb owes, when it is planned and again right before it is done. The plan's check
/// asks for itself, so that a mistake here does not pass there too.
extension RecordedServer {
    /// Whether a start is owed to its guest still.
    var isOwedStart: Bool { owedStart?.isSettled == false }

    /// Whether a start is owed to that guest by a shutdown so recent that no policy holds the start.
    func isOwedRecentStart(of guest: VMID, at now: Timestamp) -> Bool {
        isOwedStart && vmid == guest && owedStart?.isRecent(at: now) == true
    }
}
