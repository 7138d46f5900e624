import Model
import Testing

@testable import Planning

/// A label chooses a directory and a Terraform state: it must stay inside, and be nobody else's.
@Suite("Names of stacks") struct StackNameTests {
    private func name(_ label: String) -> String {
        var server = Server(name: "web-01", cluster: "lab")
        server.metadata.labels = [.init("env", label)]
        return Cluster.Stacks.byLabel("env").stack(of: server)
    }

    @Test(arguments: ["prod", "prod-eu-1", "v1.2", "a_b", "_x", "0", "a..b"])
    func `a plain word is its own name`(word: String) { #expect(name(word) == word) }

    @Test func `case makes no difference`() {
        #expect(name("Prod") == "prod")
        #expect(name("PROD EU") == name("prod eu"))
    }

    static let odd = [
        "..", ".", "...", "../../../x", "/", "/etc", ".hidden", "-rf", "a/b", "a\\b", "a b", "a\nb", "a~b", "개발", "운영",
        "prod eu", "prod/eu", "prod:eu", "\u{0}", "é", String(repeating: "x", count: 300),
        String(repeating: "x", count: 301), String(repeating: "개", count: 300),
    ]

    @Test(arguments: odd) func `whatever a label holds, its stack is a directory's name`(label: String) {
        let name = name(label)
        #expect(!name.hasPrefix(".") && !name.hasPrefix("-") && !name.isEmpty)
        #expect(name.utf8.count <= 100)
        #expect(name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-_.~".utf8.contains($0) })
        #expect(OwnershipMark(readingDescription: "plumb: lab/\(name)/web-01 0123456789abcdef")?.stack.name == name)
    }

    @Test func `no two labels share a stack`() {
        let plain = ["prod", "prod-eu", "label", "default", "x", "a-b", "etc", "hidden", "rf"]
        // What the odd ones are called must be no plain word's name either, and no label's that is written like it.
        let written = Self.odd.map(name)
        let names = (plain + Self.odd + written).map(name)
        #expect(Set(names).count == names.count)
    }

    @Test func `a part of the label stays readable`() {
        #expect(name("Prod/EU 1").hasPrefix("prod-eu-1~"))
        #expect(name("개발").hasPrefix("label~"))
    }

    @Test(arguments: ["mine\n\n", "mine\r\n", "", "plumb: a/b/c d\n"])
    func theMarkIsTheLastLineWhateverEndsTheOthers(before: String) {
        let mark = OwnershipMark(stack: StackID(cluster: "lab", name: "main"), server: "wéb-01", id: "0123456789abcdef")
        for after in ["", "\n", "\r\n", " \n\t\n"] {
            #expect(OwnershipMark(readingDescription: before + mark.description + after) == mark)
        }
        #expect(OwnershipMark(readingDescription: mark.description + "\nmine") == nil)
    }
}
