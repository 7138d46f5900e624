import JSONArena
import Testing

@Suite("Hostile JSON")
struct HostileJSONTests {
    @Test(arguments: [
        ("", 0, JSONFailure.What.ended), ("  ", 2, .ended), ("[1,]", 3, .unexpected), ("[1 2]", 3, .unexpected),
        ("{\"a\":1,}", 7, .unexpected), ("{a:1}", 1, .unexpected), ("{\"a\" 1}", 5, .unexpected),
        ("[1}", 2, .unexpected),
        ("{]", 1, .unexpected), ("1 2", 2, .trailing), ("{} x", 3, .trailing), ("tru", 3, .ended),
        ("trux", 0, .literal),
        ("nul!", 0, .literal), ("01", 1, .number), ("-", 1, .ended), ("-x", 1, .number), ("1.", 2, .ended),
        ("1.e3", 2, .number),
        ("1e", 2, .ended), ("1e+", 3, .ended), ("+1", 0, .unexpected), (".5", 0, .unexpected), ("NaN", 0, .unexpected),
        ("\"abc", 4, .ended), ("\"a\\", 3, .ended), ("\"\\x\"", 1, .escape), ("\"\\u12g4\"", 1, .escape),
        ("\"\\u12\"", 6, .ended),
        ("\"\\ud800\"", 1, .surrogate), ("\"\\ud800\\", 8, .ended), ("\"\\ud800xxxxxx\"", 1, .surrogate),
        ("\"\\ude00\"", 1, .surrogate),
        ("\"\\ud83d\\u0041\"", 1, .surrogate), ("\"a\nb\"", 2, .control), ("\u{FEFF}{}", 0, .unexpected),
        ("'a'", 0, .unexpected),
        ("[1] // no", 4, .trailing),
    ])
    func `what is not JSON is refused with its place`(text: String, offset: Int, what: JSONFailure.What) {
        #expect(throws: JSONFailure(offset: offset, what: what)) { try JSONDocument(parsing: text) }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xC3, 0x22, 0x22],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        let text = Array("\"12345678".utf8) + bytes + Array("1234\"".utf8)
        #expect(throws: JSONFailure(offset: 9, what: .encoding)) { try JSONDocument(parsing: text) }
    }

    @Test func `depth is bounded`() throws {
        let limit = JSONDocument.depthLimit
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONDocument(parsing: nested(limit)) }
        #expect(throws: JSONFailure(offset: limit, what: .tooDeep)) { try JSONDocument(parsing: nested(limit + 1)) }
        #expect(throws: JSONFailure(offset: limit, what: .tooDeep)) {
            try JSONDocument(parsing: String(repeating: "[", count: 1_000_000))
        }
    }

    @Test func `every truncation and every changed byte of a document is an answer, never a crash`() throws {
        let text = Array(
            #"{"a":[1,-2.5e3,"é\ud83d\ude00\n",{"b":null,"long name of it":true}],"c":"0123456789abcdef"}"#.utf8)
        _ = try JSONDocument(parsing: text)
        for end in 0..<text.count {
            #expect(throws: JSONFailure.self) { try JSONDocument(parsing: Array(text[..<end])) }
        }
        var read = 0
        for index in text.indices {
            for byte in [0, 0x0A, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x65, 0x75, 0x7B, 0x7D, 0x80, 0xED, 0xFF]
                as [UInt8]
            {
                var changed = text
                changed[index] = byte
                if let document = try? JSONDocument(parsing: changed) {
                    read += 1
                    _ = document.root.value.bytes()
                }
            }
        }
        #expect(read > 0)
    }
}
