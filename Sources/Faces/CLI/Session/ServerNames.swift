import Model
import Reconciliation

/// Whom a word means: the one place in which every verb that takes a server looks it up.
///
/// A server goes by its name (compared without case), its display name, and its guest's VMID. A name goes before a
/// display name, and that before a number, so that no text that somebody chose for show can stand in a name's way.
struct ServerNames: Sendable {
    struct Known: Sendable {
        var name: ServerName
        var displayName: String?
        /// Nil: it was never given one.
        var vmid: VMID?
    }

    private let known: [Known]

    init(_ known: [Known]) { self.known = known }

    /// Declared and recorded servers. What is recorded by the former name of a declared one is that one's.
    init(_ desired: Desired, _ recorded: Recorded) {
        var rows = Dictionary(recorded.servers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var known: [Known] = []
        let declared = Set(desired.servers.map(\.name))
        for server in desired.servers {
            var row = rows.removeValue(forKey: server.name)
            var heritage: Known?
            if row == nil, let former = server.metadata.formerName.map({ ServerName($0) }), !declared.contains(former) {
                row = rows.removeValue(forKey: former)
                heritage = row.map { Known(name: $0.name) }
            }
            known.append(
                Known(
                    name: server.name, displayName: server.metadata.displayName ?? row?.displayName,
                    vmid: row?.vmid ?? server.vmid))
            if let heritage { known.append(heritage) }
        }
        known += rows.values.map { Known(name: $0.name, displayName: $0.displayName, vmid: $0.vmid) }
        self.known = known.sorted { $0.name < $1.name }
    }

    /// The servers of a pass, those that only a state knows included.
    init(_ servers: [Reconciliation.ServerView]) {
        self.init(
            servers.map {
                Known(
                    name: $0.name, displayName: $0.declared?.metadata.displayName ?? $0.recorded?.displayName,
                    vmid: $0.vmid)
            })
    }

    /// The one server that is meant.
    ///
    /// - Throws: when none is, or more than one.
    func one(_ text: String) throws(CommandFailure) -> ServerName {
        guard let name = try exact(text) else { throw CommandFailure(Sentence("cli.noSuchServer", text)) }
        return name
    }

    /// The servers that a word or a pattern with `*` and `?` means, ascending. A pattern goes by names and display names.
    ///
    /// - Throws: when none is, or when a word without a pattern means more than one.
    func matching(_ text: String) throws(CommandFailure) -> [ServerName] {
        if let name = try exact(text) { return [name] }
        let pattern = NamePattern(text)
        let matches =
            pattern.isPlain
            ? [] : known.filter { pattern.matches($0.name.key) || $0.displayName.map(pattern.matches) ?? false }
        guard !matches.isEmpty else { throw CommandFailure(Sentence("cli.noSuchTarget", text)) }
        return matches.map(\.name)
    }

    private func exact(_ text: String) throws(CommandFailure) -> ServerName? {
        let name = ServerName(text)
        if let found = known.first(where: { $0.name == name }) { return found.name }
        let shown = known.filter { $0.displayName == text }
        let found = shown.isEmpty ? known.filter { $0.vmid != nil && $0.vmid?.description == text } : shown
        guard found.count > 1 else { return found.first?.name }
        let names = found.map(\.name.text).joined(separator: ", ")
        throw CommandFailure(Sentence("cli.ambiguousServer", text, String(found.count), names))
    }
}
