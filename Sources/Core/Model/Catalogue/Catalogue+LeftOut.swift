extension Catalogue {
    /// Why a step of an earlier plan is not done, although nothing holds it back.
    package static let leftOut: [SentenceEntry] = [
        SentenceEntry(
            "pass.goneDeclared",
            english: SentenceText(
                what: "It stays: it is declared again.", why: "No document declared it when the plan was made.",
                remedy: "Nothing is to be done. If it is to go, take its declaration away and plan anew."),
            korean: SentenceText(
                what: "다시 선언되었으므로 그대로 둡니다.", why: "계획을 세울 때는 선언한 문서가 없었습니다.",
                remedy: "할 일은 없습니다. 없애려면 선언을 지우고 다시 계획하십시오.")),
        SentenceEntry(
            "pass.goneUndeclared",
            english: SentenceText(
                what: "It is not done: what it was for is declared no longer.",
                why: "The document that declared it went after the plan was made.",
                remedy: "Bring the document back, or look at a fresh `plumb plan`, which says what becomes of it now."),
            korean: SentenceText(
                what: "하지 않습니다. 대상이 더 이상 선언되어 있지 않습니다.", why: "계획을 세운 뒤 이를 선언한 문서가 없어졌습니다.",
                remedy: "문서를 되돌리거나, 이제 어떻게 되는지 `plumb plan`으로 새 계획을 보십시오.")),
        SentenceEntry(
            "pass.goneOtherwise",
            english: SentenceText(
                what: "It is not done: a fresh look would do something else instead ({0}).",
                why: "What is there, or what is declared, changed after the plan was made.",
                remedy: "Look at a fresh `plumb plan`, and apply that one."),
            korean: SentenceText(
                what: "하지 않습니다. 다시 살펴보니 대신 다른 작업이 필요합니다({0}).",
                why: "계획을 세운 뒤 실제 상태나 선언이 바뀌었습니다.",
                remedy: "`plumb plan`으로 새 계획을 보고 그것을 적용하십시오.")),
        SentenceEntry(
            "pass.goneOutstanding",
            english: SentenceText(
                what: "It is not done now, and is still outstanding: the guest runs on with old values.",
                why: "What is there changed after the plan was made, so that something else comes first.",
                remedy: "Look at a fresh `plumb plan`, which says what that is."),
            korean: SentenceText(
                what: "지금은 하지 않지만 여전히 필요합니다. 게스트가 이전 값으로 실행 중입니다.", why: "계획을 세운 뒤 상태가 바뀌어 다른 일이 먼저입니다.",
                remedy: "무엇이 먼저인지 `plumb plan`으로 새 계획을 보십시오.")),
    ]
}
