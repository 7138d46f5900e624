import Model
import Testing
import Transport

@testable import Proxmox

struct SentenceTests {
    private static func sentences() throws -> [Sentence] {
        let upid = try #require(UPID(Example.upidText))
        let failures: [ProxmoxFailure] = [
            .unauthorized("a"), .permission(path: "/", privilege: "b", text: "c"),
            .permission(path: nil, privilege: nil, text: "c"), .parameters([], text: "d"), .gone("e"), .collision("f"),
            .locked("g"), .notRunning("h"), .alreadyRunning("i"), .protected("j"), .changed("k"), .noQuorum("l"),
            .nodeUnreachable(status: 595, text: "m"), .unreadable("n"), .transport(.cancelled),
            .transport(.refused(address: "o")), .transport(.tls(.untrusted("p"), address: "q")),
            .answerLost(.refused(address: "r")), .deadline(upid), .other(status: 500, text: "s"),
        ]
        return failures.map { $0.sentence(about: "100") }
    }

    @Test func `every failure has a sentence of its own, which names what the call was about`() throws {
        let sentences = try Self.sentences()
        #expect(Set(sentences.map(\.code)).count == sentences.count)
        #expect(sentences.allSatisfy { $0.arguments.first == "100" })
    }

    @Test func `a failure says whether another try makes sense`() {
        #expect(ProxmoxFailure.locked("g").stepFailure(about: "100").retry == .after(seconds: 30))
        let busy = "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"
        #expect(RefusalTable.failure(status: 500, text: busy).stepFailure(about: "100").retry == .afterLock)
        let locked = RefusalTable.failure(status: 500, text: "VM is locked (backup)")
        #expect(locked.stepFailure(about: "100").retry == .after(seconds: 30))
        let shared = "cfs-lock 'storage-ceph' error: got lock request timeout"
        #expect(RefusalTable.failure(status: 500, text: shared).stepFailure(about: "100").retry == .afterLock)
        #expect(ProxmoxFailure.gone("e").stepFailure(about: "100").retry == .never)
        #expect(ProxmoxFailure.transport(.refused(address: "a")).stepFailure(about: "100").retry == .after(seconds: 30))
        #expect(
            ProxmoxFailure.transport(.tls(.untrusted("b"), address: "a")).stepFailure(about: "100").retry == .never)
    }

    @Test func `the catalogue has every sentence in both languages, filled by what the sentence brings`() throws {
        let doubts = [
            Sentence("proxmox.nodeOffline", "100", "pve1"), Sentence("proxmox.goneSinceListing", "100"),
            Sentence("proxmox.noAudit", "lab"), Sentence("proxmox.partialAudit", "lab"),
            Sentence("proxmox.narrowedGuest", "lab", "/vms/101"), Sentence("proxmox.hiddenGuest", "101", "lab"),
            Sentence("proxmox.otherCluster", "lab", "lab", "office"), Sentence("proxmox.leftCluster", "lab", "lab"),
            Sentence("proxmox.joinedCluster", "lab", "office"),
        ]
        let sentences = try Self.sentences() + doubts
        #expect(Set(Catalogue.proxmox.map(\.code)) == Set(sentences.map(\.code)))
        for sentence in sentences {
            let entry = try #require(Catalogue.proxmox.first { $0.code == sentence.code })
            for language in Language.allCases {
                let text = entry.text(in: language)
                let whole = [text.what, text.why, text.remedy].joined(separator: " ")
                let places = Set(whole.matches(of: /\{(\d+)\}/).compactMap { Int($0.output.1) })
                #expect(places == Set(sentence.arguments.indices), "\(sentence.code.rawValue) \(language)")
                #expect(!text.what.isEmpty && !text.remedy.isEmpty)
            }
        }
    }
}
