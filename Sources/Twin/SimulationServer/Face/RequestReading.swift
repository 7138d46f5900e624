import JSONArena
import Simulation

/// What came over HTTP, free of whose HTTP it was.
struct ReceivedRequest: Sendable {
    var method: String
    /// The path with its query, escapes and all.
    var target: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    /// Every value of a header; names are compared without case.
    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

/// HTTP's form of a request, made into the cluster's.
enum RequestReading {
    enum Outcome {
        case request(APIRequest)
        case refused(APIResponse)
    }

    private static let prefix = "/api2/json"

    static func read(_ received: ReceivedRequest) -> Outcome {
        guard let method = APIMethod(rawValue: received.method) else {
            return refuse(501, "method '\(received.method)' not available")
        }
        let uri = received.target
        let body = received.body
        let mark = uri.firstIndex(of: "?")
        let path = String(mark.map { uri[..<$0] } ?? uri[...])
        let query = mark.map { String(uri[uri.index(after: $0)...]) } ?? ""
        guard path == prefix || path.hasPrefix(prefix + "/") else { return refuse(404, "no such file '\(path)'") }
        guard var plain = decoded(String(path.dropFirst(prefix.count)), plusIsSpace: false) else {
            return refuse(400, "bad request - malformed path")
        }
        while plain.count > 1, plain.hasSuffix("/") { plain.removeLast() }
        if plain.isEmpty { plain = "/" }
        guard var parameters = form(query) else { return refuse(400, "bad request - malformed query") }
        if !body.isEmpty {
            let type = received.values(of: "Content-Type").first ?? ""
            guard
                let given = type.hasPrefix("application/json")
                    ? json(body) : form(String(decoding: body, as: UTF8.self))
            else { return refuse(400, "bad request - malformed body") }
            parameters.merge(given) { $1 }
        }
        switch caller(of: received, method) {
        case .success(let caller):
            return .request(APIRequest(method, plain, parameters, caller: caller))
        case .failure(let refusal): return refuse(401, refusal.text)
        }
    }

    private struct Unauthenticated: Error { let text: String }

    /// A token's header, or a ticket's cookie with, for writes, the token against forged requests.
    private static func caller(of received: ReceivedRequest, _ method: APIMethod) -> Result<Caller, Unauthenticated> {
        if let header = received.values(of: "Authorization").first {
            guard header.hasPrefix("PVEAPIToken=") else { return .failure(Unauthenticated(text: "No ticket")) }
            let value = header.dropFirst("PVEAPIToken=".count)
            guard let mark = value.firstIndex(of: "!"), let equals = value[mark...].firstIndex(of: "=") else {
                return .failure(Unauthenticated(text: "no tokenid specified"))
            }
            return .success(
                .token(id: String(value[..<equals]), secret: String(value[value.index(after: equals)...])))
        }
        for header in received.values(of: "Cookie") {
            for cookie in header.split(separator: ";") {
                let trimmed = cookie.drop { $0 == " " }
                guard trimmed.hasPrefix("PVEAuthCookie="),
                    let ticket = decoded(String(trimmed.dropFirst("PVEAuthCookie=".count)), plusIsSpace: false)
                else { continue }
                let shown = received.values(of: "CSRFPreventionToken").first
                if method != .get, !received.target.hasPrefix(prefix + "/access/ticket"),
                    shown != SimulatedCluster.preventionToken(for: ticket)
                {
                    return .failure(Unauthenticated(text: "Permission denied - invalid csrf token"))
                }
                return .success(.ticket(ticket))
            }
        }
        return .success(.anonymous)
    }

    private static func refuse(_ status: Int, _ text: String) -> Outcome {
        .refused(
            APIResponse(status: status, reason: text, body: ["data": .null, "message": .string(text + "\n")]))
    }

    // MARK: Forms

    /// `a=1&b=two+words`; nil where an escape is malformed. Of a name given twice the values are joined, as Proxmox
    /// reads lists.
    static func form(_ text: String) -> [String: String]? {
        var parameters: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let equals = pair.firstIndex(of: "=")
            guard let name = decoded(String(equals.map { pair[..<$0] } ?? pair[...]), plusIsSpace: true),
                let value = decoded(equals.map { String(pair[pair.index(after: $0)...]) } ?? "", plusIsSpace: true)
            else { return nil }
            parameters[name] = parameters[name].map { $0 + "," + value } ?? value
        }
        return parameters
    }

    /// A JSON object of plain values.
    static func json(_ body: [UInt8]) -> [String: String]? {
        guard let document = try? JSONDocument(parsing: body), document.root.kind == .object else { return nil }
        var parameters: [String: String] = [:]
        for (name, value) in document.root.members {
            switch value.kind {
            case .null: continue
            case .bool: parameters[name] = value.bool == true ? "1" : "0"
            case .number: parameters[name] = String(decoding: value.raw, as: UTF8.self)
            case .string: parameters[name] = value.string ?? ""
            case .array: parameters[name] = value.elements.compactMap(\.string).joined(separator: ",")
            case .object: return nil
            }
        }
        return parameters
    }

    /// Without percent escapes; nil where one is malformed or the bytes are not UTF-8.
    static func decoded(_ text: String, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
