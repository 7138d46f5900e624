import Model

extension Page {
    /// Which volume of which storage holds a guest as it was before its rebuild.
    func backup(_ volume: String) -> String { what("view.backup", volume, String(volume.prefix { $0 != ":" })) }
}
