import JSONArena

/// A request whose caller is known, on its way to its endpoint.
struct Call: Sendable {
    let method: APIMethod
    let path: String
    /// The path's parts between slashes.
    let parts: [String]
    let parameters: [String: String]
    let identity: Identity
    /// Of a list of guests, the only one whose row is looked at; nil: all.
    let onlyGuest: Int?

    init(_ request: APIRequest, identity: Identity) {
        method = request.method
        path = request.path
        parts = request.path.split(separator: "/").map(String.init)
        parameters = request.parameters
        onlyGuest = request.onlyGuest
        self.identity = identity
    }

    /// The parts from a position on, joined again: `status/start`.
    func rest(from index: Int) -> String { parts.dropFirst(index).joined(separator: "/") }

    func text(_ name: String) -> String? { parameters[name] }

    func requiredText(_ name: String) throws(Refusal) -> String {
        guard let value = parameters[name], !value.isEmpty else { throw .missing(name) }
        return value
    }

    func flag(_ name: String) throws(Refusal) -> Bool? {
        guard let value = parameters[name] else { return nil }
        guard let flag = Self.flag(value) else {
            throw .parameter(name, "type check ('boolean') failed - got '\(value)'")
        }
        return flag
    }

    func number(_ name: String) throws(Refusal) -> Int? {
        guard let value = parameters[name] else { return nil }
        guard let number = Int(value) else {
            throw .parameter(name, "type check ('integer') failed - got '\(value)'")
        }
        return number
    }

    /// A guest's number, in Proxmox's range.
    func guestNumber(_ name: String) throws(Refusal) -> Int {
        guard let number = try number(name) else { throw .missing(name) }
        try Self.check(guestNumber: number, name: name)
        return number
    }

    static func check(guestNumber number: Int, name: String) throws(Refusal) {
        if number < 100 { throw .parameter(name, "invalid format - value does not look like a valid VM ID\n") }
        if number > 999_999_999 { throw .parameter(name, "value must have a maximum value of 999999999") }
    }

    /// Refuses parameters that the endpoint does not know, as Proxmox does.
    func allow(_ names: Set<String>) throws(Refusal) {
        let unknown = parameters.keys.filter { !names.contains($0) }
        guard !unknown.isEmpty else { return }
        var refusal = Refusal(status: 400, text: "Parameter verification failed.")
        for name in unknown {
            refusal.errors[name] =
                "property is not defined in schema and the schema does not allow additional properties"
        }
        throw refusal
    }

    /// Proxmox's spellings of yes and no.
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "on", "yes", "true": true
        case "0", "off", "no", "false": false
        default: nil
        }
    }
}
