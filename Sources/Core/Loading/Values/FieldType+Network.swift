import Model

extension FieldType where Value == String {
    /// An address with its prefix, or `dhcp`.
    static var addressOrDHCP: FieldType<String> {
        let cidr = Shape.text(
            phrase: "an address with its prefix", pattern: "^[0-9A-Fa-f.:]+/[0-9]{1,3}$", example: "10.0.0.11/24")
        return FieldType<String>(.anyOf([cidr, .choice(["dhcp"])])) { reader, node in
            guard reader.expectScalar(node, "value.cidr") else { return nil }
            let isDHCP = reader.withBytes(reader.document.nodes[node]) { $0.elementsEqual("dhcp".utf8) }
            if isDHCP { return "dhcp" }
            return reader.hostAddress(node) == nil ? nil : reader.text(node)
        }
    }
}

extension FieldType where Value == String {
    /// Of an address that a guest gets, and so of the same family.
    static var gateway: FieldType<String> {
        let address = FieldType<String>.text(.address)
        return FieldType<String>(address.shape) { reader, node in
            guard let text = address.read(&reader, node) else { return nil }
            guard IPAddress(text)?.family == .v4 else {
                reader.report("value.ipv6", at: node)
                return nil
            }
            return text
        }
    }
}

extension FieldType where Value == CIDR {
    static var hostAddress: FieldType<CIDR> {
        let shape = Shape.text(
            phrase: "an address with its prefix", pattern: "^[0-9A-Fa-f.:]+/[0-9]{1,3}$", example: "10.0.0.11/24")
        return FieldType<CIDR>(shape) { reader, node in
            guard reader.expectScalar(node, "value.cidr") else { return nil }
            return reader.hostAddress(node)
        }
    }
}

extension DocumentReader {
    /// An address that a host can have, with its prefix.
    mutating func hostAddress(_ node: Int) -> CIDR? {
        let (cidr, bare) = withBytes(document.nodes[node]) { (CIDR($0), IPAddress($0)) }
        guard let cidr else {
            report("value.cidr", at: node, fix: bare.flatMap { $0.family == .v4 ? "\($0)/24" : nil })
            return nil
        }
        guard cidr.address.family == .v4 else {
            report("value.ipv6", at: node)
            return nil
        }
        guard !cidr.isNetworkOrBroadcast else {
            report("value.hostAddress", at: node, [String(cidr.prefix)])
            return nil
        }
        return cidr
    }
}

extension FieldType where Value == VMID {
    static var vmid: FieldType<VMID> {
        FieldType<Int>.integer(VMID.range.lowerBound...VMID.range.upperBound, "value.vmid").map { VMID($0) }
    }
}

extension FieldType where Value == TemplateReference {
    /// A template's name, its VMID, or a container template's volume.
    static var template: FieldType<TemplateReference> {
        let name = Shape.text(
            phrase: "a template's name, its VMID, or a container's template file", pattern: nil, example: "debian-12")
        let number = Shape.integer(VMID.range.lowerBound...VMID.range.upperBound)
        return FieldType<TemplateReference>(.anyOf([name, number])) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let found = reader.document.nodes[node]
            guard found.style == .plain, let number = reader.withBytes(found, decimal) else {
                let text = FieldType<String>.text(example: "debian-12", limit: 512).read(&reader, node)
                return text.map { .name($0) }
            }
            guard VMID.range.contains(number) else {
                reader.report("value.vmid", at: node, ["100", "999999999"])
                return nil
            }
            return .vmid(VMID(number))
        }
    }
}

private struct VMIDEnds: Sendable {
    var from = VMID(VMID.range.lowerBound)
    var to = VMID(VMID.range.upperBound)
}

extension FieldType where Value == ClosedRange<VMID> {
    /// `1000-1999`, or `{from: 1000, to: 1999}`.
    static var vmidRange: FieldType<ClosedRange<VMID>> {
        let record = vmidEnds.type { VMIDEnds() }.map { $0.from...$0.to }
        let text = Shape.text(phrase: "two VMIDs", pattern: "^[0-9]{3,9}-[0-9]{3,9}$", example: "1000-1999")
        return FieldType<ClosedRange<VMID>>(.anyOf([text, record.shape])) { reader, node in
            guard reader.document.nodes[node].kind == .scalar else { return record.read(&reader, node) }
            let ends = reader.text(node).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count == 2, let from = ends[0], let to = ends[1] else {
                reader.report("value.vmidRange", at: node)
                return nil
            }
            for end in [from, to] where !VMID.range.contains(end) {
                reader.report("value.vmid", at: node, ["100", "999999999"])
                return nil
            }
            guard from <= to else {
                reader.add(Diagnostic(.error, Sentence("field.order", ["\(from)", "\(to)"]), at: reader.span(node)))
                return nil
            }
            return VMID(from)...VMID(to)
        }
    }

    private static var vmidEnds: Declaration<VMIDEnds> {
        Declaration<VMIDEnds>("vmidRange") { fields in
            fields.field("from", .vmid, required: true, "The lowest VMID.") { $0.from = $1 }
            fields.field("to", .vmid, required: true, "The highest VMID.") { $0.to = $1 }
            fields.afterwards { ends, context, reader in
                guard ends.from > ends.to else { return }
                let sentence = Sentence("field.order", [ends.from.description, ends.to.description])
                reader.add(Diagnostic(.error, sentence, at: reader.span(context.node)))
                ends.to = ends.from
            }
        }
    }
}
