/// Why bytes from Terraform could not be read. Offsets count bytes from the start of the value that was read.
enum WireError: Error, Hashable {
    /// The bytes end inside a value.
    case truncated(offset: Int)
    /// A byte that begins nothing, or a form that the protocol never uses.
    case malformed(offset: Int, what: String)
    /// Bytes follow the value.
    case trailing(offset: Int)
    /// Deeper than any schema goes.
    case tooDeep(offset: Int)
}

extension WireError: CustomStringConvertible {
    var description: String {
        switch self {
        case .truncated(let offset): "the message ends inside a value at byte \(offset)"
        case .malformed(let offset, let what): "\(what) at byte \(offset)"
        case .trailing(let offset): "bytes follow the message at byte \(offset)"
        case .tooDeep(let offset): "the value is nested too deeply at byte \(offset)"
        }
    }
}
