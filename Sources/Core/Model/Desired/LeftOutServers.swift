/// Servers whose documents are there and do not count, because `.plumbignore` names them, or may be away with the mount
/// of a directory. Nobody said of them that they are to end.
///
/// What was left out already when a server was last declared in plain sight is none of it: kept releases hold a document
/// of every server that ever was, and its end is no matter of theirs.
package struct LeftOutServers: Sendable, Equatable {
    /// The path of the file that declares each, below the configuration's directory.
    package var paths: [ServerName: String] = [:]
    /// A path that is left out and could not be looked at whole; nil: all that is left out was.
    package var unread: String?
    /// One that is left out and holds more than is looked through; nil: all of it was.
    package var beyond: String?
    /// A directory with nothing in it, as the place of a mount that is away; nil: there is none.
    package var empty: String?
    /// What `.plumbignore` says; empty where there is none.
    package var rules = ""
    /// What it had said before, as the registry had it: what all of these leave out was not looked at.
    package var rulesBefore = [""]

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

    /// Whether the rules leave out the document of a server, or may.
    package func mayHide(_ server: ServerName) -> Bool {
        paths[server] != nil || unread != nil || beyond != nil
    }

    package enum Place: Sendable, Equatable {
        case stands(String)
        case mayStand(String)
        case mayStandBeyond(String)
        case mayBeAway(String)
    }
}
