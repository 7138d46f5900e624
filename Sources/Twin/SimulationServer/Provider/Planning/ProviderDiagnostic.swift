/// An error or a warning, as Terraform prints it.
struct ProviderDiagnostic: Hashable, Sendable {
    var isWarning = false
    var summary: String
    var detail: String
    var attribute: AttributePath?

    init(_ summary: String, detail: String = "", isWarning: Bool = false, attribute: AttributePath? = nil) {
        self.summary = summary
        self.detail = detail
        self.isWarning = isWarning
        self.attribute = attribute
    }

    /// `Diagnostic` of protocol 6.
    var message: [UInt8] {
        var writer = ProtobufWriter()
        writer.write(1, isWarning ? 2 : 1)
        writer.write(2, summary)
        writer.write(3, detail)
        if let attribute { writer.write(4, bytes: attribute.message) }
        return writer.bytes
    }
}
