/// The parameters of one call in the order in which they are written; a nil value is left out.
struct Parameters: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var pairs: [(name: String, value: String)] = []

    init(dictionaryLiteral elements: (String, (any CustomStringConvertible)?)...) {
        for (name, value) in elements { self[name] = value }
    }

    /// Sets a parameter; a flag becomes 0 or 1, as Proxmox's form decoder wants it.
    subscript(name: String) -> (any CustomStringConvertible)? {
        get { pairs.first { $0.name == name }?.value }
        set {
            pairs.removeAll { $0.name == name }
            switch newValue {
            case nil: break
            case let flag as Bool: pairs.append((name, flag ? "1" : "0"))
            case let value?: pairs.append((name, value.description))
            }
        }
    }

    /// `a=1&b=x%20y`: every byte but RFC 3986's unreserved ones is escaped, which is right in a query and in a form.
    var encoded: String {
        pairs.map { PercentEncoding.component($0.name) + "=" + PercentEncoding.component($0.value) }
            .joined(separator: "&")
    }
}

enum PercentEncoding {
    /// A name or value of a query or a form.
    static func component(_ text: String) -> String { escape(text, keeping: "-._~") }

    /// One part of a path. A UPID's `:`, `@` and `!` may stand as they are (RFC 3986, pchar).
    static func pathSegment(_ text: String) -> String { escape(text, keeping: "-._~:@!") }

    private static func escape(_ text: String, keeping marks: StaticString) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        marks.withUTF8Buffer { marks in
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    out.append(byte)
                case let byte where marks.contains(byte): out.append(byte)
                case let byte: out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
