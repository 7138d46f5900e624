/// One value of a ``JSONDocument``. Small, and cheap to copy; it keeps the whole document alive.
package struct JSONNode: Sendable {
    package enum Kind: String, Hashable, Sendable {
        case null, bool, number, string, array, object
    }

    let storage: JSONStorage
    let index: Int

    var entry: JSONEntry { storage.entries[index] }

    package var kind: Kind {
        switch entry.tag {
        case .null: .null
        case .yes, .no: .bool
        case .number: .number
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    package var isNull: Bool { entry.tag == .null }

    /// The value as it stands in the text, a string's quotes included.
    package var raw: ArraySlice<UInt8> {
        let entry = entry
        return storage.bytes[Int(entry.offset)..<Int(entry.offset) + Int(entry.length)]
    }

    /// Of the value's first byte in the document.
    package var offset: Int { Int(entry.offset) }

    /// The elements of an array, the members of an object (repeated names counted each), 0 for anything else.
    /// Takes a step for each element.
    package var count: Int {
        switch entry.tag {
        case .array: elements.reduce(0) { count, _ in count + 1 }
        case .object: members.reduce(0) { count, _ in count + 1 }
        case .null, .yes, .no, .number, .string, .escapedString: 0
        }
    }

    /// The value of an object's first member of that name (byte for byte); nil where there is none, and for anything
    /// but an object. Takes a step for each member before it: to read a large map, go through ``members``.
    package subscript(_ name: String) -> JSONNode? {
        var name = name
        return name.withUTF8 { wanted in
            // One hold on each list for the whole walk.
            storage.entries.withUnsafeBufferPointer { entries in
                storage.bytes.withUnsafeBufferPointer { bytes in
                    guard entries[index].tag == .object else { return nil }
                    let end = Int(entries[index].end)
                    var next = index + 1
                    while next < end {
                        if isName(at: next, entries[next], equalTo: wanted, bytes) {
                            return JSONNode(storage: storage, index: next + 1)
                        }
                        next = Int(entries[next + 1].end)
                    }
                    return nil
                }
            }
        }
    }

    /// The element at that place, counted from 0; nil past the end, and for anything but an array. Takes a step for
    /// each element before it.
    package subscript(_ position: Int) -> JSONNode? {
        guard position >= 0 else { return nil }
        var iterator = elements.makeIterator()
        for _ in 0..<position { guard iterator.next() != nil else { return nil } }
        return iterator.next()
    }

    /// An array's elements; empty for anything else.
    package var elements: JSONElements { JSONElements(node: self) }

    /// An object's members in the text's order, repeated names included; empty for anything else.
    package var members: JSONMembers { JSONMembers(node: self) }

    /// The values of some of an object's members, each at its name's place; nil where there is none. One walk for all:
    /// for picking a dozen of sixty.
    package func values(named names: [StaticString]) -> [JSONNode?] {
        var found = [JSONNode?](repeating: nil, count: names.count)
        let entry = entry
        guard entry.tag == .object else { return found }
        storage.entries.withUnsafeBufferPointer { entries in
            let bytes = storage.bytes
            var next = index + 1
            while next < Int(entry.end) {
                let length = Int(entries[next].length) - 2
                let isEscaped = entries[next].tag == .escapedString
                for place in names.indices where isEscaped || names[place].utf8CodeUnitCount == length {
                    let wanted = UnsafeBufferPointer(
                        start: names[place].utf8Start, count: names[place].utf8CodeUnitCount)
                    guard found[place] == nil,
                        bytes.withUnsafeBufferPointer({ isName(at: next, entries[next], equalTo: wanted, $0) })
                    else { continue }
                    found[place] = JSONNode(storage: storage, index: next + 1)
                    break
                }
                next = Int(entries[next + 1].end)
            }
        }
        return found
    }

    /// Whether an entry of this document is that name.
    @inline(__always)
    private func isName(
        at index: Int, _ entry: JSONEntry, equalTo wanted: UnsafeBufferPointer<UInt8>,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard entry.tag == .string else { return isEscapedName(at: index, equalTo: wanted) }
        guard Int(entry.length) - 2 == wanted.count else { return false }
        let start = Int(entry.offset) + 1
        for index in 0..<wanted.count where bytes[start + index] != wanted[index] { return false }
        return true
    }

    private func isEscapedName(at index: Int, equalTo wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        JSONNode(storage: storage, index: index).string.map { $0.utf8.elementsEqual(wanted) } ?? false
    }
}

/// The elements of an array.
package struct JSONElements: Sequence, Sendable {
    let node: JSONNode

    package struct Iterator: IteratorProtocol {
        let storage: JSONStorage
        var place: Int
        let end: Int

        package mutating func next() -> JSONNode? {
            guard place < end else { return nil }
            defer { place = Int(storage.entries[place].end) }
            return JSONNode(storage: storage, index: place)
        }
    }

    package func makeIterator() -> Iterator {
        let entry = node.entry
        let end = entry.tag == .array ? Int(entry.end) : node.index
        return Iterator(storage: node.storage, place: node.index + 1, end: end)
    }
}

/// The members of an object.
package struct JSONMembers: Sequence, Sendable {
    let node: JSONNode

    package struct Iterator: IteratorProtocol {
        let storage: JSONStorage
        var place: Int
        let end: Int

        package mutating func next() -> (name: String, value: JSONNode)? {
            guard place < end else { return nil }
            let name = JSONNode(storage: storage, index: place)
            let value = JSONNode(storage: storage, index: place + 1)
            place = Int(storage.entries[place + 1].end)
            return (name.string ?? "", value)
        }
    }

    package func makeIterator() -> Iterator {
        let entry = node.entry
        let end = entry.tag == .object ? Int(entry.end) : node.index
        return Iterator(storage: node.storage, place: node.index + 1, end: end)
    }
}
