import Model

/// One file of a configuration, wherever it came from: a directory, a commit, a test.
package struct SourceFile: Sendable {
    /// Relative to the configuration's root, with `/`.
    package var path: String
    package var bytes: [UInt8]
    /// Why it could not be read; then `bytes` is empty.
    package var failure: Sentence?

    package init(path: String, bytes: [UInt8], failure: Sentence? = nil) {
        self.path = path
        self.bytes = bytes
        self.failure = failure
    }

    package init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// Whether it holds nothing but white space: an editor that was cut off, or a full disk, leaves such a file in the
    /// place of one that declared servers. A comment is enough to say that it is meant so.
    var isBlank: Bool {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return bytes.dropFirst(bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
            .allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
