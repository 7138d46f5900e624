/// Servers whose documents are there and do not count, because `.plumbignore` names them. Whoever wrote them there did
/// not say that the servers are to end.
package struct LeftOutServers: Sendable, Equatable {
    /// The path of the file that declares each, below the configuration's directory.
    package var paths: [ServerName: String] = [:]
    /// Whether all that is left out was looked at.
    package var isWhole = true

    package init(isWhole: Bool = true) { self.isWhole = isWhole }

    /// Where the document of a server may be that nobody declares; nil: nowhere.
    package func place(of server: ServerName) -> String? { paths[server] ?? (isWhole ? nil : ".plumbignore") }
}
