import Model
import Planning

extension Step {
    /// The same with how long it is until a window opens, or a back-off is over. A plan has moments and no spans, because a span would make
    /// it another plan a minute later.
    func countingDown(from now: Timestamp, _ language: Language) -> Step {
        guard case .waiting(var sentence) = disposition,
            [PlanCode.windowClosed.code, PlanCode.backOff.code].contains(sentence.code),
            sentence.arguments.count == 4, let milliseconds = Int64(sentence.arguments[3])
        else { return self }
        let span = Self.roughly(Timestamp(milliseconds: milliseconds) - now)
        let until = Sentence("view.until", sentence.arguments[2], span)
        sentence.arguments[2] = Catalogue.text(of: until, in: language).what
        var counted = self
        counted.disposition = .waiting(sentence)
        return counted
    }

    /// `40 s`, `12 min`, `3 h`, `2 d`: in the largest unit of which there are two, rounded up, so that nobody comes too early.
    static func roughly(_ span: Duration) -> String {
        let seconds = max(0, (span.wholeMilliseconds + 999) / 1000)
        if seconds < 120 { return "\(seconds) s" }
        let minutes = (seconds + 59) / 60
        if minutes < 120 { return "\(minutes) min" }
        let hours = (minutes + 59) / 60
        return hours < 48 ? "\(hours) h" : "\((hours + 23) / 24) d"
    }
}
