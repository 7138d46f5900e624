/// The names by which the people who run Plumb are told apart.
package enum PersonName {
    /// As it is kept: no blanks around it, and one wherever there are more. `ann ` and `ann` are one person.
    package static func written(_ text: String) -> String {
        text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    }

    /// As it is compared: as it is kept, without case.
    package static func compared(_ text: String) -> String { written(text).lowercased() }
}
