/// One scenario: what an operator and the world do, line by line.
///
/// ```
/// # A comment.
/// file servers.yaml
///     kind: Server
/// $ plumb plan
/// $ as alice PUT /nodes/pve1/qemu/100/config cores=8
/// ```
///
/// A `file` block writes the lines below it that are indented by four spaces, and is a program where they begin with
/// `#!`; `$` runs a command, whose output goes into the transcript; `cut POINT …` runs plumb and kills it just before that
/// write of the registry, or in the middle of that call of Proxmox; `by NAME plumb …` runs it on behalf of somebody, and
/// `path DIRECTORY plumb …` with nothing else on its PATH; `daemon start` starts one beside the script, which
/// `daemon until TEXT` and `daemon held` wait for and `daemon stop` ends. In a command `LAST` stands for the id of the
/// plan that was shown last.
struct Script {
    enum Line: Equatable {
        case comment(String)
        case file(String, text: String)
        case command(words: [String], text: String)
    }

    var lines: [Line] = []

    init(_ text: String) {
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = rest.popFirst() {
            if line.hasPrefix("file ") {
                var body: [Substring] = []
                while let next = rest.first, next.hasPrefix("    ") || next.isEmpty {
                    body.append(rest.removeFirst())
                }
                let text = body.map { $0.dropFirst(4) }.joined(separator: "\n")
                lines.append(.file(String(line.dropFirst(5)), text: text))
            } else if line.hasPrefix("$ ") {
                let command = String(line.dropFirst(2))
                lines.append(.command(words: Self.words(command), text: command))
            } else if line.hasPrefix("#") {
                lines.append(.comment(String(line)))
            }
        }
    }

    /// Words divided by spaces; double quotes hold a word together, and `\n` in them is a line break.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var hasWord = false
        for character in text {
            switch character {
            case "\"":
                isQuoted.toggle()
                hasWord = true
            case " " where !isQuoted:
                if hasWord { words.append(word) }
                word = ""
                hasWord = false
            default:
                word.append(character)
                hasWord = true
            }
        }
        if hasWord { words.append(word) }
        return words.map { $0.replacing("\\n", with: "\n") }
    }
}
