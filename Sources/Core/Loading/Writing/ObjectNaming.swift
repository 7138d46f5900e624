import Model

/// Names that objects can have, for those whose names come from somewhere else.
package enum ObjectNaming {
    /// Whether a document can have that name: a DNS label that is no number and no word of the API's paths.
    package static func isName(_ text: String) -> Bool {
        let isLabel = Array(text.utf8).withUnsafeBufferPointer { TextFormat.name.isValid($0) }
        return isLabel && !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && !Declarations.reservedNames.contains(text.lowercased())
    }

    /// The nearest name to a text; `PREFIX-NUMBER` where nothing of it can stay.
    package static func name(for text: String, or prefix: String, _ number: Int) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            if isKept { name.unicodeScalars.append(scalar) } else if name.last != "-", !name.isEmpty { name += "-" }
        }
        name = String(name.prefix(63))
        while name.last == "-" { name.removeLast() }
        return isName(name) ? name : "\(prefix)-\(number)"
    }
}
