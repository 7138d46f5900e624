import Model

/// Reads a file document by document. A document that cannot be read is stepped over: reading goes on at the next
/// `---`, so that one mistake never hides the rest.
struct YAMLStream {
    let limits: YAMLLimits

    /// What reading a file yields, in order.
    enum Item {
        /// The document now lies in the `YAMLDocument` that was handed in.
        case document
        case broken(BrokenRange)
    }

    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - document: space that is reused for each document.
    ///   - visit: called for each document and for each that is broken.
    func read(_ bytes: [UInt8], into document: inout YAMLDocument, visit: (Item, inout YAMLDocument) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            let inspection = ByteInspection(bytes, limits: limits)
            var start = inspection.start
            var failures = 0
            for broken in inspection.broken + [nil as BrokenRange?] {
                let end = broken?.start ?? bytes.count
                readRun(
                    bytes, start..<max(start, end), isASCII: inspection.isASCII, failures: &failures, &document, visit)
                if failures > limits.brokenDocuments { return }
                guard let broken else { return }
                failures += 1
                visit(.broken(broken), &document)
                start = broken.end
                if failures > limits.brokenDocuments {
                    return giveUp(at: start, bytes, &document, visit)
                }
            }
        }
    }

    private func giveUp(
        at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ document: inout YAMLDocument,
        _ visit: (Item, inout YAMLDocument) -> Void
    ) {
        guard offset < bytes.count else { return }
        let problem = YAMLProblem("yaml.tooManyBroken", [String(limits.brokenDocuments)], offset: offset)
        visit(.broken(BrokenRange(problem: problem, start: offset, end: bytes.count)), &document)
    }

    private func readRun(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool, failures: inout Int,
        _ document: inout YAMLDocument, _ visit: (Item, inout YAMLDocument) -> Void
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            let run = UnsafeBufferPointer(rebasing: bytes[start..<range.upperBound])
            var composer = YAMLComposer(bytes: run, base: start, isASCII: isASCII, limits: limits)
            do {
                while try composer.next(into: &document) { visit(.document, &document) }
                return
            } catch {
                let first = max(start, min(composer.currentDocument, error.offset))
                let end = DocumentBoundary.next(in: bytes, after: max(error.offset, first))
                start = min(end, range.upperBound)
                failures += 1
                visit(.broken(BrokenRange(problem: error, start: first, end: start)), &document)
                if failures > limits.brokenDocuments { return giveUp(at: start, bytes, &document, visit) }
            }
        }
    }
}
