extension Catalogue {
    /// What can be said about a rehearsal that cannot go on, and while one goes on.
    package static let rehearsal: [SentenceEntry] = [
        SentenceEntry(
            "rehearse.openBatch",
            english: SentenceText(
                what: "Batch {0} of stack {1} was begun and not ended.",
                why: "What is there cannot be copied while it may still change.",
                remedy: "Run `plumb recover`, then rehearse again."),
            korean: SentenceText(
                what: "스택 {1}의 배치 {0}이(가) 시작되었으나 끝나지 않았습니다.", why: "아직 바뀔 수 있는 동안에는 현재 상태를 복사할 수 없습니다.",
                remedy: "`plumb recover`를 실행한 뒤 다시 예행하십시오.")),
        SentenceEntry(
            "rehearse.atWork",
            english: SentenceText(
                what:
                    "Another Plumb, process {1}, works on stack {2} since {5}: {3}, {4} {4|server|servers} (batch {0}).",
                why: "What is there cannot be copied while it changes. Nobody died: there is nothing to recover.",
                remedy: "Rehearse again when it has ended; `plumb status` says whether it still works."),
            korean: SentenceText(
                what: "다른 Plumb(프로세스 {1})이 {5}부터 스택 {2}에서 작업 중입니다: {3}, 서버 {4}개(배치 {0}).",
                why: "바뀌는 동안에는 현재 상태를 복사할 수 없습니다. 종료된 것이 아니므로 복구할 것은 없습니다.",
                remedy: "끝난 뒤 다시 예행하십시오. 아직 작업 중인지는 `plumb status`가 알려 줍니다.")),
        SentenceEntry(
            "rehearse.room",
            english: SentenceText(
                what: "The rehearsal's directory {0} could not be made: {1}",
                why: "It holds copies of the registry and of the states.",
                remedy: "Check that the state directory may be written to and that its disk has room."),
            korean: SentenceText(
                what: "예행용 디렉터리 {0}을(를) 만들 수 없습니다: {1}", why: "레지스트리와 상태 파일의 사본을 두는 곳입니다.",
                remedy: "상태 디렉터리에 쓸 수 있는지, 디스크에 여유가 있는지 확인하십시오.")),
        SentenceEntry(
            "rehearse.noTwin",
            english: SentenceText(
                what: "A twin ended before it served.", why: "Without it there is nothing to rehearse on.",
                remedy: "Run the rehearsal again; with `--keep` its files stay to be looked at."),
            korean: SentenceText(
                what: "쌍둥이 클러스터가 응답하기 전에 종료되었습니다.", why: "예행할 대상이 없습니다.",
                remedy: "다시 실행하십시오. `--keep`을 주면 파일이 남아 살펴볼 수 있습니다.")),
        SentenceEntry(
            "rehearse.fault.unknown",
            english: SentenceText(
                what: "There is no fault `{0}`.", why: "Only these can be rehearsed: {1}.",
                remedy: "Write `--fault NAME=VALUE` with one of them."),
            korean: SentenceText(
                what: "`{0}`(이)라는 장애는 없습니다.", why: "예행할 수 있는 장애는 다음뿐입니다: {1}.", remedy: "그중 하나로 `--fault 이름=값`을 쓰십시오.")),
        SentenceEntry(
            "rehearse.fault.near",
            english: SentenceText(
                what: "There is no fault or task `{0}`.", why: "The nearest name is `{1}`.",
                remedy: "Write `{1}` if that is meant; `plumb rehearse --help` lists all."),
            korean: SentenceText(
                what: "`{0}`(이)라는 장애나 작업은 없습니다.", why: "가장 가까운 이름은 `{1}`입니다.",
                remedy: "그 뜻이라면 `{1}`(으)로 쓰십시오. 전체 목록은 `plumb rehearse --help`에 있습니다.")),
        SentenceEntry(
            "rehearse.fault.chance",
            english: SentenceText(
                what: "`{0}` needs a chance above 0 and at most 1.", why: "It says how many of the calls are hit.",
                remedy: "Write for example `lock-timeout=0.1`."),
            korean: SentenceText(
                what: "`{0}`에는 0보다 크고 1 이하인 확률이 필요합니다.", why: "호출 가운데 얼마나 장애를 겪을지를 뜻합니다.",
                remedy: "예: `lock-timeout=0.1`.")),
        SentenceEntry(
            "rehearse.fault.node",
            english: SentenceText(
                what: "`{0}` needs the name of a node.", remedy: "Write for example `node-down=pve2`."),
            korean: SentenceText(what: "`{0}`에는 노드 이름이 필요합니다.", remedy: "예: `node-down=pve2`.")),
        SentenceEntry(
            "rehearse.fault.task",
            english: SentenceText(
                what: "`{0}` needs the type of a task, or a chance above 0 and at most 1.",
                remedy: "Write for example `task-fails=qmclone` or `task-fails=0.1`."),
            korean: SentenceText(
                what: "`{0}`에는 작업 종류나 0보다 크고 1 이하인 확률이 필요합니다.", remedy: "예: `task-fails=qmclone` 또는 `task-fails=0.1`.")),
        SentenceEntry(
            "rehearse.fault.duration",
            english: SentenceText(
                what: "`{0}` needs a duration.", why: "Every task takes that much longer.",
                remedy: "Write for example `slow=30s` or `slow=5m`."),
            korean: SentenceText(
                what: "`{0}`에는 시간이 필요합니다.", why: "모든 작업이 그만큼 더 걸립니다.", remedy: "예: `slow=30s` 또는 `slow=5m`.")),
        SentenceEntry(
            "rehearse.fault.noNode",
            english: SentenceText(
                what: "No cluster has a node `{0}`.", why: "The nodes are: {1}.", remedy: "Name one of them."),
            korean: SentenceText(what: "`{0}` 노드가 있는 클러스터가 없습니다.", why: "노드는 다음과 같습니다: {1}.", remedy: "그중 하나를 적으십시오.")),
        SentenceEntry(
            "rehearse.reading",
            english: SentenceText(what: "Reading {0} at full depth.", remedy: ""),
            korean: SentenceText(what: "{0}을(를) 전부 읽고 있습니다.", remedy: "")),
        SentenceEntry(
            "rehearse.carryingOut",
            english: SentenceText(what: "Carrying out {0} {0|step|steps} on the twin.", remedy: ""),
            korean: SentenceText(what: "쌍둥이에서 단계 {0}개를 수행합니다.", remedy: "")),
        SentenceEntry(
            "rehearse.failing",
            english: SentenceText(what: "Letting one step fail ({1} of {2}): {0}.", remedy: ""),
            korean: SentenceText(what: "한 단계를 실패시켜 봅니다({2}개 중 {1}번째): {0}.", remedy: "")),
        SentenceEntry(
            "rehearse.stopping",
            english: SentenceText(what: "The rehearsal is being ended.", remedy: ""),
            korean: SentenceText(what: "예행을 끝내는 중입니다.", remedy: "")),
    ]
}
