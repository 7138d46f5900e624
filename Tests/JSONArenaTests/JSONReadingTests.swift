import JSONArena
import Testing

@Suite("Reading JSON")
struct JSONReadingTests {
    @Test func `a document gives its values by name and place`() throws {
        let root = try JSONDocument(
            parsing: #" {"a": [1, 2.5, -3e2, true, false, null, "x"], "b": {"c": {}}, "d": []} "#
        ).root
        #expect(root.kind == .object)
        #expect(root.count == 3)
        #expect(root["a"]?.count == 7)
        #expect(root["a"]?[0]?.int == 1)
        #expect(root["a"]?[1]?.double == 2.5)
        #expect(root["a"]?[1]?.int == nil)
        #expect(root["a"]?[2]?.int == -300)
        #expect(root["a"]?[3]?.bool == true)
        #expect(root["a"]?[4]?.bool == false)
        #expect(root["a"]?[5]?.isNull == true)
        #expect(root["a"]?[6]?.string == "x")
        #expect(root["a"]?[7] == nil)
        #expect(root["b"]?["c"]?.kind == .object)
        #expect(root["b"]?["c"]?.count == 0)
        #expect(root["d"]?.count == 0)
        #expect(root["e"] == nil)
        #expect(root.members.map(\.name) == ["a", "b", "d"])
        #expect(root["b"].map { String(decoding: $0.raw, as: UTF8.self) } == #"{"c": {}}"#)
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u00e9\u0041""#, "éA"), (#""\ud83d\ude00!""#, "😀!"),
        (#""한국어 twelve bytes or more""#, "한국어 twelve bytes or more"),
        (#""aaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbb""#, "aaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbb"),
        (#""\u0000""#, "\0"),
    ])
    func `strings lose their escapes`(text: String, string: String) throws {
        #expect(try JSONDocument(parsing: text).root.string == string)
    }

    @Test func `a name with an escape is found by its meaning, and the first of two wins`() throws {
        let root = try JSONDocument(parsing: #"{"\u0061": 1, "a": 2, "b": 3, "b": 4}"#).root
        #expect(root["a"]?.int == 1)
        #expect(root["b"]?.int == 3)
        #expect(root.count == 4)
    }

    @Test func `a few of many members are picked in one walk`() throws {
        let root = try JSONDocument(parsing: #"{"aa": 1, "b": {"c": 2}, "\u0063c": 3, "aa": 4, "d": null}"#).root
        let values = root.values(named: ["d", "cc", "x", "aa"])
        #expect(values.map { $0?.isNull } == [true, false, nil, false])
        #expect(values[1]?.int == 3)
        #expect(values[3]?.int == 1)
        #expect(root["aa"]?.values(named: ["a"]).count == 1)
        #expect(root["aa"]?.values(named: ["a"])[0] == nil)
    }

    @Test func `names are compared byte for byte`() throws {
        let root = try JSONDocument(parsing: "{\"e\u{301}\": 1}").root
        #expect(root["\u{e9}"] == nil)
        #expect(root["e\u{301}"]?.int == 1)
    }

    @Test func `numbers and flags are taken from the strings that Proxmox writes`() throws {
        let root = try JSONDocument(parsing: #"["2048", 2048, "1.5", "0", "1", 1, true, "", "nan", "0x10", "inf", 2]"#)
            .root
        #expect(root.elements.map(\.number) == [2048, 2048, 1.5, 0, 1, 1, nil, nil, nil, nil, nil, 2])
        #expect(root.elements.map(\.wholeNumber) == [2048, 2048, nil, 0, 1, 1, nil, nil, nil, nil, nil, 2])
        #expect(root.elements.map(\.flag) == [nil, nil, nil, false, true, true, true, nil, nil, nil, nil, nil])
    }

    @Test func `huge numbers are read as far as they fit`() throws {
        let nines = String(repeating: "9", count: 400)
        let root = try JSONDocument(parsing: "[9223372036854775807, 9223372036854775808, \(nines), 1e999, 1e-999, -0]")
            .root
        #expect(root[0]?.int == Int.max)
        #expect(root[1]?.int == nil)
        #expect(root[1]?.double == 9223372036854775808)
        #expect(root[2]?.int == nil)
        #expect(root[2]?.double == nil)
        #expect(root[3]?.double == nil)
        #expect(root[4]?.double == 0)
        #expect(root[5]?.int == 0)
    }

    @Test func `what was written is read back as the same value`() throws {
        let value: JSONValue = ["a": [1, 2.5, nil, true, "x\n\u{1}\"é😀"], "b": [:], "c": []]
        #expect(try JSONDocument(parsing: value.bytes()).root.value == value)
        #expect(try JSONDocument(parsing: value.bytes(indent: 2)).root.value == value)
    }
}
