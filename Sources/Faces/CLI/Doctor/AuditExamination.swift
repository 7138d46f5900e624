import Model

/// What the doctor says of a stack's last audit.
enum AuditExamination {
    /// Nothing where audits are off, where the stack had none yet, and where what the last one found is over: the daemon's
    /// next passes make one.
    static func of(
        _ look: StackObservation, _ audits: [StackAudit], _ clusters: [Cluster], now: Timestamp
    ) -> [Examination] {
        let stack = look.id
        guard let audit = audits.first(where: { $0.stack == stack }) else { return [] }
        let topic = "audit \(stack)"
        if !audit.isClean, let standing = audit.standing(beside: look), !standing.isClean {
            return standing.sentences.map { Examination(topic: topic, verdict: .warning, sentence: $0) }
        }
        let interval = clusters.first { $0.name == stack.cluster }?.terraform.audit
        if let interval, now - audit.endedAt > interval * 2 {
            let sentence = Sentence(
                "audit.overdue", stack.description, audit.endedAt.description, interval.wholeText)
            return [Examination(topic: topic, verdict: .warning, sentence: sentence)]
        }
        guard audit.isClean else { return [] }
        let sentence = Sentence("audit.lastClean", audit.endedAt.description)
        return [Examination(topic: topic, verdict: .well, sentence: sentence)]
    }
}

extension Duration {
    /// As the YAML has it: `24h`, `90m`, `45s`.
    fileprivate var wholeText: String {
        let seconds = components.seconds
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
