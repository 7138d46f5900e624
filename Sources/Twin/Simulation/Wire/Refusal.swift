import JSONArena

/// An answer that says no, as Proxmox words it.
struct Refusal: Error, Hashable, Sendable {
    var status: Int
    var text: String
    /// Parameter name and what is wrong with it; only with status 400.
    var errors: [String: String] = [:]

    /// Most refusals: status 500 and a sentence.
    static func failed(_ text: String) -> Refusal { Refusal(status: 500, text: text) }

    static func parameter(_ name: String, _ text: String) -> Refusal {
        Refusal(status: 400, text: "Parameter verification failed.", errors: [name: text])
    }

    static func missing(_ name: String) -> Refusal { parameter(name, "property is missing and it is not optional") }

    static func forbidden(_ path: String, _ privilege: String) -> Refusal {
        Refusal(status: 403, text: "Permission check failed (\(path), \(privilege))")
    }

    static func unauthenticated(_ text: String) -> Refusal { Refusal(status: 401, text: text) }

    /// The node that was asked could not reach the one that the path names.
    static let unreachable = Refusal(status: 595, text: "No route to host")

    static func unknown(_ method: APIMethod, _ path: String) -> Refusal {
        Refusal(status: 501, text: "Method '\(method.rawValue) \(path)' not implemented")
    }

    var response: APIResponse {
        var members = [JSONValue.Member("data", .null), JSONValue.Member("message", .string(text + "\n"))]
        if !errors.isEmpty {
            let sorted = errors.sorted { $0.key < $1.key }
            members.append(
                JSONValue.Member("errors", .object(sorted.map { JSONValue.Member($0.key, .string($0.value)) })))
        }
        return APIResponse(status: status, reason: text, body: .object(members))
    }
}
