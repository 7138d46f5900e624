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
}
