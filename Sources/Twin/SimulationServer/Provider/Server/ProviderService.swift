import JSONArena
import Simulation

/// Answers the calls of Terraform's plugin protocol 6.
///
/// It must not know gRPC or sockets: a method's name and a message in, a message or a status out.
struct ProviderService: Sendable {
    enum Reply: Hashable, Sendable {
        case message([UInt8])
        /// A gRPC status other than OK.
        case failure(code: Int, text: String)

        static func unimplemented(_ path: String) -> Reply { .failure(code: 12, text: "\(path) is not implemented") }
    }

    private static let prefix = "/tfplugin6.Provider/"

    let schema: ProviderSchema
    private let schemaMessage: [UInt8]
    private let send: @Sendable (APIRequest) async -> Delivery
    private let awaitTask: @Sendable (String) async -> Void
    private let clock: SimulationClock
    private let keepBack: (@Sendable (Duration) async throws -> Void)?

    init(
        schema: ProviderSchema = .proxmox, send: @escaping @Sendable (APIRequest) async -> Delivery,
        awaitTask: @escaping @Sendable (String) async -> Void, clock: SimulationClock = .system,
        keepBack: (@Sendable (Duration) async throws -> Void)? = nil
    ) {
        self.schema = schema
        self.send = send
        self.awaitTask = awaitTask
        self.clock = clock
        self.keepBack = keepBack
        schemaMessage = schema.message
    }

    /// Whether a call is known. What is not can be refused before its message has come.
    static func serves(_ path: String) -> Bool {
        path.hasPrefix(prefix) && Method(rawValue: String(path.dropFirst(prefix.count))) != nil
    }

    private enum Method: String {
        case schema = "GetProviderSchema"
        case validateProvider = "ValidateProviderConfig"
        case validateResource = "ValidateResourceConfig"
        case upgrade = "UpgradeResourceState"
        case configure = "ConfigureProvider"
        case read = "ReadResource"
        case plan = "PlanResourceChange"
        case apply = "ApplyResourceChange"
        case importState = "ImportResourceState"
        case functions = "GetFunctions"
        case stop = "StopProvider"
    }

    /// Answers one call. Bytes that are no message of the protocol give status 3, `INVALID_ARGUMENT`.
    func answer(_ path: String, _ message: [UInt8], session: ProviderSession) async -> Reply {
        guard path.hasPrefix(Self.prefix), let method = Method(rawValue: String(path.dropFirst(Self.prefix.count)))
        else {
            return .unimplemented(path)
        }
        do {
            switch method {
            case .schema: return .message(schemaMessage)
            case .validateProvider, .stop, .functions: return .message([])
            case .validateResource: return try validate(message)
            case .upgrade: return try upgrade(message)
            case .configure: return try await configure(message, session)
            case .read: return try await read(message, session)
            case .plan: return try plan(message)
            case .apply: return try await apply(message, session)
            case .importState: return try importState(message)
            }
        } catch {
            return .failure(code: 3, text: error.description)
        }
    }

    // MARK: What needs no cluster

    private func validate(_ bytes: [UInt8]) throws(WireError) -> Reply {
        let message = try ProviderMessage(bytes)
        guard let kind = message.kind else { return unknownType(message, diagnostics: 1) }
        let config = try message.value(2)
        return .message(.diagnostics(ConfigurationCheck.diagnostics(kind, schema.body(kind), config), field: 1))
    }

    private func upgrade(_ bytes: [UInt8]) throws(WireError) -> Reply {
        let message = try ProviderMessage(bytes)
        guard let kind = message.kind else { return unknownType(message, diagnostics: 2) }
        let raw = try ProviderMessage(message.bytes(3))
        let text = raw.bytes(1)
        let upgraded: TerraformValue
        do {
            upgraded = try StateUpgrade.value(text, schema.body(kind))
        } catch {
            return .message(
                .diagnostics([ProviderDiagnostic("Failed to decode the state", detail: error.text)], field: 2))
        }
        var response = ProtobufWriter()
        response.write(1, value: upgraded)
        return .message(response.bytes)
    }

    private func configure(_ bytes: [UInt8], _ session: ProviderSession) async throws(WireError) -> Reply {
        let config = try ProviderMessage(bytes).value(2)
        let endpoint = config["endpoint"].string
        var client = ClusterClient(
            send: send, awaitTask: awaitTask, caller: .anonymous,
            endpoint: endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint, clock: clock,
            keepBack: keepBack)
        do throws(ClientFailure) {
            switch ProviderCredentials.of(config) {
            case .failure(let text): throw ClientFailure.own("error creating virtual environment client: \(text)")
            case .caller(let caller): client.caller = caller
            case .password(let username, let password):
                let form = ["username": username, "password": password]
                let ticket = try await client.request(.post, "/access/ticket", form)?["ticket"]?.text
                guard let ticket else { throw ClientFailure.noData }
                client.caller = .ticket(ticket)
            }
        } catch {
            return .message(.diagnostics([error.diagnostic], field: 1))
        }
        session.configure(client)
        return .message([])
    }

    private func plan(_ bytes: [UInt8]) throws(WireError) -> Reply {
        let message = try ProviderMessage(bytes)
        guard let kind = message.kind else { return unknownType(message, diagnostics: 4) }
        let (prior, config) = (try message.value(2), try message.value(4))
        // Of a destruction Terraform proposes null, and still sends the configuration where there is one.
        let isDestruction = try message.isNull(3)
        let answer = ResourcePlanner.plan(
            kind, schema.body(kind), prior: prior, config: isDestruction ? .null : config)
        var response = ProtobufWriter()
        response.write(1, value: answer.planned)
        for path in answer.replacements { response.write(2, bytes: path.message) }
        response.write(3, bytes: Array(message.bytes(5)))
        // Without this Terraform refuses the defaults, which fill in attributes that are not computed.
        response.write(5, true)
        return .message(response.bytes)
    }

    private func importState(_ bytes: [UInt8]) throws(WireError) -> Reply {
        let message = try ProviderMessage(bytes)
        guard let kind = message.kind else { return unknownType(message, diagnostics: 2) }
        let id = try message.text(2)
        let parts = id.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            let text = "unexpected format of ID (\(id)), expected node/id"
            return .message(.diagnostics([ProviderDiagnostic(text)], field: 2))
        }
        var state = schema.body(kind).empty
        state["id"] = .string(String(parts[1]))
        state["node_name"] = .string(String(parts[0]))
        var response = ProtobufWriter()
        response.write(1) { imported in
            imported.write(1, kind.rawValue)
            imported.write(2, value: state)
        }
        return .message(response.bytes)
    }

    // MARK: What acts on the cluster

    private func read(_ bytes: [UInt8], _ session: ProviderSession) async throws(WireError) -> Reply {
        let message = try ProviderMessage(bytes)
        guard let kind = message.kind else { return unknownType(message, diagnostics: 2) }
        let state = try message.value(2)
        guard !state.isNull, let client = session.client else {
            return .message(.diagnostics([.notConfigured], field: 2))
        }
        let outcome = await GuestResource(kind: kind, body: schema.body(kind), client: client).refresh(state)
        var response = ProtobufWriter()
        response.write(1, value: outcome.state)
        for diagnostic in outcome.diagnostics { response.write(2, bytes: diagnostic.message) }
        response.write(3, bytes: Array(message.bytes(3)))
        return .message(response.bytes)
    }

    private func apply(_ bytes: [UInt8], _ session: ProviderSession) async throws(WireError) -> Reply {
        let message = try ProviderMessage(bytes)
        guard let kind = message.kind else { return unknownType(message, diagnostics: 3) }
        let (prior, planned) = (try message.value(2), try message.value(3))
        guard let client = session.client else { return .message(.diagnostics([.notConfigured], field: 3)) }
        let resource = GuestResource(kind: kind, body: schema.body(kind), client: client)
        let outcome = await resource.apply(prior: prior, planned: planned)
        var response = ProtobufWriter()
        response.write(1, value: outcome.state)
        response.write(2, bytes: Array(message.bytes(5)))
        for diagnostic in outcome.diagnostics { response.write(3, bytes: diagnostic.message) }
        response.write(4, true)
        return .message(response.bytes)
    }

    private func unknownType(_ message: ProviderMessage, diagnostics field: Int) -> Reply {
        let name = (try? message.text(1)) ?? ""
        return .message(.diagnostics([ProviderDiagnostic("unknown resource type: \(name)")], field: field))
    }
}

extension ProviderDiagnostic {
    fileprivate static let notConfigured = ProviderDiagnostic("the provider was called before it was configured")
}

extension [UInt8] {
    /// A response that holds nothing but diagnostics.
    fileprivate static func diagnostics(_ list: [ProviderDiagnostic], field: Int) -> [UInt8] {
        var response = ProtobufWriter()
        for diagnostic in list { response.write(field, bytes: diagnostic.message) }
        return response.bytes
    }
}
