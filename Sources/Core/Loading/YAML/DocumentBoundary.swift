/// Where documents begin: `---` in the first column, followed by white space or the end. YAML lets nothing else stand
/// there, not even inside a block of text, so that reading can start again after a broken document.
enum DocumentBoundary {
    static func isMarker(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard at + 3 <= bytes.count, bytes[at] == 0x2D, bytes[at + 1] == 0x2D, bytes[at + 2] == 0x2D else {
            return false
        }
        guard at + 3 < bytes.count else { return true }
        let after = bytes[at + 3]
        return after == 0x20 || after == 0x0A || after == 0x0D || after == 0x09
    }

    /// The first marker that begins a line after the one of `offset`; the end where there is none.
    static func next(in bytes: UnsafeBufferPointer<UInt8>, after offset: Int) -> Int {
        var at = offset
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == 0x0A || byte == 0x0D, isMarker(bytes, at) { return at }
        }
        return bytes.count
    }

    /// The last marker that begins a line at or before `offset`, not before `start`; `start` where there is none.
    static func last(in bytes: UnsafeBufferPointer<UInt8>, atOrBefore offset: Int, start: Int) -> Int {
        var at = min(offset, bytes.count - 1)
        while at > start {
            if bytes[at - 1] == 0x0A || bytes[at - 1] == 0x0D, isMarker(bytes, at) { return at }
            at -= 1
        }
        return start
    }
}
