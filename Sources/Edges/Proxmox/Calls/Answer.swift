import JSONArena
import Transport

/// One answer of the API: `{"data": …}` with status 200, or a refusal.
struct Answer {
    private let response: HTTPResponse

    init(_ response: HTTPResponse) { self.response = response }

    /// The answer's `data`; JSON null where a write returns nothing.
    func data() throws(ProxmoxFailure) -> JSONNode {
        guard (200..<300).contains(response.status) else { throw refusal() }
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONDocument(parsing: response.body).root
        } catch {
            throw .unreadable("the answer is \(error)")
        }
        guard let data = root["data"] else { throw .unreadable("the answer has no \"data\"") }
        return data
    }

    /// The reason is in the status line and, since PVE 8, in `message`; errors of parameters are in `errors`.
    private func refusal() -> ProxmoxFailure {
        let root = (try? JSONDocument(parsing: response.body))?.root
        let message = root?["message"]?.string.map(Self.trimmed) ?? ""
        let errors = root?["errors"]?.members.map { member in
            ParameterRefusal(name: member.name, text: Self.trimmed(member.value.string ?? ""))
        }
        return RefusalTable.failure(
            status: response.status, text: message.isEmpty ? Self.trimmed(response.reason) : message,
            parameters: errors ?? [])
    }

    private static func trimmed(_ text: String) -> String {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[...last])
    }
}
