extension Catalogue {
    /// Guests that are in the way, or that are nobody's and look like ours.
    static let planningNeighbours: [SentenceEntry] = [
        SentenceEntry(
            "plan.addressTaken",
            english: SentenceText(
                what: "{0} is not created: its address {1} is held by {2}.",
                why: "Two guests that run with one address take each other off the network.",
                remedy: """
                    Remove that guest or give it another address; if {0} is that server under a new name, write \
                    `metadata.formerName` into it.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 만들지 않습니다. 주소 {1}을(를) {2}이(가) 쓰고 있습니다.",
                why: "두 게스트가 같은 주소로 실행되면 서로의 통신을 끊습니다.",
                remedy: "그 게스트를 없애거나 다른 주소를 주십시오. {0}이(가) 그 서버의 새 이름이라면 `metadata.formerName`을 쓰십시오.")),
        SentenceEntry(
            "plan.addressHeld",
            english: SentenceText(
                what: "{0} is not changed: its new address {1} is held by {2}.",
                why: "Two guests that run with one address take each other off the network.",
                remedy: "Remove that guest or give it another address, or choose a free one for {0}."),
            korean: SentenceText(
                what: "{0}을(를) 바꾸지 않습니다. 새 주소 {1}을(를) {2}이(가) 쓰고 있습니다.",
                why: "두 게스트가 같은 주소로 실행되면 서로의 통신을 끊습니다.",
                remedy: "그 게스트를 없애거나 다른 주소를 주십시오. 아니면 {0}에 비어 있는 주소를 쓰십시오.")),
        SentenceEntry(
            "plan.addressUntilRestart",
            english: SentenceText(
                what: "{0} does not get address {1} yet: {2} still runs with it.",
                why: """
                    What cloud-init is told takes effect when a VM starts, so that guest keeps its old address until it \
                    is started anew.
                    """,
                remedy: "Apply, shut {2} down and start it, then plan again."),
            korean: SentenceText(
                what: "{0}에 아직 주소 {1}을(를) 주지 않습니다. {2}이(가) 그 주소로 실행 중입니다.",
                why: "cloud-init 설정은 VM이 시작될 때 적용되므로, 그 게스트는 다시 시작할 때까지 이전 주소를 씁니다.",
                remedy: "적용한 뒤 {2}을(를) 종료했다가 시작하고 다시 계획하십시오.")),
        SentenceEntry(
            "plan.addressRing",
            english: SentenceText(
                what: "{0} is not changed: {2} holds its new address {1}, and needs one that is not free before that.",
                why: "These take over each other's addresses while one of them runs, so none can be first: {3}.",
                remedy: """
                    Write `power: stopped` into all of them, apply twice, and start them again; or give one a free address \
                    first and restart it.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 바꾸지 않습니다. 새 주소 {1}을(를) {2}이(가) 쓰고 있으며, 그쪽도 비어 있지 않은 주소를 기다립니다.",
                why: "실행 중인 서버들이 서로의 주소를 넘겨받으므로 어느 것도 먼저 바꿀 수 없습니다: {3}.",
                remedy: "모두에 `power: stopped`를 쓰고 두 번 적용한 뒤 다시 시작하십시오. 아니면 하나에 먼저 빈 주소를 주고 다시 시작하십시오.")),
        SentenceEntry(
            "plan.markUnknown",
            english: SentenceText(
                what: "Guest {0} ({1}) on {2} of {3} is not managed, although it bears the mark of {4}.",
                why: """
                    This registry gave that mark and has no such server any more: it was let go of \
                    (`onRemove: forget`), an adoption or a birth broke off, or an old copy was restored.
                    """,
                remedy: """
                    Declare {4} with `adopt: true` and `vmid: {0}` to take it in, or take the tag `plumb` and the last \
                    line off its description.
                    """),
            korean: SentenceText(
                what: "{3}의 {2}에 있는 게스트 {0}({1})은(는) {4}의 표식이 있는데도 관리되지 않습니다.",
                why: """
                    이 레지스트리가 준 표식이지만 그런 서버가 더 이상 없습니다. 관리에서 놓아주었거나(`onRemove: forget`), 넘겨받거나 \
                    만드는 일이 도중에 끊겼거나, 오래된 복사본이 되살아난 것입니다.
                    """,
                remedy: "넘겨받으려면 {4}을(를) `adopt: true`와 `vmid: {0}`으로 선언하고, 아니면 설명에서 `plumb` 태그와 마지막 줄을 지우십시오.")),
        SentenceEntry(
            "plan.taggedUnread",
            english: SentenceText(
                what: "{1} of {2} guests of {0} that show the tag `plumb` and are nobody's were not read in detail.",
                why: "A plan reads as many of them as `poll.detailSweep` says, and the next ones after a while.",
                remedy: "Run `plumb drift`, which reads all, or take the tag off guests that are not Plumb's."),
            korean: SentenceText(
                what: "{0}에서 `plumb` 태그가 있으나 주인이 없는 게스트 {2}개 중 {1}개는 자세히 읽지 않았습니다.",
                why: "계획은 `poll.detailSweep`만큼만 읽고, 나머지는 다음에 이어서 읽습니다.",
                remedy: "모두 읽는 `plumb drift`를 실행하거나, Plumb의 것이 아닌 게스트에서 태그를 지우십시오.")),
        SentenceEntry(
            "plan.disksUnread",
            english: SentenceText(
                what:
                    "{1} of {2} servers of {0} that were made without `disks` and declare some now are not compared yet.",
                why: """
                    Which disks their template gave them shows only in their own configuration. A plan reads as many as \
                    `poll.detailSweep` says, and the next ones after a while.
                    """,
                remedy: """
                    Wait for the next plans, which read none where `detailSweep` is 0, or run `plumb drift`, which reads \
                    all.
                    """),
            korean: SentenceText(
                what: "{0}에서 `disks` 없이 만들어졌으나 지금은 선언한 서버 {2}개 중 {1}개는 아직 비교하지 않았습니다.",
                why: "템플릿에서 받은 디스크는 각 게스트의 구성에만 나옵니다. 계획은 `poll.detailSweep`만큼만 읽고, 나머지는 다음에 이어서 읽습니다.",
                remedy: "다음 계획을 기다리거나(`detailSweep`이 0이면 읽지 않습니다), 모두 읽는 `plumb drift`를 실행하십시오.")),
    ]
}
