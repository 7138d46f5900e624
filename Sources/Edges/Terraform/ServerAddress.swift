import Model

/// Where one server stands in Terraform: `module.server["NAME"]`, with one resource below it.
package struct ServerAddress: Hashable, Sendable {
    /// The key as it is written in tfvars and state. Its case counts for Terraform, though not for ``ServerName``.
    package var key: String

    package init(key: String) { self.key = key }

    package var server: ServerName { ServerName(key) }

    /// `module.server["NAME"]`, quoted as Terraform prints it.
    package var module: String {
        var quoted = ""
        for character in key {
            switch character {
            case "\"": quoted += #"\""#
            case "\\": quoted += #"\\"#
            case "\n": quoted += #"\n"#
            case "\r": quoted += #"\r"#
            case "\t": quoted += #"\t"#
            default: quoted.append(character)
            }
        }
        quoted = quoted.replacing("${", with: "$${").replacing("%{", with: "%%{")
        return "module.server[\"\(quoted)\"]"
    }

    /// Reads a module's address; nil for any other module, and for what is below one.
    package init?(module: some StringProtocol) {
        guard let (key, rest) = Self.split(module), rest.isEmpty else { return nil }
        self.key = key
    }

    /// Reads the address of a resource in the module itself; nil for any other, also in modules below it.
    package init?(resource: some StringProtocol) {
        guard let (key, rest) = Self.split(resource), rest.first == ".", !rest.hasPrefix(".module.") else { return nil }
        self.key = key
    }

    private static func split(_ address: some StringProtocol) -> (key: String, rest: Substring)? {
        let start = "module.server[\""
        guard address.hasPrefix(start) else { return nil }
        var rest = Substring(address.dropFirst(start.count))
        // Nearly every key is plain: no escape, and nothing that Terraform would have doubled.
        if let end = rest.utf8.firstIndex(where: {
            $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "{")
        }),
            rest.utf8[end] == UInt8(ascii: "\"")
        {
            let after = rest[end...].dropFirst()
            return after.first == "]" ? (String(rest[..<end]), after.dropFirst()) : nil
        }
        var key = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                guard rest.popFirst() == "]" else { return nil }
                return (key.replacing("$${", with: "${").replacing("%%{", with: "%{"), rest)
            case "\\":
                switch rest.popFirst() {
                case "n"?: key.append("\n")
                case "r"?: key.append("\r")
                case "t"?: key.append("\t")
                case let escaped?: key.append(escaped)
                case nil: return nil
                }
            default: key.append(character)
            }
        }
        return nil
    }
}
