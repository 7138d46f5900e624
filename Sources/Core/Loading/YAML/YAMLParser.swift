import CLibYAML

/// libyaml's event parser over bytes that outlive it. It belongs to one owner, and its memory goes with it.
struct YAMLParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    let event: UnsafeMutablePointer<yaml_event_t>

    /// - Parameter bytes: UTF-8 without a byte order mark (one breaks a forced encoding); must stay valid for the
    ///   parser's life.
    init(bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        event.initialize(to: yaml_event_t())
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("out of memory") }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_event_delete(event)
        event.deallocate()
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Replaces `event` by the next one; false when libyaml found a mistake.
    @inline(__always)
    func advance() -> Bool {
        yaml_event_delete(event)
        return yaml_parser_parse(parser, event) == 1
    }

    /// libyaml's words for its last mistake; positions count characters, not bytes.
    var failure: Failure {
        let failed = parser.pointee
        return Failure(
            isReader: failed.error == YAML_READER_ERROR,
            problem: failed.problem.map { String(cString: $0) } ?? "",
            context: failed.context.map { String(cString: $0) } ?? "",
            byteOffset: failed.problem_offset,
            problemIndex: failed.problem_mark.index,
            contextIndex: failed.context.map { _ in failed.context_mark.index })
    }

    struct Failure {
        /// The bytes themselves could not be read; then only `byteOffset` is right.
        var isReader: Bool
        var problem: String
        var context: String
        var byteOffset: Int
        var problemIndex: Int
        var contextIndex: Int?
    }
}
