/// A whole answer: whatever its status, its body arrived to the last byte that the server promised.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    /// The status line's text after the number, trimmed; Proxmox puts its reasons there.
    package var reason: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]

    package init(status: Int, reason: String = "", headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, compared without case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
