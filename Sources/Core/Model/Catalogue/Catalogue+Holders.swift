extension Catalogue {
    /// What is said while another process works where this one wants to.
    package static let holders: [SentenceEntry] = [
        SentenceEntry(
            "cli.waitsForOther",
            english: SentenceText(
                what:
                    "Waiting for another Plumb: process {1} works on stack {2} since {5}: {3}, {4} {4|server|servers} (batch {0}).",
                why: "Two never work on one stack at a time. Nothing of this run has begun.",
                remedy: "It waits {6} minutes at most, and plans anew then; Ctrl-C ends the wait."),
            korean: SentenceText(
                what: "다른 Plumb을 기다립니다: 프로세스 {1}이(가) {5}부터 스택 {2}에서 작업 중입니다: {3}, 서버 {4}개(배치 {0}).",
                why: "한 스택에서 둘이 동시에 작업하지 않습니다. 이 실행은 아직 아무것도 시작하지 않았습니다.",
                remedy: "최대 {6}분 동안 기다린 뒤 새로 계획합니다. Ctrl-C로 그만 기다릴 수 있습니다.")),
        SentenceEntry(
            "cli.doneByOther",
            english: SentenceText(
                what: "Meanwhile {0} did {1} {1|step|steps} there, the last at {2}: {3}.",
                why: "What is done already is no part of this run any more.",
                remedy: "`plumb history` shows that run (#{4})."),
            korean: SentenceText(
                what: "그동안 {0}이(가) 그곳에서 {1}개 단계를 수행했으며, 마지막은 {2}입니다: {3}.", why: "이미 수행된 것은 이 실행에서 빠집니다.",
                remedy: "`plumb history`에서 그 실행(#{4})을 볼 수 있습니다.")),
        SentenceEntry(
            "cli.rebuiltMeanwhile",
            english: SentenceText(
                what: "Nothing was done: {0} was made anew by another Plumb while this one waited.",
                why: "A rebuild is asked for of the guest that is there, and this one is new.",
                remedy: "Look at `plumb plan`; if it is to be made anew once more, ask again."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다: 기다리는 동안 다른 Plumb이 {0}을(를) 새로 만들었습니다.",
                why: "재구축은 그때 있던 게스트에 대한 요청이며, 지금 것은 새 게스트입니다.",
                remedy: "`plumb plan`을 확인하고, 한 번 더 새로 만들려면 다시 요청하십시오.")),
        SentenceEntry(
            "cli.declaredMeanwhile",
            english: SentenceText(
                what: "Nothing was done: the configuration changed while this Plumb waited for another.",
                why: "What this run read before its wait is not what is declared now.",
                remedy: "Run it again: it reads everything anew."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다: 다른 Plumb을 기다리는 동안 구성이 바뀌었습니다.",
                why: "기다리기 전에 읽은 내용이 지금 선언된 내용과 다릅니다.",
                remedy: "다시 실행하십시오. 모두 새로 읽습니다.")),
        SentenceEntry(
            "cli.endsMeanwhile",
            english: SentenceText(
                what:
                    "Nothing was done: {0} would be destroyed, and would not have been before this Plumb waited for another.",
                why: "What was agreed to on the command line was agreed to before.",
                remedy: "Look at `plumb plan`, and run it again."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다: 다른 Plumb을 기다리기 전에는 아니었으나 이제 {0}이(가) 삭제될 것입니다.",
                why: "명령줄에서 승인한 것은 기다리기 전의 계획에 대한 것입니다.",
                remedy: "`plumb plan`을 확인하고 다시 실행하십시오.")),
        SentenceEntry(
            "cli.otherStillAtWork",
            english: SentenceText(
                what:
                    "Another Plumb, process {1}, still works on stack {2}, since {5}: {3}, {4} {4|server|servers} (batch {0}).",
                why: "It was waited for {6} minutes. What concerns that stack cannot be done now; the rest goes on.",
                remedy: "Run again when it has ended, or have it end after what is in hand (`kill {1}`)."),
            korean: SentenceText(
                what: "다른 Plumb(프로세스 {1})이 {5}부터 아직 스택 {2}에서 작업 중입니다: {3}, 서버 {4}개(배치 {0}).",
                why: "{6}분 동안 기다렸습니다. 그 스택의 일은 지금 할 수 없고 나머지는 계속합니다.",
                remedy: "끝난 뒤 다시 실행하거나 진행 중인 일까지만 하고 끝내게 하십시오(`kill {1}`).")),
        SentenceEntry(
            "execution.waitsForLane",
            english: SentenceText(
                what: "Waiting for room in the lanes of cluster {0}: another Plumb, process {1}, has it.",
                why: "A cluster does only so much at a time (`Cluster.limits`), whoever asks.",
                remedy: "It goes on by itself; Ctrl-C ends the run after what is in hand."),
            korean: SentenceText(
                what: "클러스터 {0}의 작업 자리를 기다립니다: 다른 Plumb(프로세스 {1})이 쓰고 있습니다.",
                why: "누가 요청하든 클러스터는 한 번에 정해진 만큼만 합니다(`Cluster.limits`).",
                remedy: "자리가 나면 저절로 계속합니다. Ctrl-C를 누르면 진행 중인 일까지만 하고 끝냅니다.")),
        SentenceEntry(
            "execution.waitsForStack",
            english: SentenceText(
                what: "Waiting for stack {0}: another Plumb, process {1}, holds it since {3} (`plumb {2}`).",
                why: "Two never work on one stack at a time.",
                remedy: "It is waited for about a minute; after that the steps fail, and the next run plans them anew."),
            korean: SentenceText(
                what: "스택 {0}을(를) 기다립니다: 다른 Plumb(프로세스 {1})이 {3}부터 쓰고 있습니다(`plumb {2}`).",
                why: "한 스택에서 둘이 동시에 작업하지 않습니다.",
                remedy: "1분쯤 기다립니다. 그래도 비지 않으면 단계는 실패하고, 다음 실행이 새로 계획합니다.")),
        SentenceEntry(
            "execution.goesOn",
            english: SentenceText(
                what:
                    "What came of it is not known yet: Terraform goes on by itself ({0}), and this Plumb was told to end.",
                why: "An apply is never cut off, because that would lose track of what it makes.",
                remedy:
                    "It is settled by the next run: `plumb recover`, `plumb apply` and the daemon wait for it and say what came of it."
            ),
            korean: SentenceText(
                what: "결과를 아직 알 수 없습니다: Terraform이 스스로 계속 실행 중이고({0}), 이 Plumb은 끝내라는 지시를 받았습니다.",
                why: "적용을 끊으면 만들던 것을 놓치므로 끊지 않습니다.",
                remedy: "다음 실행이 확정합니다. `plumb recover`, `plumb apply`, 데몬이 끝나기를 기다려 결과를 알려 줍니다.")),
    ]
}
