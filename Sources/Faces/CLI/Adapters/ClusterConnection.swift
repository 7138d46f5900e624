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
    /// Who Plumb is there: `USER@REALM!TOKEN`.
    let user: String

    /// A real cluster.
    init(
        _ endpoint: Cluster.Endpoint, secrets: SecretResolver, of cluster: ClusterName, transport: any HTTPSender
    ) throws(StepFailure) {
        let text = try secrets.value(of: endpoint.token)
        try self.init(
            url: endpoint.url, token: text, trust: endpoint.trust, of: cluster, reattachment: nil, transport: transport)
    }

    /// A simulated one, which is running.
    init(
        _ face: RunningSimulation, of cluster: ClusterName, transport: any HTTPSender
    ) throws(StepFailure) {
        try self.init(
            url: face.endpoint, token: face.token, trust: .fingerprint(face.fingerprint), of: cluster,
            reattachment: face.reattachment, transport: transport)
    }

    init(
        url: String, token text: String, trust: Cluster.Trust, of cluster: ClusterName, reattachment: String?,
        transport: any HTTPSender, clock: ClientClock = .system
    ) throws(StepFailure) {
        guard let endpoint = ProxmoxEndpoint(url) else {
            throw StepFailure(Sentence("edge.endpoint", cluster.text, url))
        }
        guard let token = ProxmoxCredentials.Token(text) else {
            throw StepFailure(Sentence("edge.token", cluster.text))
        }
        guard let trust = TLSTrust(trust) else { throw StepFailure(Sentence("edge.fingerprint", cluster.text)) }
        client = ProxmoxClient(
            endpoint: endpoint, credentials: .token(token), trust: trust, sender: transport, clock: clock)
        user = token.id
        var environment = TerraformEnvironment(hidden: ["TF_VAR_api_token": text], open: ["TF_VAR_endpoint": url])
        if case .insecure = trust { environment.open["TF_VAR_insecure"] = "true" }
        environment.reattachedProviders = reattachment
        self.environment = environment
    }
}
