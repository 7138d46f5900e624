import CLI
import Model
import Testing

/// What two runs of one scenario say differently must not differ in its transcript, and nothing else may be lost.
@Suite struct TranscriptTests {
    @Test("steps that ended in any order are told in one, whatever was done in them", arguments: Action.Verb.allCases)
    func order(verb: Action.Verb) {
        let (a, b) = ("!   \(verb.symbol) Server/a  done\n", "!   \(verb.symbol) Server/b  done\n")
        #expect(Transcript.ordered(["! begins\n", b, a, "! ends\n"]) == ["! begins\n", a, b, "! ends\n"])
    }

    @Test("what is no step stays where it is")
    func elsewhere() {
        let lines = ["!   z Server/b  done\n", "!   + Server/b  done\n", "!   2 Server/a\n", "!   + Server/a  done\n"]
        #expect(Transcript.ordered(lines) == lines)
    }

    @Test(
        "a span is a span, however long",
        arguments: ["7ms", "350ms", "12.4s", "1m 05s", "12m 59s", "3 s"])
    func spans(text: String) {
        #expect(Transcript(directory: "/fleet").steady("took \(text).") == "took SPAN.")
    }

    @Test("moments of a rehearsal stand in columns of one width; other columns keep theirs")
    func columns() {
        var transcript = Transcript(directory: "/fleet")
        transcript.append(
            output: """
                  +350ms   +1m 05s  ~  Server/web-1  update   done
                  –        –        +  Server/web-2  create   skipped
                  web-3    –        –  –
                """)
        #expect(
            transcript.text == """
                      +SPAN  +SPAN  ~  Server/web-1  update   done
                      –  –  +  Server/web-2  create   skipped
                      web-3    –        –  –

                """)
    }
}
