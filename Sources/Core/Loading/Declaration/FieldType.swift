import Model

/// A type that fields can have: its shape for people and editors, and its reader.
struct FieldType<Value>: Sendable {
    let shape: Shape
    /// Reads the node of that index (never an alias, never empty); nil after a diagnostic.
    let read: @Sendable (inout DocumentReader, Int) -> Value?

    init(_ shape: Shape, read: @escaping @Sendable (inout DocumentReader, Int) -> Value?) {
        self.shape = shape
        self.read = read
    }

    /// The same shape, read into another value.
    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> FieldType<Other> {
        FieldType<Other>(shape) { reader, node in read(&reader, node).map(transform) }
    }

    /// A list of at least that many.
    func list(atLeast: Int = 0) -> FieldType<[Value]> {
        let element = read
        let shape = Shape.list(shape, atLeast: atLeast)
        return FieldType<[Value]>(shape) { reader, node in
            guard reader.expectList(node) else { return nil }
            let list = reader.document.nodes[node]
            guard Int(list.count) >= atLeast else {
                reader.report("field.tooFew", at: node, [String(atLeast)])
                return nil
            }
            var values: [Value] = []
            values.reserveCapacity(Int(list.count))
            var child = node + 1
            let end = Int(list.end)
            while child < end {
                let target = reader.document.resolved(child)
                if reader.isNull(target) {
                    reader.report("field.noValue", at: target)
                } else if let value = element(&reader, target) {
                    values.append(value)
                }
                child = Int(reader.document.nodes[child].end)
            }
            return values
        }
    }
}

extension FieldType where Value: Hashable & Sendable {
    /// A list in which nothing stands twice.
    func uniqueList(atLeast: Int = 0) -> FieldType<[Value]> {
        let all = list(atLeast: atLeast)
        return FieldType<[Value]>(all.shape) { reader, node in
            guard let values = all.read(&reader, node) else { return nil }
            if values.count > 1, let index = firstRepeat(in: values) {
                reader.report("field.repeated", at: reader.element(index, of: node))
            }
            return values
        }
    }
}

/// The index of the first value that an earlier one equals. Long lists are hashed, because comparing each with each
/// takes 19 s for 50,000.
private func firstRepeat<Value: Hashable>(in values: [Value]) -> Int? {
    if values.count <= 8 {
        for index in 1..<values.count where values[..<index].contains(values[index]) { return index }
        return nil
    }
    var seen = Set<Value>(minimumCapacity: values.count)
    return values.firstIndex { !seen.insert($0).inserted }
}
