import Model

/// Says of one batch for whom of other processes it waits, once for each thing that it waits for.
actor WaitTeller {
    private let say: @Sendable (Sentence) -> Void
    private var said: Set<SentenceCode> = []

    init(_ say: @escaping @Sendable (Sentence) -> Void) { self.say = say }

    /// A lane is full. What this process holds itself is seen among what is under way, and not said.
    func laneIsFull(_ cluster: ClusterName, in lanes: any LaneKeeper) async {
        guard !said.contains("execution.waitsForLane") else { return }
        let others = await lanes.otherHolders(in: cluster)
        guard !others.isEmpty else { return }
        tell(Sentence("execution.waitsForLane", cluster.text, others.sorted().map(String.init).joined(separator: ", ")))
    }

    /// A stack is about to be opened.
    func opens(_ stack: StackID, of provisioner: any Provisioner) async {
        guard !said.contains("execution.waitsForStack"), let holder = await provisioner.otherHolder(of: stack) else {
            return
        }
        tell(
            Sentence(
                "execution.waitsForStack", stack.description, String(holder.pid), holder.command,
                holder.since.description))
    }

    private func tell(_ sentence: Sentence) {
        if said.insert(sentence.code).inserted { say(sentence) }
    }
}
