extension Catalogue {
    /// Files, documents, fields and their types; the labels of a rendered diagnostic.
    static let loadingFields: [SentenceEntry] = [
        SentenceEntry(
            "file.unreadable",
            english: .init(
                what: "The file cannot be read: {0}.",
                why: "What it declares is unknown, so that nothing is removed.",
                remedy: "Check the file's rights and that it is still there."),
            korean: .init(
                what: "파일을 읽을 수 없습니다: {0}.",
                why: "무엇을 선언하는지 알 수 없으므로 아무것도 지우지 않습니다.",
                remedy: "파일의 권한과 존재를 확인하십시오.")),
        SentenceEntry(
            "file.linkOutside",
            english: .init(
                what: "The link leads out of the configuration's directory, to {0}.",
                why: "It is not followed, so that what it should declare is unknown and nothing is removed.",
                remedy: "Put the file itself here, name the link in `.plumbignore`, or remove it."),
            korean: .init(
                what: "링크가 구성 디렉터리 밖의 {0}을(를) 가리킵니다.",
                why: "따라가지 않으므로 무엇을 선언하는지 알 수 없고, 아무것도 지우지 않습니다.",
                remedy: "파일을 이곳에 직접 두거나, 링크를 `.plumbignore`에 적거나 지우십시오.")),
        SentenceEntry(
            "file.linkLost",
            english: .init(
                what: "The link leads to {0}, which cannot be looked at: {1}.",
                why: """
                    A release that was swapped and a mount that is away look like this. What it should declare is unknown, \
                    so that nothing is removed.
                    """,
                remedy: """
                    Bring back what it leads to, or let it lead to where the documents are now. Where it stands for no \
                    documents, name it in `.plumbignore` or remove it.
                    """),
            korean: .init(
                what: "링크가 가리키는 {0}을(를) 볼 수 없습니다: {1}.",
                why: """
                    릴리스가 교체되었거나 마운트가 빠졌을 때 이런 모습입니다. 무엇을 선언해야 하는지 알 수 없으므로 아무것도 지우지 \
                    않습니다.
                    """,
                remedy: """
                    가리키는 것을 되돌리거나, 지금 문서가 있는 곳을 가리키게 하십시오. 문서와 관계없는 링크라면 `.plumbignore`에 \
                    적거나 지우십시오.
                    """)),
        SentenceEntry(
            "file.another",
            english: .init(
                what: "{0} is a configuration of its own: its `.plumb` has a registry.",
                why: """
                    Read from here, its servers would be made or taken over a second time. Nothing in it is read, and \
                    nothing is removed.
                    """,
                remedy: """
                    Run Plumb with `--config {0}` for it, and name it in `.plumbignore` here. To make it part of this \
                    configuration, move its `.plumb` away first: it holds the states of its servers.
                    """),
            korean: .init(
                what: "{0}은(는) 별도의 구성입니다. 그 `.plumb`에 레지스트리가 있습니다.",
                why: "여기서 읽으면 그 서버들을 한 번 더 만들거나 넘겨받게 됩니다. 그 안의 것은 읽지 않으며 아무것도 지우지 않습니다.",
                remedy: """
                    그 구성에는 `--config {0}`으로 Plumb을 실행하고, 여기서는 `.plumbignore`에 적으십시오. 이 구성에 넣으려면 먼저 그 \
                    `.plumb`을 옮기십시오. 서버들의 상태가 들어 있습니다.
                    """)),
        SentenceEntry(
            "file.notRegular",
            english: .init(
                what: "This is no file, but a pipe, a socket or a device.",
                why: "What it should declare is unknown, so that nothing is removed.",
                remedy: "Put a file in its place, name it in `.plumbignore`, or remove it."),
            korean: .init(
                what: "파일이 아니라 파이프, 소켓 또는 장치입니다.",
                why: "무엇을 선언하는지 알 수 없으므로 아무것도 지우지 않습니다.",
                remedy: "그 자리에 파일을 두거나, `.plumbignore`에 적거나 지우십시오.")),
        SentenceEntry(
            "file.empty",
            english: .init(
                what: "The file is empty.",
                why: """
                    A file that was cut off while it was written looks like this, on a full disk for example. What it \
                    should declare is unknown, so that nothing is removed.
                    """,
                remedy: """
                    Bring its text back (`git checkout` does, where it was committed). Where it should declare nothing, \
                    remove the file or leave a comment in it.
                    """),
            korean: .init(
                what: "파일이 비어 있습니다.",
                why: """
                    디스크가 가득 찼을 때처럼, 쓰다가 끊긴 파일이 이런 모습입니다. 무엇을 선언해야 하는지 알 수 없으므로 아무것도 \
                    지우지 않습니다.
                    """,
                remedy: """
                    내용을 되돌리십시오(커밋된 파일은 `git checkout`으로 돌아옵니다). 선언할 것이 없다면 파일을 지우거나 주석을 \
                    남기십시오.
                    """)),
        SentenceEntry(
            "file.nameCase",
            english: .init(
                what: "The name ends in `{0}`, and only files in `.yaml` or `.yml` are read.",
                why: "What it should declare is unknown, so that nothing is removed.",
                remedy: "Rename it, name it in `.plumbignore`, or remove it."),
            korean: .init(
                what: "이름이 `{0}`(으)로 끝나는데, `.yaml`이나 `.yml`인 파일만 읽습니다.",
                why: "무엇을 선언해야 하는지 알 수 없으므로 아무것도 지우지 않습니다.",
                remedy: "이름을 바꾸거나, `.plumbignore`에 적거나 지우십시오.")),
        SentenceEntry(
            "file.noDirectory",
            english: .init(
                what: "The configuration's directory cannot be read: {0}.",
                remedy: "Give the right directory with `--config`."),
            korean: .init(
                what: "설정 디렉터리를 읽을 수 없습니다: {0}.",
                remedy: "`--config`로 올바른 디렉터리를 지정하십시오.")),
        SentenceEntry(
            "file.none",
            english: .init(
                what: "There is no `*.yaml` or `*.yml` file in the configuration.",
                remedy: "Write one, or let `plumb init` write a first configuration."),
            korean: .init(
                what: "설정에 `*.yaml`이나 `*.yml` 파일이 없습니다.",
                remedy: "파일을 쓰거나 `plumb init`으로 첫 설정을 만드십시오.")),
        SentenceEntry(
            "file.ignorePattern",
            english: .init(
                what: "The pattern `{0}` in `.plumbignore` cannot be understood.",
                remedy: """
                    Use names with `*`, `**` and `?`; a `/` at the end means directories only, a `!` at the \
                    beginning takes back.
                    """),
            korean: .init(
                what: "`.plumbignore`의 패턴 `{0}`을(를) 이해할 수 없습니다.",
                remedy: "`*`, `**`, `?`가 든 이름을 쓰십시오. 끝의 `/`는 디렉터리만, 앞의 `!`는 되돌림을 뜻합니다.")),
        SentenceEntry(
            "file.ignoreUnreadable",
            english: .init(
                what: "{0} cannot be read: {1}.",
                why: "Without it, what it leaves out would count as declared. Nothing is done.",
                remedy: "Check its rights and that it is a file, or remove it."),
            korean: .init(
                what: "{0}을(를) 읽을 수 없습니다: {1}.",
                why: "이 파일 없이는 제외한 것까지 선언된 것으로 여기게 되므로 아무것도 하지 않습니다.",
                remedy: "권한과 파일인지를 확인하거나 지우십시오.")),
        SentenceEntry(
            "file.moreDiagnostics",
            english: .init(
                what: "{0} more mistakes are not shown.",
                remedy: "Mend those that are shown; often the others have the same cause."),
            korean: .init(
                what: "{0}개의 잘못이 더 있으나 보이지 않았습니다.",
                remedy: "보이는 것부터 고치십시오. 나머지도 원인이 같은 경우가 많습니다.")),
        SentenceEntry(
            "kind.notMapping",
            english: .init(
                what: "A document must be a mapping with `apiVersion`, `kind`, `metadata` and `spec`.",
                remedy: """
                    Begin with `apiVersion: plumb/v1`, or name the file in `.plumbignore` if it is not \
                    Plumb's.
                    """),
            korean: .init(
                what: "문서는 `apiVersion`, `kind`, `metadata`, `spec`을 가진 매핑이어야 합니다.",
                remedy: "`apiVersion: plumb/v1`로 시작하거나, Plumb의 파일이 아니면 `.plumbignore`에 적으십시오.")),
        SentenceEntry(
            "kind.apiVersion",
            english: .init(
                what: "`apiVersion` is `{1}`, and this Plumb reads `plumb/v1` only.",
                remedy: """
                    Write `apiVersion: plumb/v1`; if the file belongs to another program, name it in \
                    `.plumbignore`.
                    """),
            korean: .init(
                what: "`apiVersion`이 `{1}`인데, 이 Plumb는 `plumb/v1`만 읽습니다.",
                remedy: "`apiVersion: plumb/v1`로 쓰십시오. 다른 프로그램의 파일이면 `.plumbignore`에 적으십시오.")),
        SentenceEntry(
            "kind.unknown",
            english: .init(
                what: "There is no kind `{1}`.",
                remedy: "Use one of: {2}."),
            korean: .init(
                what: "`{1}`이라는 종류(kind)는 없습니다.",
                remedy: "다음 중 하나를 쓰십시오: {2}.")),
        SentenceEntry(
            "field.unknown",
            english: .init(
                what: "{1} has no field `{0}`.",
                why: "A field that is not known is never ignored: it may be the one that mattered.",
                remedy: "Remove it, or use one of: {2}."),
            korean: .init(
                what: "{1}에는 `{0}` 필드가 없습니다.",
                why: "모르는 필드는 무시하지 않습니다. 중요한 것일 수 있기 때문입니다.",
                remedy: "지우거나 다음 중 하나를 쓰십시오: {2}.")),
        SentenceEntry(
            "field.missing",
            english: .init(
                what: "{1} needs the field `{0}`.",
                remedy: "Add `{0}`."),
            korean: .init(
                what: "{1}에는 `{0}` 필드가 있어야 합니다.",
                remedy: "`{0}`을(를) 넣으십시오.")),
        SentenceEntry(
            "field.noValue",
            english: .init(
                what: "`{0}` has no value.",
                why: "Nothing after the colon could mean the default, or an empty value, or a mistake.",
                remedy: "Give it a value, or remove the line."),
            korean: .init(
                what: "`{0}`에 값이 없습니다.",
                why: "콜론 뒤가 비어 있으면 기본값인지 빈 값인지 실수인지 알 수 없습니다.",
                remedy: "값을 쓰거나 그 줄을 지우십시오.")),
        SentenceEntry(
            "field.empty",
            english: .init(
                what: "`{0}` is an empty text.",
                remedy: "Give it a text, or remove the line."),
            korean: .init(
                what: "`{0}`이(가) 빈 텍스트입니다.",
                remedy: "텍스트를 쓰거나 그 줄을 지우십시오.")),
        SentenceEntry(
            "field.tooLong",
            english: .init(
                what: "`{0}` is longer than {2} bytes.",
                remedy: "Shorten it."),
            korean: .init(
                what: "`{0}`이(가) {2}바이트보다 깁니다.",
                remedy: "줄이십시오.")),
        SentenceEntry(
            "field.tooFew",
            english: .init(
                what: "`{0}` needs at least {2} entry.",
                remedy: "Add an entry, or remove the field."),
            korean: .init(
                what: "`{0}`에는 항목이 {2}개 이상 있어야 합니다.",
                remedy: "항목을 넣거나 필드를 지우십시오.")),
        SentenceEntry(
            "field.repeated",
            english: .init(
                what: "`{1}` stands twice in this list.",
                remedy: "Remove one of them."),
            korean: .init(
                what: "이 목록에 `{1}`이(가) 두 번 나옵니다.",
                remedy: "하나를 지우십시오.")),
        SentenceEntry(
            "field.range",
            english: .init(
                what: "`{0}` is `{1}`, outside of what is possible.",
                remedy: "Use a value from {2} to {3}."),
            korean: .init(
                what: "`{0}`의 값 `{1}`이(가) 가능한 범위를 벗어났습니다.",
                remedy: "{2}에서 {3}까지의 값을 쓰십시오.")),
        SentenceEntry(
            "field.choice",
            english: .init(
                what: "`{0}` cannot be `{1}`.",
                remedy: "Use one of: {2}."),
            korean: .init(
                what: "`{0}`의 값은 `{1}`일 수 없습니다.",
                remedy: "다음 중 하나를 쓰십시오: {2}.")),
        SentenceEntry(
            "field.exclusive",
            english: .init(
                what: "`{0}` cannot stand beside `{1}`.",
                why: "The two contradict each other.",
                remedy: "Keep one of them."),
            korean: .init(
                what: "`{0}`은(는) `{1}`과(와) 함께 쓸 수 없습니다.",
                why: "둘은 서로 어긋납니다.",
                remedy: "하나만 남기십시오.")),
        SentenceEntry(
            "field.oneOf",
            english: .init(
                what: "{1} needs one of: {0}.",
                remedy: "Add one of them."),
            korean: .init(
                what: "{1}에는 다음 중 하나가 있어야 합니다: {0}.",
                remedy: "하나를 넣으십시오.")),
        SentenceEntry(
            "field.order",
            english: .init(
                what: "The beginning `{0}` lies after the end `{1}`.",
                remedy: "Swap the two."),
            korean: .init(
                what: "시작 `{0}`이(가) 끝 `{1}`보다 뒤에 있습니다.",
                remedy: "둘을 바꾸십시오.")),
        SentenceEntry(
            "field.notYet",
            english: .init(
                what: "`{0}` is understood, but this Plumb does not act on it yet.",
                why: "Ignoring it would promise something that does not happen.",
                remedy: "Remove it for now."),
            korean: .init(
                what: "`{0}`은(는) 이해하지만 이 Plumb는 아직 실행하지 않습니다.",
                why: "무시하면 일어나지 않을 일을 약속하는 셈입니다.",
                remedy: "지금은 지우십시오.")),
        SentenceEntry(
            "type.text",
            english: .init(
                what: "`{0}` wants a single value, but there is `{1}`.",
                remedy: "Write one value, without `[`, `{` or a list."),
            korean: .init(
                what: "`{0}`에는 값 하나가 와야 하는데 `{1}`이(가) 있습니다.",
                remedy: "`[`, `{`, 목록 없이 값 하나를 쓰십시오.")),
        SentenceEntry(
            "type.integer",
            english: .init(
                what: "`{0}` wants a whole number, but there is `{1}`.",
                remedy: "Write decimal digits, without a leading zero, fraction or unit."),
            korean: .init(
                what: "`{0}`에는 정수가 와야 하는데 `{1}`이(가) 있습니다.",
                remedy: "앞의 0, 소수, 단위 없이 십진 숫자로 쓰십시오.")),
        SentenceEntry(
            "type.quotedNumber",
            english: .init(
                what: "`{0}` wants a number, and `{1}` in quotes is text.",
                remedy: "Remove the quotes."),
            korean: .init(
                what: "`{0}`에는 숫자가 와야 하는데 따옴표로 감싼 `{1}`은(는) 텍스트입니다.",
                remedy: "따옴표를 지우십시오.")),
        SentenceEntry(
            "type.number",
            english: .init(
                what: "`{0}` wants a number, but there is `{1}`.",
                remedy: "Write a number such as `0.5`."),
            korean: .init(
                what: "`{0}`에는 숫자가 와야 하는데 `{1}`이(가) 있습니다.",
                remedy: "`0.5`와 같은 숫자를 쓰십시오.")),
        SentenceEntry(
            "type.boolean",
            english: .init(
                what: "`{0}` wants `true` or `false`, but there is `{1}`.",
                why: "Words such as `yes` mean different things to different readers of YAML.",
                remedy: "Write `true` or `false`, without quotes."),
            korean: .init(
                what: "`{0}`에는 `true`나 `false`가 와야 하는데 `{1}`이(가) 있습니다.",
                why: "`yes` 같은 낱말은 YAML 판독기마다 뜻이 다릅니다.",
                remedy: "따옴표 없이 `true`나 `false`로 쓰십시오.")),
        SentenceEntry(
            "type.list",
            english: .init(
                what: "`{0}` wants a list, but there is `{1}`.",
                remedy: "Write `[a, b]`, or one `- ` line for each entry."),
            korean: .init(
                what: "`{0}`에는 목록이 와야 하는데 `{1}`이(가) 있습니다.",
                remedy: "`[a, b]`로 쓰거나 항목마다 `- ` 줄을 쓰십시오.")),
        SentenceEntry(
            "type.mapping",
            english: .init(
                what: "`{0}` wants fields of its own, but there is `{1}`.",
                remedy: "Write `name: value` lines, indented below it."),
            korean: .init(
                what: "`{0}`에는 자신의 필드들이 와야 하는데 `{1}`이(가) 있습니다.",
                remedy: "아래에 들여써서 `이름: 값` 줄을 쓰십시오.")),
        SentenceEntry(
            "note.firstHere",
            english: .init(
                what: "first here",
                remedy: ""),
            korean: .init(
                what: "처음 나온 곳",
                remedy: "")),
        SentenceEntry(
            "note.noticedHere",
            english: .init(
                what: "noticed here",
                remedy: ""),
            korean: .init(
                what: "알아챈 곳",
                remedy: "")),
        SentenceEntry(
            "note.otherHere",
            english: .init(
                what: "`{0}` is here",
                remedy: ""),
            korean: .init(
                what: "`{0}`은(는) 여기 있습니다",
                remedy: "")),
        SentenceEntry(
            "note.didYouMean",
            english: .init(
                what: "Did you mean `{0}`?",
                remedy: ""),
            korean: .init(
                what: "`{0}`을(를) 뜻하셨습니까?",
                remedy: "")),
        SentenceEntry(
            "note.error",
            english: .init(
                what: "error",
                remedy: ""),
            korean: .init(
                what: "오류",
                remedy: "")),
        SentenceEntry(
            "note.warning",
            english: .init(
                what: "warning",
                remedy: ""),
            korean: .init(
                what: "경고",
                remedy: "")),
        SentenceEntry(
            "note.why",
            english: .init(
                what: "why",
                remedy: ""),
            korean: .init(
                what: "이유",
                remedy: "")),
        SentenceEntry(
            "note.fix",
            english: .init(
                what: "do",
                remedy: ""),
            korean: .init(
                what: "조치",
                remedy: "")),
    ]
}
