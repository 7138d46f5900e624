extension Catalogue {
    /// What people said while a plan was carried out.
    package static let executionOrders: [SentenceEntry] = [
        SentenceEntry(
            "execution.windowClosed",
            english: SentenceText(
                what:
                    "{0} was not begun: its window has closed since the plan was made. The next is {1}, opening at {2}.",
                why: "A Policy lets steps run in its `windows` only. What had begun was finished.",
                remedy: "Wait for the daemon, or apply then; a yes that was given holds."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 계획을 세운 뒤 시간대가 닫혔습니다. 다음 시간대 {1}은(는) {2}에 열립니다.",
                why: "Policy가 `windows` 안에서만 단계를 허용합니다. 시작한 단계는 끝냈습니다.",
                remedy: "데몬을 기다리거나 그때 적용하십시오. 이미 받은 승인은 유효합니다.")),
        SentenceEntry(
            "execution.pausedMeanwhile",
            english: SentenceText(
                what: "{0} was not begun: a Policy has been pausing it since the plan was made: {1}.",
                why: "During a pause nothing begins. What had begun was finished.",
                remedy: "Lift the pause in the Policy, or wait for its end; a yes that was given holds."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 계획을 세운 뒤 Policy가 일시 중지했습니다. 사유: {1}.",
                why: "일시 중지 동안에는 아무것도 시작하지 않습니다. 시작한 단계는 끝냈습니다.",
                remedy: "Policy의 일시 중지를 풀거나 끝나기를 기다리십시오. 이미 받은 승인은 유효합니다.")),
        SentenceEntry(
            "execution.planRejected",
            english: SentenceText(
                what: "{0} was not begun: {1} rejected the plan.",
                why: "What had begun before that was finished.",
                remedy: "Ask {1} for the reason, and plan again once it is settled."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: {1}이(가) 계획을 거절했습니다.",
                why: "그 전에 시작한 단계는 끝냈습니다.",
                remedy: "{1}에게 이유를 확인하고 해결된 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "execution.yesTakenBack",
            english: SentenceText(
                what: "{0} was not begun: the yes to it does not count any more.",
                why: "Since the plan was made somebody took it back, it takes more people, or it became too old.",
                remedy: "Look at `plumb plan`, and approve it again if it is to be done."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 승인이 더 이상 유효하지 않습니다.",
                why: "계획을 세운 뒤 승인이 철회되었거나, 더 많은 사람의 승인이 필요해졌거나, 기한이 지났습니다.",
                remedy: "`plumb plan`을 확인하고, 여전히 필요하면 다시 승인하십시오.")),
        SentenceEntry(
            "execution.policyTightened",
            english: SentenceText(
                what: "{0} was not begun: a Policy asks for a person's yes now, or leaves it no budget.",
                why: "When the plan was made it did neither; it was changed while the run went on.",
                remedy: "Look at `plumb plan`: approve there what is still to be done, or give it a budget first."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 이제 Policy가 사람의 승인을 요구하거나 예산을 주지 않습니다.",
                why: "계획을 세울 때는 그렇지 않았고, 실행하는 동안 바뀌었습니다.",
                remedy: "`plumb plan`을 확인하고, 여전히 할 일을 승인하거나 먼저 예산을 주십시오.")),
        SentenceEntry(
            "execution.daySpent",
            english: SentenceText(
                what: """
                    {0} was not begun: within 24 hours other runs ended {2} {2|guest|guests} of cluster {1} or are about to, \
                    this plan ends {3}, and {4} a day {4|is|are} allowed.
                    """,
                why: "When the plan was made there was room. It is counted once more before each end.",
                remedy: "Apply again once the budget frees, or raise `destroyBudget.perDay` in a Policy."),
            korean: SentenceText(
                what: """
                    {0}을(를) 시작하지 않았습니다: 24시간 안에 다른 실행이 클러스터 {1}의 게스트 {2}대를 지웠거나 곧 지우고, 이 계획은 {3}대를 \
                    지우며, 하루 {4}대까지 허용됩니다.
                    """,
                why: "계획을 세울 때는 여유가 있었습니다. 게스트를 지우기 직전마다 다시 셉니다.",
                remedy: "한도가 풀린 뒤 다시 적용하거나 Policy의 `destroyBudget.perDay`를 올리십시오.")),
        SentenceEntry(
            "execution.brokenMeanwhile",
            english: SentenceText(
                what: "{0} was not begun: since the plan was made these cannot be read: {1}.",
                why: "While the configuration is incomplete nothing ends.",
                remedy: "Mend the documents, then apply again."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 계획을 세운 뒤 읽을 수 없게 된 문서: {1}.",
                why: "구성이 온전하지 않은 동안에는 아무것도 끝내지 않습니다.",
                remedy: "문서를 고친 뒤 다시 적용하십시오.")),
        SentenceEntry(
            "execution.declaredMeanwhile",
            english: SentenceText(
                what: "{0} was not begun: since the plan was made a document declares {1} again.",
                why: "It was to end because none did.",
                remedy: "Nothing needs to be done. Look at `plumb plan` for what it says of {1} now."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 계획을 세운 뒤 문서가 {1}을(를) 다시 선언했습니다.",
                why: "선언하는 문서가 없어서 끝내려던 것입니다.",
                remedy: "할 일이 없습니다. 지금 {1}에 대해 무엇이 계획되는지 `plumb plan`으로 확인하십시오.")),
        SentenceEntry(
            "execution.undeclaredMeanwhile",
            english: SentenceText(
                what: "{0} was not begun: since the plan was made no document declares {1} any more.",
                why: "What is not declared is not made, changed or started.",
                remedy: "Look at `plumb plan` for what becomes of {1}, or put its document back."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 계획을 세운 뒤 {1}을(를) 선언하는 문서가 없어졌습니다.",
                why: "선언되지 않은 것은 만들거나 바꾸거나 시작하지 않습니다.",
                remedy: "{1}이(가) 어떻게 되는지 `plumb plan`으로 확인하거나 문서를 되돌리십시오.")),
        SentenceEntry(
            "execution.redeclaredMeanwhile",
            english: SentenceText(
                what: "{0} was not begun: `{2}` of {1} has changed since the plan was made.",
                why: "What is declared now asks for something else.",
                remedy: "Nothing needs to be done. Look at `plumb plan` for what it says of {1} now."),
            korean: SentenceText(
                what: "{0}을(를) 시작하지 않았습니다: 계획을 세운 뒤 {1}의 `{2}`이(가) 바뀌었습니다.",
                why: "지금의 선언은 다른 것을 요구합니다.",
                remedy: "할 일이 없습니다. 지금 {1}에 대해 무엇이 계획되는지 `plumb plan`으로 확인하십시오.")),
        SentenceEntry(
            "execution.startHeld",
            english: SentenceText(
                what: "{0} was made as guest {1} and is not started: {2}",
                why: "Its first start is listened for like everything else that touches a guest.",
                remedy:
                    "Look at `plumb plan` for what becomes of it; once nothing holds it any more, an apply starts it."),
            korean: SentenceText(
                what: "{0}을(를) 게스트 {1}(으)로 만들었지만 시작하지 않았습니다: {2}",
                why: "첫 시작도 게스트를 건드리는 다른 일과 같은 규칙을 따릅니다.",
                remedy: "어떻게 되는지 `plumb plan`으로 확인하십시오. 막는 것이 없어지면 apply가 시작합니다.")),
        SentenceEntry(
            "execution.heldAtShutdown",
            english: SentenceText(
                what: "{0} (guest {1}) was shut down to be destroyed, and was not: {2}",
                why: "Until the moment before the end it is listened to what people say.",
                remedy: "It is started again. Nothing needs to be done for it."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 지우려고 종료했으나 지우지 않았습니다: {2}",
                why: "삭제 직전까지 사람의 지시를 확인합니다.",
                remedy: "다시 시작합니다. 따로 할 일은 없습니다.")),
    ]
}
