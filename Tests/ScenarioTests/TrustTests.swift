import Foundation
import SimulationServer
import Testing

/// Whom Terraform trusts, seen from Terraform: what reaches a program in its place, and what a real Terraform, which
/// verifies certificates as the provider does, says of the cluster's.
@Suite(.enabled(if: Programs.hasTerraform)) struct TrustTests {
    /// Stands in for Terraform. In place of `init` it writes its environment down, and lets the real one ask the cluster
    /// as an HTTP backend would, with that environment and without its certificates.
    private static let wrapper = """
        #!/bin/sh
        case "$1" in
        version) exec terraform "$@" ;;
        init)
          env > "ROOT/environment"
          (cd "ROOT/probe" && terraform init -input=false -no-color) > "ROOT/with" 2>&1
          rm -rf "ROOT/probe/.terraform"
          (cd "ROOT/probe" && env -u SSL_CERT_FILE terraform init -input=false -no-color) > "ROOT/without" 2>&1 ;;
        esac
        exit 0
        """

    struct Seen: Sendable {
        var environment: Set<Substring>
        var with: String
        var without: String
        var bundleMode: Int?
        /// What Plumb itself said.
        var said: String
    }

    /// Opens a stack of a cluster that is reached as a real one is, while the caller's shell says the opposite.
    private func see(_ tls: @escaping @Sendable (SimulationReady) -> String) async throws -> Seen {
        try await Stage.perform("trust") { stage in
            func write(_ text: String, _ path: String) throws {
                let file = URL(filePath: stage.root).appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            func read(_ name: String) -> String {
                (try? String(contentsOfFile: stage.root + "/" + name, encoding: .utf8)) ?? ""
            }
            try write(
                """
                apiVersion: plumb/v1
                kind: Cluster
                metadata: {name: lab}
                spec: {simulated: {nodes: [pve1]}}
                """, "fleet/cluster.yaml")
            _ = try await stage.plumb(["status"])
            let ready = try #require(stage.clusters.first)
            try write(Self.wrapper.replacing("ROOT", with: stage.root), "terraform")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: stage.root + "/terraform")
            try write("terraform {\n  backend \"http\" { address = \"\(ready.endpoint)/x\" }\n}\n", "probe/main.tf")
            try write(
                """
                apiVersion: plumb/v1
                kind: Cluster
                metadata: {name: real}
                spec:
                  proxmox: {endpoint: "\(ready.endpoint)", tokenFrom: {file: \(stage.root)/token}, tls: {\(tls(ready))}}
                  terraform: {binary: \(stage.root)/terraform}
                """, "real/cluster.yaml")
            try write(ready.token.text, "token")
            let state = stage.root + "/real-state"
            try FileManager.default.createDirectory(
                atPath: state + "/stacks/real/main/events", withIntermediateDirectories: true)
            let program = try stage.start(
                ["terraform", "real/main", "--config", stage.root + "/real", "--state", state, "--", "version"],
                environment: [
                    "PROXMOX_VE_INSECURE": "1", "PROXMOX_VE_ENDPOINT": "https://elsewhere.example.org:8006",
                    "TF_VAR_insecure": "true",
                ])
            try await program.end()
            let attributes = try? FileManager.default.attributesOfItem(atPath: state + "/trust/real.pem")
            return Seen(
                environment: Set(read("environment").split(separator: "\n")), with: read("with"),
                without: read("without"), bundleMode: (attributes?[.posixPermissions] as? NSNumber)?.intValue,
                said: program.errors)
        }
    }

    @Test("Terraform accepts a cluster by its fingerprint or its CA file, and only because Plumb says so")
    func trusted() async throws {
        for tls in [{ "fingerprint: \"\($0.fingerprint)\"" }, { "caFile: \($0.caFile)" }]
            as [@Sendable (SimulationReady) -> String]
        {
            let seen = try await see(tls)
            #expect(seen.bundleMode == 0o600)
            #expect(seen.environment.contains("TF_VAR_insecure=false"))
            #expect(seen.environment.contains { $0.hasPrefix("SSL_CERT_FILE=") && $0.hasSuffix("/trust/real.pem") })
            #expect(!seen.environment.contains { $0.hasPrefix("PROXMOX_VE_") })
            // The cluster is no HTTP backend and says no; what matters is that it was listened to.
            #expect(!seen.with.isEmpty && !seen.with.contains("x509"), "\(seen.with)")
            #expect(seen.without.contains("x509"), "\(seen.without)")
        }
    }

    @Test("Where a cluster says insecure, Terraform gets that and no certificate")
    func insecure() async throws {
        let seen = try await see { _ in "insecure: true" }
        #expect(seen.environment.contains("TF_VAR_insecure=true"))
        #expect(seen.bundleMode == nil)
        #expect(!seen.environment.contains { $0.hasPrefix("PROXMOX_VE_") })
    }

    @Test("Another certificate than the one that is named opens no stack")
    func otherFingerprint() async throws {
        let seen = try await see { _ in "fingerprint: \"\(Array(repeating: "AB", count: 32).joined(separator: ":"))\"" }
        #expect(seen.environment.isEmpty && seen.bundleMode == nil)
        #expect(seen.said.contains(" does not show the certificate that is named for cluster real: "), "\(seen.said)")
    }
}
