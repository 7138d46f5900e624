extension Catalogue {
    /// What is known of guests whose step was cut off, before anybody has looked at what came of it.
    package static let cutOff: [SentenceEntry] = [
        SentenceEntry(
            "recovery.cutRebuildEarly",
            english: SentenceText(
                what: "The rebuild of {0} (guest {1}) was cut off before anything was done to the guest.",
                why: "The yes to it was one to this attempt, and is spent.",
                remedy: """
                    `plumb recover`, or the next `plumb apply`, closes it. For another attempt run `plumb rebuild {0}`, which \
                    asks anew.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})의 재구축이 게스트에 아무 일도 하기 전에 중단되었습니다.", why: "승인은 이번 시도에만 유효하며 소진되었습니다.",
                remedy:
                    "`plumb recover`나 다음 `plumb apply`가 정리합니다. 다시 시도하려면 `plumb rebuild {0}`을 실행하십시오. 새로 승인을 묻습니다.")),
        SentenceEntry(
            "recovery.cutRebuild",
            english: SentenceText(
                what:
                    "{0} (guest {1}) may be down because of its rebuild, which was cut off before the guest was destroyed.",
                why: """
                    It was asked to shut down for that, and a backup of it may still be at work. The rebuild does not go on by \
                    itself: the yes to it was one to this attempt, and is spent.
                    """,
                remedy: """
                    `plumb recover`, or the next `plumb apply`, starts the guest again. For another attempt run \
                    `plumb rebuild {0}`, which asks anew.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})은(는) 재구축 때문에 꺼져 있을 수 있습니다. 재구축은 게스트를 삭제하기 전에 중단되었습니다.",
                why: """
                    재구축을 위해 종료를 요청했고 백업이 아직 진행 중일 수 있습니다. 재구축은 저절로 이어지지 않습니다. \
                    승인은 이번 시도에만 유효하며 소진되었습니다.
                    """,
                remedy: """
                    `plumb recover`나 다음 `plumb apply`가 게스트를 다시 시작합니다. 다시 시도하려면 `plumb rebuild {0}`을 \
                    실행하십시오. 새로 승인을 묻습니다.
                    """)),
        SentenceEntry(
            "recovery.cutRebuildLate",
            english: SentenceText(
                what: "The rebuild of {0} (guest {1}) was cut off when its destruction may have begun.",
                why: "The guest may be there and down, or gone with the new one not made, or not made to the end.",
                remedy: """
                    `plumb recover`, or the next `plumb apply`, finds out. What is there is started again, and another attempt \
                    takes `plumb rebuild {0}` and another yes; what is gone is made by the yes that was given.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})의 재구축이 삭제를 시작했을 수 있는 때에 중단되었습니다.",
                why: "게스트가 꺼진 채 남아 있거나, 없어졌는데 새 게스트가 아직 만들어지지 않았거나 덜 만들어졌을 수 있습니다.",
                remedy: """
                    `plumb recover`나 다음 `plumb apply`가 확인합니다. 남아 있으면 다시 시작하며, 다시 시도하려면 \
                    `plumb rebuild {0}`과 새 승인이 필요합니다. 없어졌다면 이미 받은 승인으로 만듭니다.
                    """)),
        SentenceEntry(
            "recovery.cutBackup",
            english: SentenceText(
                what: "The backup of {0} (guest {1}) from before its rebuild is {2}.",
                remedy: "It stays where it is whatever becomes of the rebuild."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 재구축하기 전에 만든 백업은 {2}입니다.", remedy: "재구축이 어떻게 되든 그대로 남습니다.")),
        SentenceEntry(
            "recovery.rebuildOwed",
            english: SentenceText(
                what:
                    "{0} is not whole since its rebuild of {2}: guest {1} was destroyed for it, and the new one was not made to the end: {3}",
                why: "No run has made it since.",
                remedy: "Mend what it names; the next `plumb apply` makes it, or goes on with what is there."),
            korean: SentenceText(
                what: "{0}은(는) {2}의 재구축 뒤로 온전하지 않습니다. 게스트 {1}을(를) 삭제했고 새 게스트를 끝까지 만들지 못했습니다: {3}",
                why: "그 뒤로 이를 만든 실행이 없습니다.",
                remedy: "원인을 해결하면 다음 `plumb apply`가 만들거나 남은 일을 이어서 합니다.")),
        SentenceEntry(
            "recovery.cutRemoval",
            english: SentenceText(
                what: "{0} (guest {1}) may be down because of its removal, which was cut off.",
                why: "It was asked to shut down for that.",
                remedy: """
                    `plumb recover`, or the next `plumb apply`, finds out whether it was destroyed, and starts it again where it \
                    was not; its removal needs another yes then.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})은(는) 중단된 제거 작업 때문에 꺼져 있을 수 있습니다.", why: "제거하려고 종료를 요청했습니다.",
                remedy: """
                    `plumb recover`나 다음 `plumb apply`가 삭제되었는지 확인하고, 남아 있으면 다시 시작합니다. 그때는 제거에 \
                    새 승인이 필요합니다.
                    """)),
        SentenceEntry(
            "recovery.cutRestart",
            english: SentenceText(
                what: "{0} (guest {1}) may be down because of its restart, which was cut off.",
                why: "It was asked to shut down for that.",
                remedy: "`plumb recover`, or the next `plumb apply`, starts it again."),
            korean: SentenceText(
                what: "{0}(게스트 {1})은(는) 중단된 재시작 때문에 꺼져 있을 수 있습니다.", why: "재시작하려고 종료를 요청했습니다.",
                remedy: "`plumb recover`나 다음 `plumb apply`가 다시 시작합니다.")),
        SentenceEntry(
            "recovery.approveFirst",
            english: SentenceText(
                what: "Nothing was approved: `{0}` belongs to batch {1}, which was cut off.",
                why: "Whoever closes that batch spends every yes to it, this one too.",
                remedy: "Run `plumb recover`, look at a fresh `plumb plan`, and approve that."),
            korean: SentenceText(
                what: "승인하지 않았습니다. `{0}`은(는) 중단된 배치 {1}에 속합니다.", why: "그 배치를 정리할 때 이번 승인까지 모두 소진됩니다.",
                remedy: "`plumb recover`를 실행한 뒤 `plumb plan`으로 새 계획을 보고 승인하십시오.")),
        SentenceEntry(
            "recovery.rebuildCut",
            english: SentenceText(
                what: "{0} (guest {1}) was not rebuilt: Plumb ended before the guest was destroyed.",
                why: "It was killed, or the machine went down. The guest is as it was; one that ran runs again.",
                remedy: "For another attempt run `plumb rebuild {0}`: the yes to this one is spent."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 재구축하지 않았습니다. 게스트를 삭제하기 전에 Plumb이 종료되었습니다.",
                why: "강제 종료되었거나 장비가 꺼졌습니다. 게스트는 그대로이며 실행 중이던 것은 다시 실행됩니다.",
                remedy: "다시 시도하려면 `plumb rebuild {0}`을 실행하십시오. 이번 승인은 소진되었습니다.")),
    ]
}
