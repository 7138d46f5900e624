extension ProviderSchema {
    /// `GetProviderSchema.Response` of protocol 6.
    var message: [UInt8] {
        var response = ProtobufWriter()
        response.write(1) { $0.write(schema: provider) }
        for (kind, body) in resources.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            response.write(2) { entry in
                entry.write(1, kind.rawValue)
                entry.write(2) { $0.write(schema: body) }
            }
        }
        // `get_provider_schema_optional`: Terraform then asks once in a run instead of once for each connection.
        response.write(6) { $0.write(2, true) }
        return response.bytes
    }
}

extension ProtobufWriter {
    fileprivate mutating func write(schema body: SchemaBody) {
        write(2) { $0.write(body) }
    }

    private mutating func write(_ body: SchemaBody) {
        for attribute in body.attributes {
            write(2) { inner in
                inner.write(1, attribute.name)
                inner.write(2, attribute.type.json)
                inner.write(4, attribute.isRequired)
                inner.write(5, attribute.isOptional)
                inner.write(6, attribute.isComputed)
                inner.write(7, attribute.isSensitive)
                inner.write(9, attribute.isDeprecated)
            }
        }
        for block in body.blocks {
            write(3) { inner in
                inner.write(1, block.name)
                inner.write(2) { $0.write(block.body) }
                inner.write(3, 2)  // Nesting mode LIST.
                inner.write(5, block.maximum)
            }
        }
    }
}
