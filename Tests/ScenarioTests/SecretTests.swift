import Foundation
import JSONArena
import SimulationServer
import Testing

/// Where the secrets of a fleet come to lie: the passwords of a VM and of a container, and the cluster's token, on
/// their way through plans, applies of which one fails, a change, and a rehearsal that is kept.
@Suite(.enabled(if: Programs.hasTerraform)) struct SecretTests {
    /// By their files: what quoting, escaping and Terraform's templates each treat in a way of their own.
    private static let passwords = [
        "vm.secret": #"pä"ss\w <ö>&'$ {x}${y}%{z}=+/한글"#, "container.secret": #"b&<o>x "\${1}/ü+=#%7E"#,
    ]

    private static func vm(_ name: String) -> String {
        StageFiles.server(name, own: "cloudInit: {user: debian, passwordFrom: {file: vm.secret}}")
    }

    private static let fleet =
        StageFiles.cluster() + vm("web-1")
        + StageFiles.server(
            "box-1",
            own: """
                type: container, template: local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst, \
                cloudInit: {passwordFrom: {file: container.secret}}
                """)
        + "$ plumb status\n"

    /// What is done, and what its output must have for the search to mean anything.
    private static let acts: [(script: String, shows: String)] = [
        ("$ plumb plan --diff --out saved.plan\n", "Server/web-1  create"),
        ("$ plumb apply saved.plan --yes\n", "2 done"),
        (
            "$ replace web-1.yaml \"cores: 2\" \"cores: 3\"\n" + vm("web-2") + "$ plumb rehearse --keep --failures 1\n",
            "Rehearsed "
        ),
        (
            """
            $ as root POST /simulation/faults "on=PUT /nodes/*/qemu/*/config" guest=web-2 times=1 effect=error "text=no"
            $ plumb apply --yes --output json
            $ as root DELETE /simulation/faults

            """, "exit 1"
        ),
        ("$ plumb plan --diff --output json\n", "web-2"), ("$ plumb apply --yes\n", "Server/web-2"),
        ("$ guests\n", "web-2 pve1 running"), ("$ plumb drift\n$ plumb status --output json\n", "web-1"),
        ("$ plumb history --output json\n$ plumb servers show web-1\n", "web-1"),
    ]

    @Test("no file of Plumb's and nothing that it prints has a password or the token, all of which the cluster got")
    func nowhere() async throws {
        try await Stage.perform("secrets") { stage in
            for (name, password) in Self.passwords { try stage.write(password + "\n", to: name) }
            _ = try await stage.play(Script(Self.fleet))
            let passwords = try Self.passwords.values.map(SoughtSecret.init)
            let token = try SoughtSecret(try #require(stage.clusters.first).token.secret)
            var searched: Set<String> = []
            for act in Self.acts {
                let said = try await stage.play(Script(act.script))
                #expect(said.contains(act.shows), "\(said)")
                let files = try StageTree.files(below: stage.root).filter { !Self.isMeantToHold($0.key) }
                searched.formUnion(files.keys)
                for (path, bytes) in files {
                    // The twin of a simulated cluster has the tokens that its seed gives it, which are that cluster's.
                    let secrets = path.contains("/simulated/") ? passwords : passwords + [token]
                    #expect(!secrets.contains { $0.isIn(bytes) }, "\(path), after \(act.script)")
                    #expect(!StageTree.isPacked(bytes), "\(path) cannot be searched, after \(act.script)")
                }
            }
            for path in [
                "saved.plan", ".plumb/registry.sqlite", ".plumb/stacks/lab/main/terraform.tfvars.json",
            ] {
                #expect(searched.contains("fleet/" + path), "\(searched.sorted())")
            }
            for part in ["fleet/.plumb/stacks/lab/main/events/apply-", "fleet/.plumb/rehearsals/", "printed-"] {
                #expect(searched.contains { $0.hasPrefix(part) }, "\(part): \(searched.sorted())")
            }
            // They were under way all the same: the cluster was asked with the token, and for both passwords.
            let cluster = try StageTree.files(below: stage.state + "/simulated/lab")
            let asked = cluster.filter { $0.key.hasPrefix("requests.") }
            for secret in passwords + [token] { #expect(asked.contains { secret.isIn($0.value) }, "\(asked.keys)") }
        }
    }

    /// Where they come from, Terraform's own state, and what belongs to the cluster, which is simulated here.
    private static func isMeantToHold(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return path.hasPrefix("fleet/.plumb/simulated/") || passwords.keys.contains { path == "fleet/" + $0 }
            || name.hasPrefix("terraform.tfstate") || name.hasPrefix("errored.tfstate")
    }

    @Test("a secret is found however it is written", arguments: Array(passwords.values))
    func found(password: String) throws {
        let secret = try SoughtSecret(password)
        let json = JSONValue.string(password).text()
        let go = json.replacing("<", with: #"\u003c"#).replacing(">", with: #"\u003e"#).replacing("&", with: #"\u0026"#)
        for text in [password, "a\(password)b", json, go] { #expect(secret.isIn(Data(text.utf8)), "\(text)") }
        #expect(secret.isIn(try JSONEncoder().encode(["x": password])))
        for text in [password, "a" + password, "ab" + password + "c", "abc" + password + "de"] {
            #expect(secret.isIn(Data(Data(text.utf8).base64EncodedString().utf8)), "\(text)")
        }
        #expect(!secret.isIn(Data(password.dropLast().utf8)) && !secret.isIn(Data()))
    }
}

/// A secret in every form that somebody may have written it in.
private struct SoughtSecret: Sendable {
    private let forms: [Data]

    init(_ value: String) throws {
        let plain = Data(value.utf8)
        let json = String(JSONValue.string(value).text().dropFirst().dropLast())
        // Go writes JSON that may stand in a web page, and Foundation escapes slashes.
        let go = json.replacing("<", with: #"\u003c"#).replacing(">", with: #"\u003e"#).replacing("&", with: #"\u0026"#)
        let foundation = String(decoding: try JSONEncoder().encode([value]), as: UTF8.self).dropFirst(2).dropLast(2)
        var texts: Set<String> = [value, json, go, String(foundation)]
        texts.insert(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value)
        for before in 0..<3 {
            // The first letters hold what stands before it, and the last what comes after.
            let letters = (Data(repeating: 0, count: before) + plain).base64EncodedString().filter { $0 != "=" }
            let isWhole = (before + plain.count) % 3 == 0
            texts.insert(String(letters.dropFirst([0, 2, 3][before]).dropLast(isWhole ? 0 : 1)))
        }
        forms = texts.map { Data($0.utf8) }
    }

    func isIn(_ bytes: Data) -> Bool {
        !bytes.isEmpty && forms.contains { bytes.range(of: $0) != nil }
    }
}

/// The files of a stage with all their bytes.
private enum StageTree {
    /// By their paths below the directory. Sockets and links have no bytes of their own, and what went meanwhile has
    /// none.
    static func files(below directory: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
            let whole = directory + "/" + path
            let attributes = try? FileManager.default.attributesOfItem(atPath: whole)
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            files[path] = FileManager.default.contents(atPath: whole)
        }
        return files
    }

    /// Zip or gzip, as Terraform's saved plans are.
    static func isPacked(_ bytes: Data) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x1F, 0x8B])
    }
}
