/// The length-delimited fields of one request; all that the requests of the protocol need.
struct ProviderMessage {
    private var fields: [Int: ArraySlice<UInt8>] = [:]

    init(_ bytes: [UInt8]) throws(WireError) { try self.init(bytes[...]) }

    init(_ bytes: ArraySlice<UInt8>) throws(WireError) {
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            // The last one counts, as protobuf has it; none of the fields that are read repeats.
            if case .bytes(let content) = field.content { fields[field.number] = content }
        }
    }

    func bytes(_ number: Int) -> ArraySlice<UInt8> { fields[number] ?? [] }

    func text(_ number: Int) throws(WireError) -> String {
        guard let text = String(validating: bytes(number), as: UTF8.self) else {
            throw .malformed(offset: 0, what: "field \(number) is not UTF-8")
        }
        return text
    }

    /// The resource type in field 1; nil where the provider has none of that name.
    var kind: ResourceKind? { (try? text(1)).flatMap(ResourceKind.init(rawValue:)) }

    /// Whether a `DynamicValue` is null, or absent, without reading what else it may be.
    func isNull(_ number: Int) throws(WireError) -> Bool {
        let content = try ProviderMessage(bytes(number)).bytes(1)
        return content.isEmpty || content.elementsEqual([0xC0])
    }

    /// A `DynamicValue`; null where the field is absent.
    func value(_ number: Int) throws(WireError) -> TerraformValue {
        let content = try ProviderMessage(bytes(number)).bytes(1)
        return content.isEmpty ? .null : try MessagePackReader.value(content)
    }
}

extension ProtobufWriter {
    /// A `DynamicValue` in MessagePack.
    mutating func write(_ number: Int, value: TerraformValue) {
        write(number) { $0.write(1, bytes: MessagePackWriter.bytes(value)) }
    }
}
