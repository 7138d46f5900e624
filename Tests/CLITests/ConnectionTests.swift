import Model
import Testing
import Transport

@testable import CLI

/// The loader checks what stands in a document; what reaches a connection all the same is refused there, and named.
@Suite("What no cluster is reached with")
struct ConnectionTests {
    private static let goodURL = "https://pve1.example.org:8006"
    private static let goodToken = "plumb@pve!plumb=01234567-89ab-cdef-0123-456789abcdef"

    private func refusal(
        url: String = Self.goodURL, token: String = Self.goodToken, trust: Cluster.Trust = .insecure
    ) -> Sentence? {
        let transport = HTTPTransport()
        defer { transport.close() }
        do throws(StepFailure) {
            _ = try ClusterConnection(
                url: url, token: token, trust: trust, of: "lab", reattachment: nil, sender: transport)
            return nil
        } catch {
            return error.sentence
        }
    }

    @Test("An endpoint that is no address", arguments: ["pve1", "ftp://pve1:8006", "https://", "https://pve1:99999"])
    func endpoint(url: String) {
        #expect(refusal(url: url) == Sentence("edge.endpoint", "lab", url))
    }

    @Test("A token that is none, of which nothing is repeated", arguments: ["plumb@pve", "plumb@pve!plumb", ""])
    func token(token: String) {
        #expect(refusal(token: token) == Sentence("edge.token", "lab"))
    }

    @Test("A fingerprint of another length")
    func fingerprint() {
        #expect(refusal(trust: .fingerprint("AB:CD")) == Sentence("edge.fingerprint", "lab"))
    }

    @Test("A cluster that nothing declares is not looked at")
    func undeclared() async {
        let fleet = ProxmoxFleet(clients: [:], clock: { Timestamp(seconds: 0) })
        let inventory = await fleet.inventory(of: "lab", details: [])
        #expect(inventory.distrust == Sentence("edge.clusterUndeclared", "lab"))
    }

    @Test("What is well formed is none of them")
    func wellFormed() {
        #expect(refusal() == nil)
    }
}
