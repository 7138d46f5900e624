import Model

/// One mapping that operators write, declared once: from it come the strict reader, the JSON Schema and the field
/// table of the documentation.
///
/// At most 64 fields: which ones were given is one bit set. A class, so that handing it on costs nothing.
final class Declaration<Record>: Sendable {
    typealias Check = @Sendable (inout Record, Context, inout DocumentReader) -> Void
    typealias Read = @Sendable (inout Record, Int, inout DocumentReader) -> Void

    /// What a check after reading can look at.
    struct Context: Sendable {
        /// The mapping.
        var node: Int
        fileprivate var seen: UInt64
        fileprivate var names: [String]

        func isGiven(_ name: String) -> Bool {
            guard let index = names.firstIndex(of: name) else {
                preconditionFailure("no field \(name) is declared")
            }
            return seen & (1 << UInt64(index)) != 0
        }
    }

    let title: String
    let names: [String]
    /// How each field is read, in the order of `names`.
    let readers: [Read]
    let table: NameTable
    let required: UInt64
    let exactlyOne: [[String]]
    let atMostOne: [[String]]
    let check: Check?
    let shape: RecordShape

    init(_ title: String, _ declare: (inout Fields) -> Void) {
        var fields = Fields()
        declare(&fields)
        precondition(fields.readers.count <= 64, "one bit for each field")
        self.title = title
        names = fields.shapes.map(\.name)
        readers = fields.readers
        table = NameTable(names)
        required = fields.required
        exactlyOne = fields.exactlyOne
        atMostOne = fields.atMostOne
        check = fields.check
        shape = RecordShape(title: title, fields: fields.shapes, exactlyOne: exactlyOne, atMostOne: atMostOne)
    }

    func context(node: Int, seen: UInt64) -> Context { Context(node: node, seen: seen, names: names) }

    /// A field type whose value is such a mapping, starting from `empty`.
    func type(from empty: @escaping @Sendable () -> Record) -> FieldType<Record> {
        FieldType<Record>(.record(shape)) { reader, node in
            guard reader.expectMapping(node) else { return nil }
            var record = empty()
            reader.fill(&record, from: node, by: self)
            return record
        }
    }
}

extension Declaration {
    /// The fields while they are declared.
    struct Fields {
        fileprivate var shapes: [FieldShape] = []
        fileprivate var readers: [Read] = []
        fileprivate var required: UInt64 = 0
        fileprivate var exactlyOne: [[String]] = []
        fileprivate var atMostOne: [[String]] = []
        fileprivate var check: Check?

        /// Declares a field.
        ///
        /// - Parameters:
        ///   - defaultText: what holds where the field is left out, as an operator would write it.
        ///   - text: whole sentences for the documentation.
        ///   - store: puts the value into the record.
        @inline(__always)
        mutating func field<Value>(
            _ name: String, _ type: FieldType<Value>, required isRequired: Bool = false,
            default defaultText: String? = nil, unenforced: Unenforced? = nil, _ text: String,
            store: @escaping @Sendable (inout Record, Value) -> Void
        ) {
            if isRequired { required |= 1 << UInt64(shapes.count) }
            shapes.append(
                FieldShape(
                    name: name, shape: type.shape, isRequired: isRequired, defaultText: defaultText, text: text,
                    unenforced: unenforced))
            let readValue = type.read
            guard let unenforced else {
                readers.append { record, node, reader in
                    if let value = readValue(&reader, node) { store(&record, value) }
                }
                return
            }
            readers.append { record, node, reader in
                let errors = reader.errors
                guard let value = readValue(&reader, node) else { return }
                if reader.errors == errors, reader.refuses(unenforced, at: node) { return }
                store(&record, value)
            }
        }

        /// Exactly one of these must be given.
        mutating func exactlyOne(of names: String...) { exactlyOne.append(names) }

        /// At most one of these may be given.
        mutating func atMostOne(of names: String...) { atMostOne.append(names) }

        /// Looks at the whole record after its fields.
        mutating func afterwards(_ check: @escaping Check) { self.check = check }
    }
}
