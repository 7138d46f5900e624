/// Servers whose documents are there and do not count, because `.plumbignore` names them, or may be away with the mount
/// of a directory. Nobody said of them that they are to end.
package struct LeftOutServers: Sendable, Equatable {
    /// The path of the file that declares each, below the configuration's directory.
    package var paths: [ServerName: String] = [:]
    /// A path that is left out and could not be looked at whole; nil: all that is left out was.
    package var unread: String?
    /// One that is left out and holds more than is looked through; nil: all of it was.
    package var beyond: String?
    /// A directory with nothing in it, as the place of a mount that is away; nil: there is none.
    package var empty: String?

    package init(unread: String? = nil, beyond: String? = nil, empty: String? = nil) {
        self.unread = unread
        self.beyond = beyond
        self.empty = empty
    }

    /// Where the document of a server is that nobody declares, or may be; nil: nowhere.
    package func place(of server: ServerName) -> Place? {
        if let path = paths[server] { return .stands(path) }
        if let unread { return .mayStand(unread) }
        if let beyond { return .mayStandBeyond(beyond) }
        return empty.map { .mayBeAway($0) }
    }

    package enum Place: Sendable, Equatable {
        case stands(String)
        case mayStand(String)
        case mayStandBeyond(String)
        case mayBeAway(String)
    }
}
