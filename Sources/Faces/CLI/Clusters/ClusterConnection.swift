import Foundation
import Model
import Proxmox
import Terraform
import Transport

/// How one cluster of the configuration is reached, by its API and by Terraform.
struct ClusterConnection: Sendable {
    let client: ProxmoxClient
    /// What Terraform's provider needs of the cluster.
    let environment: TerraformEnvironment
    /// How the provider comes to trust what Plumb trusts; nil for a simulated cluster, whose provider runs already.
    let providerTrust: ProviderTrust?
    /// Who Plumb is there: `USER@REALM!TOKEN`.
    let user: String
    /// What an operator should know of the cluster itself; nil: nothing.
    private(set) var remark: Sentence?

    /// A real cluster.
    ///
    /// - Parameters:
    ///   - state: Plumb's own directory.
    ///   - sender: what requests go through on their way to `transport`; nil: nothing.
    init(
        _ endpoint: Cluster.Endpoint, secrets: SecretResolver, of cluster: ClusterName, state: String,
        transport: HTTPTransport, sender: (any HTTPSender)? = nil
    ) throws(StepFailure) {
        let text = try secrets.value(of: endpoint.token)
        try self.init(
            url: endpoint.url, token: text, trust: endpoint.trust, of: cluster, reattachment: nil,
            sender: sender ?? transport
        ) { url, trust in
            ProviderTrust(
                cluster: cluster, url: url, trust: trust, path: "\(state)/trust/\(cluster.key).pem",
                transport: transport)
        }
    }

    /// A simulated one, which is running.
    init(
        _ face: RunningSimulation, of cluster: ClusterName, in directory: String, sender: any HTTPSender
    ) throws(StepFailure) {
        try self.init(
            url: face.endpoint, token: face.token, trust: .fingerprint(face.fingerprint), of: cluster,
            reattachment: face.reattachment, sender: sender)
        guard !face.kept.isEmpty else { return }
        remark = Sentence(
            "edge.simulationKeeps", cluster.text, face.kept.joined(separator: ", "), directory)
    }

    init(
        url: String, token text: String, trust: Cluster.Trust, of cluster: ClusterName, reattachment: String?,
        sender: any HTTPSender, clock: ClientClock = .system,
        providerTrust: (_ url: String, TLSTrust) -> ProviderTrust? = { _, _ in nil }
    ) throws(StepFailure) {
        guard let endpoint = ProxmoxEndpoint(url) else {
            throw StepFailure(Sentence("edge.endpoint", cluster.text, url))
        }
        guard let token = ProxmoxCredentials.Token(text) else {
            throw StepFailure(Sentence("edge.token", cluster.text))
        }
        guard let trust = TLSTrust(trust) else { throw StepFailure(Sentence("edge.fingerprint", cluster.text)) }
        client = ProxmoxClient(
            endpoint: endpoint, credentials: .token(token), trust: trust, sender: sender, clock: clock)
        user = token.id
        var environment = TerraformEnvironment(
            hidden: ["TF_VAR_api_token": text], open: ["TF_VAR_endpoint": endpoint.origin])
        environment.open["TF_VAR_insecure"] = trust == .insecure ? "true" : "false"
        environment.reattachedProviders = reattachment
        self.environment = environment
        self.providerTrust = providerTrust(endpoint.origin, trust)
    }
}
