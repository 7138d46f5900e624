import Foundation
import JSONArena
import Model
import Testing
import Transport

@testable import Proxmox

/// Every request that the client can send, against the official API viewer's schema of PVE 9.2.
struct SchemaTests {
    /// Calls every method of the client, in every variant of its parameters, and returns what it would have sent.
    private static func everyRequest() async throws -> [HTTPRequest] {
        let sender = StubSender { request, _ in
            if request.route == "/access/ticket" {
                return .json(#"{"data":{"ticket":"PVE:root@pam:69200000::c2ln","CSRFPreventionToken":"x"}}"#)
            }
            return .json(request.method == .get ? #"{"data":[]}"# : #"{"data":"\#(Example.upidText)"}"#)
        }
        let password = ProxmoxCredentials.password(.init(user: "root@pam", password: "a b&c=d"))
        let client = try Example.client(sender, credentials: password)
        let upid = try #require(UPID(Example.upidText))
        // Answers are empty lists: what counts is what was asked, so that a failure to read them is expected.
        _ = try? await client.version()
        _ = try? await client.permissions()
        _ = try? await client.clusterStatus()
        _ = try? await client.guestResources()
        _ = try? await client.clusterTasks()
        _ = try? await client.isFree(VMID(100))
        _ = try? await client.nodes()
        _ = try? await client.storageResources()
        _ = try? await client.volumes(on: "pve1", storage: "storage", content: "vztmpl")
        _ = try? await client.pools()
        _ = try? await client.time(of: "pve1")
        _ = try? await client.status(of: upid)
        _ = try? await client.pastTasks(on: "pve1")
        _ = try? await client.pastTasks(on: "pve1", of: VMID(100), since: Timestamp(seconds: 1_795_237_200), limit: 5)
        for guest in [Example.vm, Example.container] {
            _ = try? await client.configurationData(of: guest)
            _ = try? await client.pendingData(of: guest)
            _ = try? await client.status(of: guest)
            let digest = String(repeating: "0a", count: 20)
            let changes = [
                GuestChange(tags: ["plumb", "web"], description: "text\n\nplumb: lab/default/web 01", digest: digest),
                GuestChange(tags: [], description: "", protection: true), GuestChange(tags: [], protection: false),
            ]
            for change in changes { _ = try? await client.change(guest, change) }
            _ = try? await client.backups(of: guest, in: "backups")
            _ = try? await client.startBackup(of: guest, to: "backups", note: "plumb: web-01 before its rebuild")
            let actions: [PowerAction] = [.start, .shutdown(), .shutdown(timeout: 60)]
            for action in actions { _ = try? await client.power(guest, action) }
        }
        return sender.requests
    }

    private static func check(_ requests: [JSONValue]) throws -> (code: Int32, text: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("plumb-requests-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(JSONValue.array(requests).bytes()).write(to: file)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Scripts/check_requests.py").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["PLUMB_PYTHON"] ?? "python3", script, file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private static func entry(_ method: String, _ path: String, query: String = "", form: String = "") -> JSONValue {
        ["method": .string(method), "path": .string(path), "query": .string(query), "form": .string(form)]
    }

    @Test func `every request that the client can send is one that Proxmox documents`() async throws {
        let requests = try await Self.everyRequest()
        #expect(requests.allSatisfy { $0.url.hasPrefix("https://pve1.example.org:8006/api2/json/") })
        let entries = requests.map {
            Self.entry($0.method.rawValue, $0.route, query: $0.query, form: $0.form)
        }
        let (code, text) = try Self.check(entries)
        #expect(code == 0, "\(text)")
        #expect(text.hasSuffix("requests to 26 routes\n"), "\(text)")
    }

    @Test func `every route that a method's comment names was asked for`() async throws {
        let asked = Set(try await Self.everyRequest().map { "\($0.method.rawValue) \($0.route)" })
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Edges/Proxmox/Endpoints").standardizedFileURL
        var named = 0
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /\/\/\/ `(GET|POST|PUT|DELETE) ([^?`]+)[^`]*`/) {
                named += 1
                let path = match.output.2
                    .replacing("{qemu|lxc}/{vmid}", with: "qemu/100").replacing("{node}", with: "pve1")
                    .replacing("{upid}", with: Example.upidText)
                    .replacing(/\{(\w+)[^}]*\}/) { $0.output.1 }
                #expect(asked.contains("\(match.output.1) \(path)"), "\(match.output.0)")
            }
        }
        #expect(named == 21)
    }

    @Test func `the client has no word for a deletion, and sends nothing but calls`() throws {
        #expect(APICall.Method.allCases.map(\.ofHTTP) == [.get, .post, .put])
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Edges/Proxmox").standardizedFileURL
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(names.count > 20)
        let builders = try names.filter { name in
            try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).contains("HTTPRequest(")
        }
        #expect(builders == ["Calls/APICall.swift"])
    }

    @Test func `nothing that the client can send cuts a guest's power`() async throws {
        for request in try await Self.everyRequest() {
            if request.route.contains("/status/"), request.method == .post {
                #expect(request.route.hasSuffix("/start") || request.route.hasSuffix("/shutdown"), "\(request.route)")
                #expect(!request.form.contains("forceStop"), "\(request.form)")
            }
        }
    }

    @Test(arguments: [
        (entry("GET", "/cluster/resource"), "no such path"),
        (entry("PUT", "/cluster/resources"), "has no PUT"),
        (entry("GET", "/cluster/resources", query: "type=guest"), "is none of"),
        (entry("GET", "/cluster/resources", query: "kind=vm"), "knows no parameter kind"),
        (entry("GET", "/nodes/pve1/qemu/99/config"), "parameter vmid = '99'"),
        (entry("GET", "/nodes/pve_1/qemu/100/config"), "parameter node = 'pve_1'"),
        (entry("GET", "/nodes/pve1/qemu/100/config", query: "current=true"), "is no boolean"),
        (entry("GET", "/nodes/pve1/qemu/100/config", form: "current=1"), "parameters in a body"),
        (entry("POST", "/nodes/pve1/qemu/100/snapshot", form: "description=x"), "parameter snapname is missing"),
        (entry("POST", "/nodes/pve1/qemu/100/status/shutdown", form: "timeout=soon"), "is no integer"),
        (entry("POST", "/nodes/pve1/lxc/200/status/reset"), "no such path"),
        (entry("POST", "/access/ticket", form: "username=root@pam"), "parameter password is missing"),
        (entry("PUT", "/nodes/pve1/qemu/100/config", form: "tags=a%7Cb"), "is no pve-tag-list"),
    ])
    func `the check finds what Proxmox does not document`(request: JSONValue, problem: String) throws {
        let (code, text) = try Self.check([request])
        #expect(code == 1)
        #expect(text.contains(problem), "\(text)")
    }
}
