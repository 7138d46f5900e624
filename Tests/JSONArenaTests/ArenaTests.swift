import Testing

@testable import JSONArena

/// What makes the arena fast: a small entry for each value, all in one array, whatever the document's shape.
@Suite struct ArenaTests {
    @Test func `an entry has 16 bytes`() { #expect(MemoryLayout<JSONEntry>.stride == 16) }

    @Test(arguments: [
        ("1", 1), ("[]", 1), ("[1,{\"a\":2}]", 5), ("{\"a\":[true,null,\"x\"]}", 6), (" [ [ [ ] ] ] ", 3),
    ])
    func `a document is one entry for each value and each name`(text: String, entries: Int) throws {
        #expect(try JSONDocument(parsing: text).root.storage.entries.count == entries)
    }

    @Test func `a walk over a container's values steps over what is in them`() throws {
        let inner = "[" + Array(repeating: "0", count: 1000).joined(separator: ",") + "]"
        let root = try JSONDocument(parsing: "[\(inner),\(inner),{\"a\":\(inner)}]").root
        #expect(root.elements.map(\.index) == [1, 1002, 2003])
    }
}
