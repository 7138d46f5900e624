/// Who the client is to the cluster. Its text never shows the secret.
package enum ProxmoxCredentials: Hashable, Sendable {
    /// `USER@REALM!ID=SECRET`. Sent with every request; needs no CSRF header.
    case token(Token)
    /// Name and password, for which Proxmox gives a ticket of two hours.
    case password(Password)

    package struct Token: Hashable, Sendable {
        /// `USER@REALM!ID`.
        package let id: String
        let secret: String

        /// nil unless the text is `USER@REALM!ID=SECRET` in printable ASCII; a `PVEAPIToken=` before it is dropped.
        package init?(_ text: String) {
            let prefix = "PVEAPIToken="
            let text = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
            guard let equals = text.firstIndex(of: "="), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                return nil
            }
            let id = text[..<equals]
            let secret = text[text.index(after: equals)...]
            let parts = id.split(separator: "!", omittingEmptySubsequences: false)
            guard !secret.isEmpty, parts.count == 2, !parts[1].isEmpty, parts[0].dropFirst().dropLast().contains("@")
            else { return nil }
            self.id = String(id)
            self.secret = String(secret)
        }

        var header: String { "PVEAPIToken=\(id)=\(secret)" }
    }

    package struct Password: Hashable, Sendable {
        /// `USER@REALM`.
        package let user: String
        let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// `USER@REALM`, or with `!ID` for a token.
    package var user: String {
        switch self {
        case .token(let token): token.id
        case .password(let password): password.user
        }
    }
}

extension ProxmoxCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { user }
    package var debugDescription: String { user }
    package var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

extension ProxmoxCredentials.Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { id }
    package var debugDescription: String { id }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension ProxmoxCredentials.Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { user }
    package var debugDescription: String { user }
    package var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
