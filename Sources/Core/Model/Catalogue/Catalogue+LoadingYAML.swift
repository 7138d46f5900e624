extension Catalogue {
    /// What cannot be read as YAML.
    static let loadingYAML: [SentenceEntry] = [
        SentenceEntry(
            "yaml.tab",
            english: .init(
                what: "A tab stands where YAML wants spaces.",
                why: """
                    A tab has no width that everybody agrees on, so that YAML does not take it as \
                    indentation.
                    """,
                remedy: "Use spaces: two for each level."),
            korean: .init(
                what: "YAML은 공백을 요구하는데 탭 문자가 있습니다.",
                why: "탭의 너비는 정해져 있지 않아 YAML은 들여쓰기로 받지 않습니다.",
                remedy: "단계마다 공백 두 개를 쓰십시오.")),
        SentenceEntry(
            "yaml.character",
            english: .init(
                what: "`{0}` cannot begin a value.",
                why: "YAML keeps this character for itself.",
                remedy: "Put the value into quotes."),
            korean: .init(
                what: "`{0}` 문자로는 값을 시작할 수 없습니다.",
                why: "YAML이 따로 쓰는 문자입니다.",
                remedy: "값을 따옴표로 감싸십시오.")),
        SentenceEntry(
            "yaml.mergeMarker",
            english: .init(
                what: "A merge was not finished: `{0}` stands in the file.",
                why: "Git marks so what differs between the two sides, and somebody must say which one counts.",
                remedy:
                    "Keep one side, remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`, and commit."),
            korean: .init(
                what: "병합이 끝나지 않았습니다. 파일에 `{0}`이(가) 있습니다.",
                why: "Git이 양쪽의 차이를 표시한 것이며, 어느 쪽이 맞는지 사람이 정해야 합니다.",
                remedy: "한쪽을 남기고 `<<<<<<<`, `=======`, `>>>>>>>`로 시작하는 줄을 지운 뒤 커밋하십시오.")),
        SentenceEntry(
            "yaml.missingColon",
            english: .init(
                what: "`{0}` stands on its own.",
                why: """
                    A line of a mapping is `name: value`, and here the colon is missing, or the space after \
                    it.
                    """,
                remedy: "Write `name: value` with a space after the colon."),
            korean: .init(
                what: "`{0}` 뒤에 이어지는 것이 없습니다.",
                why: "매핑의 한 줄은 `이름: 값` 꼴인데 콜론이나 그 뒤의 공백이 없습니다.",
                remedy: "`이름: 값`처럼 콜론 뒤에 공백을 두고 쓰십시오.")),
        SentenceEntry(
            "yaml.extraColon",
            english: .init(
                what: "A second `name: value` begins here.",
                why: """
                    Either the value holds a colon followed by a space, or this line is indented more than \
                    its neighbours.
                    """,
                remedy: "Put a value that holds `: ` into quotes, or align the line with its neighbours."),
            korean: .init(
                what: "이 자리에서 두 번째 `이름: 값`이 시작됩니다.",
                why: "값 안에 콜론과 공백이 있거나, 이 줄이 이웃한 줄보다 더 들여쓰여 있습니다.",
                remedy: "`: `이 든 값은 따옴표로 감싸고, 아니면 이웃한 줄과 들여쓰기를 맞추십시오.")),
        SentenceEntry(
            "yaml.dash",
            english: .init(
                what: "A list's `-` cannot stand here.",
                why: "A list begins on a line of its own, below the name that it belongs to.",
                remedy: "Move the `-` to the next line, indented below its name."),
            korean: .init(
                what: "이 자리에는 목록의 `-`가 올 수 없습니다.",
                why: "목록은 이름 아래의 새 줄에서 시작합니다.",
                remedy: "`-`를 다음 줄로 옮겨 이름 아래에 들여쓰십시오.")),
        SentenceEntry(
            "yaml.indentation",
            english: .init(
                what: """
                    This line fits no level of indentation above it, or follows a value that had already \
                    ended.
                    """,
                remedy: "Align it with the lines that it belongs to."),
            korean: .init(
                what: "이 줄은 위의 어느 들여쓰기 단계와도 맞지 않거나, 이미 끝난 값 뒤에 이어져 있습니다.",
                remedy: "함께 속하는 줄들과 들여쓰기를 맞추십시오.")),
        SentenceEntry(
            "yaml.unclosedQuote",
            english: .init(
                what: "The quote that begins here is never closed.",
                remedy: "Add the closing `{0}`."),
            korean: .init(
                what: "여기서 시작한 따옴표가 닫히지 않았습니다.",
                remedy: "닫는 `{0}`를 넣으십시오.")),
        SentenceEntry(
            "yaml.unclosedBracket",
            english: .init(
                what: "The `{0}` that opens here is not closed, or a comma is missing inside.",
                remedy: "Add the closing `{1}`, or a comma between two entries."),
            korean: .init(
                what: "여기서 연 `{0}`가 닫히지 않았거나 안에 쉼표가 빠졌습니다.",
                remedy: "닫는 `{1}`를 넣거나 항목 사이에 쉼표를 넣으십시오.")),
        SentenceEntry(
            "yaml.escape",
            english: .init(
                what: "The text in double quotes holds an escape that YAML does not know.",
                why: "In double quotes a backslash begins an escape.",
                remedy: "Write `\\\\` for a backslash, or use single quotes."),
            korean: .init(
                what: "큰따옴표 안에 YAML이 모르는 이스케이프가 있습니다.",
                why: "큰따옴표 안에서 역슬래시는 이스케이프의 시작입니다.",
                remedy: "역슬래시는 `\\\\`로 쓰거나 작은따옴표를 쓰십시오.")),
        SentenceEntry(
            "yaml.blockHeader",
            english: .init(
                what: """
                    After `|` or `>` nothing but an indentation from 1 to 9, `+`, `-` and a comment may \
                    stand on the line.
                    """,
                remedy: "Begin the text on the next line."),
            korean: .init(
                what: "`|`나 `>` 뒤에는 1에서 9까지의 들여쓰기, `+`, `-`, 주석만 올 수 있습니다.",
                remedy: "본문은 다음 줄에서 시작하십시오.")),
        SentenceEntry(
            "yaml.anchorName",
            english: .init(
                what: "The name of an anchor (`&`) or alias (`*`) is missing.",
                why: "A value that begins with `&` or `*` is an anchor or alias to YAML.",
                remedy: "Name it with letters and digits, or put the value into quotes."),
            korean: .init(
                what: "앵커(`&`)나 별칭(`*`)의 이름이 없습니다.",
                why: "`&`나 `*`로 시작하는 값은 YAML에서 앵커나 별칭입니다.",
                remedy: "글자와 숫자로 이름을 붙이거나 값을 따옴표로 감싸십시오.")),
        SentenceEntry(
            "yaml.directive",
            english: .init(
                what: "The directive `{0}` is not one that Plumb reads.",
                why: "A line that begins with `%` is a directive; only `%YAML 1.1` and `%YAML 1.2` are read.",
                remedy: "Remove the line."),
            korean: .init(
                what: "지시문 `{0}`은(는) Plumb가 읽지 않는 것입니다.",
                why: "`%`로 시작하는 줄은 지시문이며 `%YAML 1.1`과 `%YAML 1.2`만 읽습니다.",
                remedy: "그 줄을 지우십시오.")),
        SentenceEntry(
            "yaml.tagDirective",
            english: .init(
                what: "`%TAG` is not allowed.",
                why: """
                    Types come from the kind, so that tags have no use, and many of these lines slow reading \
                    down.
                    """,
                remedy: "Remove the line."),
            korean: .init(
                what: "`%TAG`는 쓸 수 없습니다.",
                why: "형식은 종류(kind)에서 정해지므로 태그는 쓸모가 없고, 이런 줄이 많으면 읽기가 느려집니다.",
                remedy: "그 줄을 지우십시오.")),
        SentenceEntry(
            "yaml.tag",
            english: .init(
                what: "The tag `{0}` is not allowed.",
                why: "Types come from the kind, and a tag would ask for something that Plumb does not do.",
                remedy: "Remove the tag; a secret is written as `{env: NAME}` or `{file: PATH}`."),
            korean: .init(
                what: "태그 `{0}`은(는) 쓸 수 없습니다.",
                why: "형식은 종류(kind)에서 정해지며, 태그는 Plumb가 하지 않는 일을 요구합니다.",
                remedy: "태그를 지우십시오. 비밀 값은 `{env: 이름}`이나 `{file: 경로}`로 씁니다.")),
        SentenceEntry(
            "yaml.documentStart",
            english: .init(
                what: "A new document begins here without `---`.",
                why: "The text before it had already ended.",
                remedy: "Put `---` on a line of its own between two documents, or align the line with those above."),
            korean: .init(
                what: "`---` 없이 새 문서가 시작됩니다.",
                why: "앞의 내용은 이미 끝났습니다.",
                remedy: "문서 사이에 `---`만 있는 줄을 넣거나, 위의 줄과 들여쓰기를 맞추십시오.")),
        SentenceEntry(
            "yaml.missingValue",
            english: .init(
                what: "A value is missing here.",
                remedy: "Write the value, or take out the punctuation before it."),
            korean: .init(
                what: "이 자리에 값이 없습니다.",
                remedy: "값을 쓰거나 앞의 문장 부호를 지우십시오.")),
        SentenceEntry(
            "yaml.syntax",
            english: .init(
                what: "This is not YAML: {0}.",
                remedy: "Compare the line with the examples in docs/spec."),
            korean: .init(
                what: "YAML이 아닙니다: {0}.",
                remedy: "docs/spec의 예와 견주어 보십시오.")),
        SentenceEntry(
            "yaml.duplicateKey",
            english: .init(
                what: "`{0}` is given twice.",
                why: "Only one of the two could count, and nobody could say which.",
                remedy: "Keep one of them."),
            korean: .init(
                what: "`{0}`이(가) 두 번 나옵니다.",
                why: "둘 중 하나만 쓰일 수 있는데 어느 쪽인지 알 수 없습니다.",
                remedy: "하나만 남기십시오.")),
        SentenceEntry(
            "yaml.keyNotText",
            english: .init(
                what: "A name is wanted before the colon, but there is `{1}`.",
                remedy: "Write a plain name."),
            korean: .init(
                what: "콜론 앞에는 이름이 와야 하는데 `{1}`이(가) 있습니다.",
                remedy: "평범한 이름을 쓰십시오.")),
        SentenceEntry(
            "yaml.mergeValue",
            english: .init(
                what: "`<<` wants a mapping or a list of mappings.",
                remedy: "Give it an alias of a mapping, such as `<<: *common`."),
            korean: .init(
                what: "`<<`에는 매핑이나 매핑의 목록이 와야 합니다.",
                remedy: "`<<: *common`처럼 매핑의 별칭을 쓰십시오.")),
        SentenceEntry(
            "yaml.unknownAlias",
            english: .init(
                what: "There is no anchor `&{0}` above this alias in its document.",
                why: "Anchors hold only inside one document.",
                remedy: """
                    Declare `&{0}` earlier in the same document, or put the value into quotes if it should \
                    begin with `*`.
                    """),
            korean: .init(
                what: "이 문서의 별칭 위쪽에 앵커 `&{0}`가 없습니다.",
                why: "앵커는 한 문서 안에서만 통합니다.",
                remedy: "같은 문서의 앞쪽에 `&{0}`를 선언하거나, `*`로 시작하는 값이라면 따옴표로 감싸십시오.")),
        SentenceEntry(
            "yaml.recursiveAlias",
            english: .init(
                what: "The alias `*{0}` stands inside the value that it stands for.",
                why: "Such a value would have no end.",
                remedy: "Take the alias out of its own anchor."),
            korean: .init(
                what: "별칭 `*{0}`이(가) 자신이 가리키는 값 안에 있습니다.",
                why: "그런 값은 끝이 없습니다.",
                remedy: "별칭을 자신의 앵커 밖으로 옮기십시오.")),
        SentenceEntry(
            "yaml.expansion",
            english: .init(
                what: "With the alias `*{0}` the document would grow to more than {1} values.",
                why: "Aliases of aliases multiply; a small file could fill the memory.",
                remedy: "Write the values out, or use fewer levels of aliases."),
            korean: .init(
                what: "별칭 `*{0}`을(를) 펼치면 문서의 값이 {1}개를 넘습니다.",
                why: "별칭의 별칭은 곱절로 늘어나 작은 파일이 메모리를 채울 수 있습니다.",
                remedy: "값을 직접 쓰거나 별칭의 단계를 줄이십시오.")),
        SentenceEntry(
            "yaml.tooDeep",
            english: .init(
                what: "Lists and mappings are nested deeper than {0} levels.",
                why: "No kind has that many; deep nesting also makes reading slow.",
                remedy: "Look for brackets or indentation that never close."),
            korean: .init(
                what: "목록과 매핑이 {0}단계보다 깊이 겹쳐 있습니다.",
                why: "그만큼 깊은 종류는 없으며, 깊은 겹침은 읽기를 느리게 합니다.",
                remedy: "닫히지 않은 괄호나 들여쓰기를 찾으십시오.")),
        SentenceEntry(
            "yaml.tooManyValues",
            english: .init(
                what: "The document holds more than {0} values.",
                remedy: "Divide it into several documents."),
            korean: .init(
                what: "문서에 값이 {0}개보다 많습니다.",
                remedy: "여러 문서로 나누십시오.")),
        SentenceEntry(
            "yaml.tooLarge",
            english: .init(
                what: "The file is too large: {0}, and at most {1} are read.",
                remedy: "Divide it into several files."),
            korean: .init(
                what: "파일이 너무 큽니다: {0}이며, {1}까지만 읽습니다.",
                remedy: "여러 파일로 나누십시오.")),
        SentenceEntry(
            "yaml.tooManyBroken",
            english: .init(
                what: "More than {0} documents of this file are broken; the rest of it was not read.",
                remedy: "Mend the first ones, and check that it is a YAML file at all."),
            korean: .init(
                what: "이 파일의 문서 가운데 {0}개가 넘게 깨져 있어 나머지는 읽지 않았습니다.",
                remedy: "앞의 것부터 고치고, YAML 파일이 맞는지 확인하십시오.")),
        SentenceEntry(
            "yaml.nul",
            english: .init(
                what: "The file holds a NUL byte.",
                why: "Text never does; this is a binary file, or one that was damaged.",
                remedy: "Restore the file, or move it out of the configuration."),
            korean: .init(
                what: "파일에 NUL 바이트가 있습니다.",
                why: "텍스트에는 없는 것이므로 이진 파일이거나 손상된 파일입니다.",
                remedy: "파일을 되살리거나 설정 디렉터리 밖으로 옮기십시오.")),
        SentenceEntry(
            "yaml.controlCharacter",
            english: .init(
                what: "The file holds the invisible character {0}.",
                why: "YAML allows none but tab and line ends; it was probably copied from elsewhere.",
                remedy: "Delete the character."),
            korean: .init(
                what: "파일에 보이지 않는 문자 {0}이(가) 있습니다.",
                why: "YAML은 탭과 줄 끝 말고는 허용하지 않습니다. 다른 곳에서 복사되었을 수 있습니다.",
                remedy: "그 문자를 지우십시오.")),
        SentenceEntry(
            "yaml.encoding",
            english: .init(
                what: "The byte {0} is not valid UTF-8.",
                why: "The file was probably saved in another encoding.",
                remedy: "Save the file as UTF-8."),
            korean: .init(
                what: "바이트 {0}은(는) 올바른 UTF-8이 아닙니다.",
                why: "다른 인코딩으로 저장된 파일일 수 있습니다.",
                remedy: "파일을 UTF-8로 저장하십시오.")),
        SentenceEntry(
            "yaml.utf16",
            english: .init(
                what: "The file is in UTF-16.",
                why: "Plumb reads UTF-8 only.",
                remedy: "Save the file as UTF-8."),
            korean: .init(
                what: "파일이 UTF-16으로 되어 있습니다.",
                why: "Plumb는 UTF-8만 읽습니다.",
                remedy: "파일을 UTF-8로 저장하십시오.")),
        SentenceEntry(
            "yaml.lineSeparator",
            english: .init(
                what: "The character {0} ends a line for some readers of YAML and not for others.",
                why: "One file must mean the same to everybody.",
                remedy: "Delete it, or write it as `{1}` in double quotes."),
            korean: .init(
                what: "문자 {0}은(는) 어떤 YAML 판독기에게는 줄 끝이고 다른 것에게는 아닙니다.",
                why: "한 파일은 모두에게 같은 뜻이어야 합니다.",
                remedy: "지우거나 큰따옴표 안에 `{1}`로 쓰십시오.")),
    ]
}
