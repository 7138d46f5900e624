/// What Proxmox says when it could not get a lock in time: of a guest's configuration (ten seconds), of a storage of one
/// node, of a storage that the nodes share. Nothing was done then, and a later try finds the lock free as a rule.
///
/// There is no code for it, so that its words are looked at: here, and nowhere else. They come in refusals, in the ends
/// of tasks, and in Terraform's words around both. `VM is locked (backup)` is another thing, and can take hours.
package enum LockTimeout {
    package static func isSaid(in text: String) -> Bool {
        patterns.contains { pattern in
            guard let start = text.firstRange(of: pattern.start) else { return false }
            return text[start.upperBound...].firstRange(of: pattern.end) != nil
        }
    }

    private static let patterns: [(start: String, end: String)] = [
        ("can't lock file '", "' - got timeout"),
        ("cfs-lock '", "' error: got lock request timeout"),
    ]
}
