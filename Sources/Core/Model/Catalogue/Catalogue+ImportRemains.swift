extension Catalogue {
    /// What is said of documents that stay although their guests are not taken over, and of those that stood before.
    static let importRemains: [SentenceEntry] = [
        SentenceEntry(
            "import.declaredElsewhere",
            english: SentenceText(
                what: "{0} ({1}) is declared as the server {2} at {3}, and no run has taken it over yet.",
                why: "An import goes on only with what the file says that it writes.",
                remedy: """
                    `plumb plan` shows it; `plumb apply` takes it over, and so does an import that writes that file.
                    """),
            korean: SentenceText(
                what: "{0}({1})은(는) {3}에 서버 {2}(으)로 선언되어 있지만 아직 인수되지 않았습니다.",
                why: "가져오기는 자신이 쓰는 파일에 있는 것만 이어서 합니다.",
                remedy: "`plumb plan`을 확인하십시오. `plumb apply`나, --write에 그 파일을 준 가져오기가 인수합니다.")),
        SentenceEntry(
            "import.differsDeclared",
            english: SentenceText(
                what: "Taking {0} over would change it, and its document stands in {1} already.",
                why: """
                    An import takes a guest in only where nothing of it changes; documents of before it leaves alone.
                    """,
                remedy: """
                    What differs stands below: declare it as the guest has it and import again, or let \
                    `plumb apply` change the guest.
                    """
            ),
            korean: SentenceText(
                what: "{0}을(를) 넘겨받으면 바뀌는 것이 있고, 문서는 이미 {1}에 있습니다.",
                why: "가져오기는 아무것도 바뀌지 않을 때만 넘겨받고, 전부터 있던 문서는 지우지 않습니다.",
                remedy: "다른 점은 아래와 같습니다. 게스트대로 선언하고 다시 가져오거나, `plumb apply`로 게스트를 바꾸십시오.")),
        SentenceEntry(
            "import.stays",
            english: SentenceText(
                what: "Declared in {0} and not taken over by this import: {1}.",
                why: "Nothing proves that they would be changed, so their documents stay.",
                remedy:
                    "Run the same import again once what they wait for has come, or `plumb apply`. If one is not to be taken over, take its document out before that."
            ),
            korean: SentenceText(
                what: "{0}에 선언되어 있고 이번 가져오기가 인수하지 않은 것: {1}.",
                why: "바뀐다는 증거가 없으므로 문서를 남겨 둡니다.",
                remedy:
                    "기다리는 것이 끝나면 같은 가져오기를 다시 하거나 `plumb apply`를 실행하십시오. 인수하지 않을 것이면 그전에 문서를 지우십시오."
            )),
        kept("import.keptRecorded", "its guest is on record by now.", "게스트가 이미 기록에 있습니다."),
        kept("import.keptInState", "its guest is in the state of stack {2}.", "게스트가 스택 {2}의 상태에 있습니다."),
        kept("import.keptMarked", "guest {2} bears Plumb's mark.", "게스트 {2}에 Plumb의 표식이 있습니다."),
        SentenceEntry(
            "import.keptAtWork",
            english: SentenceText(
                what:
                    "The document of {0} stays in {1}, although the guest would be changed: a run is at work on it, or was cut off.",
                why: "Taken over without a document, it would be destroyed as one that nobody declares.",
                remedy: "When `plumb status` shows nobody at work there, run the same import again."),
            korean: SentenceText(
                what: "게스트가 바뀌게 되지만 {0}의 문서를 {1}에 남겨 둡니다. 다른 실행이 작업 중이거나 중단되었습니다.",
                why: "문서 없이 인수되면 아무도 선언하지 않은 것으로서 없어집니다.",
                remedy: "`plumb status`에 작업 중인 실행이 없을 때 같은 가져오기를 다시 하십시오.")),
        SentenceEntry(
            "import.keptUnseen",
            english: SentenceText(
                what:
                    "The document of {0} stays in {1}, although the guest would be changed: whether somebody took it over meanwhile could not be seen.",
                why: "Taken over without a document, it would be destroyed as one that nobody declares.",
                remedy: "When the cluster and its stacks can be read, run the same import again."),
            korean: SentenceText(
                what: "게스트가 바뀌게 되지만 {0}의 문서를 {1}에 남겨 둡니다. 그사이 누군가 인수했는지 볼 수 없습니다.",
                why: "문서 없이 인수되면 아무도 선언하지 않은 것으로서 없어집니다.",
                remedy: "클러스터와 스택을 읽을 수 있을 때 같은 가져오기를 다시 하십시오.")),
    ]

    /// A document that was to go, of a guest that is Plumb's by now.
    private static func kept(_ code: SentenceCode, _ english: String, _ korean: String) -> SentenceEntry {
        SentenceEntry(
            code,
            english: SentenceText(
                what: "The document of {0} stays in {1}, although the guest would be changed: " + english,
                why: "Somebody took it over meanwhile; without a document it would be destroyed.",
                remedy:
                    "Look at `plumb plan`. To let go of the guest, write `onRemove: forget` into the document, run `plumb apply`, and take it out after that."
            ),
            korean: SentenceText(
                what: "게스트가 바뀌게 되지만 {0}의 문서를 {1}에 남겨 둡니다. " + korean,
                why: "그사이 누군가 인수했으며, 문서가 없으면 게스트가 없어집니다.",
                remedy:
                    "`plumb plan`을 확인하십시오. 게스트를 놓아주려면 문서에 `onRemove: forget`을 쓰고 `plumb apply`를 실행한 뒤 문서를 지우십시오."
            ))
    }
}
