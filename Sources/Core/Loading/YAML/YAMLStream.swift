import Model

/// Reads a file document by document. A document that cannot be read is stepped over: reading goes on at the next
/// `---`, so that one mistake never hides the rest.
struct YAMLStream: ~Copyable {
    /// What one step of reading yields.
    enum Item {
        /// The document now lies in the `YAMLDocument` that was handed in.
        case document
        case broken(BrokenRange)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: YAMLLimits
    private let inspection: ByteInspection
    private var nextBroken = 0
    private var failures = 0
    /// The run of whole documents that the composer reads.
    private var start: Int
    private var end: Int
    private var composer: YAMLComposer?

    /// - Parameter bytes: the whole file; must stay valid for the stream's life.
    init(bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits) {
        self.bytes = bytes
        self.limits = limits
        inspection = ByteInspection(bytes, limits: limits)
        start = inspection.start
        end = inspection.broken.first?.start ?? bytes.count
        end = max(start, end)
    }

    /// The next document or broken one; nil at the file's end.
    mutating func next(into document: inout YAMLDocument) -> Item? {
        while true {
            if failures > limits.brokenDocuments { return giveUp() }
            if start < end {
                if let item = nextOfRun(into: &document) { return item }
                start = end
                continue
            }
            guard nextBroken < inspection.broken.count else { return nil }
            let broken = inspection.broken[nextBroken]
            nextBroken += 1
            failures += 1
            start = broken.end
            let isLast = nextBroken == inspection.broken.count
            end = max(start, isLast ? bytes.count : inspection.broken[nextBroken].start)
            return .broken(broken)
        }
    }

    /// A composer lives as long as its run; nil when the run has ended.
    private mutating func nextOfRun(into document: inout YAMLDocument) -> Item? {
        if composer == nil {
            let run = UnsafeBufferPointer(rebasing: bytes[start..<end])
            composer = YAMLComposer(bytes: run, base: start, isASCII: inspection.isASCII, limits: limits)
        }
        do throws(YAMLProblem) {
            if try composer?.next(into: &document) == true { return .document }
            composer = nil
            return nil
        } catch {
            let first = max(start, min(composer?.currentDocument ?? start, error.offset))
            composer = nil
            failures += 1
            start = min(end, DocumentBoundary.next(in: bytes, after: max(error.offset, first)))
            return .broken(BrokenRange(problem: error, start: first, end: start))
        }
    }

    private mutating func giveUp() -> Item? {
        guard start < bytes.count else { return nil }
        let problem = YAMLProblem("yaml.tooManyBroken", [String(limits.brokenDocuments)], offset: start)
        let rest = BrokenRange(problem: problem, start: start, end: bytes.count)
        start = bytes.count
        return .broken(rest)
    }
}
