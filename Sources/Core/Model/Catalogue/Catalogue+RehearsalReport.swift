extension Catalogue {
    /// What a rehearsal's report is made of.
    package static let rehearsalReport: [SentenceEntry] = [
        SentenceEntry(
            "rehearse.twin",
            english: SentenceText(
                what:
                    "Plan {3} was rehearsed on a twin of {0} ({1} {1|node|nodes}, {2} {2|guest|guests}); {0} itself was only read.",
                remedy: ""),
            korean: SentenceText(what: "계획 {3}을(를) {0}의 쌍둥이(노드 {1}개, 게스트 {2}개)에서 예행했습니다. {0} 자체는 읽기만 했습니다.", remedy: "")
        ),
        SentenceEntry(
            "rehearse.faults",
            english: SentenceText(what: "Faults: {0} (seed {1}).", remedy: ""),
            korean: SentenceText(what: "장애: {0}(시드 {1}).", remedy: "")),
        SentenceEntry(
            "rehearse.order",
            english: SentenceText(what: "What would happen, in this order:", remedy: ""),
            korean: SentenceText(what: "다음 순서로 진행됩니다:", remedy: "")),
        SentenceEntry(
            "rehearse.approved",
            english: SentenceText(what: "Taken as approved here, and waiting for approval in truth: {0}.", remedy: ""),
            korean: SentenceText(what: "여기서는 승인된 것으로 보았으나 실제로는 승인을 기다립니다: {0}.", remedy: "")),
        SentenceEntry(
            "rehearse.afterwards",
            english: SentenceText(what: "Afterwards, the twin differs from now:", remedy: ""),
            korean: SentenceText(what: "끝난 뒤 쌍둥이는 지금과 다음이 다릅니다:", remedy: "")),
        SentenceEntry(
            "rehearse.unchanged",
            english: SentenceText(what: "nothing: every guest is as before", remedy: ""),
            korean: SentenceText(what: "없음: 모든 게스트가 이전과 같습니다", remedy: "")),
        SentenceEntry(
            "rehearse.change.made",
            english: SentenceText(what: "made", remedy: ""),
            korean: SentenceText(what: "생성됨", remedy: "")),
        SentenceEntry(
            "rehearse.change.changed",
            english: SentenceText(what: "changed", remedy: ""),
            korean: SentenceText(what: "변경됨", remedy: "")),
        SentenceEntry(
            "rehearse.change.gone",
            english: SentenceText(what: "gone", remedy: ""),
            korean: SentenceText(what: "없어짐", remedy: "")),
        SentenceEntry(
            "rehearse.fromNextStart",
            english: SentenceText(what: "{0} from its next start", remedy: ""),
            korean: SentenceText(what: "{0}(다음 시작부터)", remedy: "")),
        SentenceEntry(
            "rehearse.change.remade",
            english: SentenceText(what: "destroyed and made anew", remedy: ""),
            korean: SentenceText(what: "삭제된 뒤 새로 만들어짐", remedy: "")),
        SentenceEntry(
            "rehearse.change.down",
            english: SentenceText(what: "off, and ran before", remedy: ""),
            korean: SentenceText(what: "꺼짐(이전에는 실행 중)", remedy: "")),
        SentenceEntry(
            "rehearse.change.started",
            english: SentenceText(what: "running", remedy: ""),
            korean: SentenceText(what: "실행 중", remedy: "")),
        SentenceEntry(
            "rehearse.change.restarted",
            english: SentenceText(what: "restarted", remedy: ""),
            korean: SentenceText(what: "다시 시작됨", remedy: "")),
        SentenceEntry(
            "rehearse.ifItFails",
            english: SentenceText(what: "If one step failed:", remedy: ""),
            korean: SentenceText(what: "한 단계가 실패한다면:", remedy: "")),
        SentenceEntry(
            "rehearse.cause.halfMade",
            english: SentenceText(what: "the clone is made, and its configuration is refused", remedy: ""),
            korean: SentenceText(what: "복제는 되었으나 구성이 거부됩니다", remedy: "")),
        SentenceEntry(
            "rehearse.cause.create",
            english: SentenceText(what: "the task that makes it ends in an error", remedy: ""),
            korean: SentenceText(what: "생성 작업이 오류로 끝납니다", remedy: "")),
        SentenceEntry(
            "rehearse.cause.configuration",
            english: SentenceText(what: "the change of its configuration is refused", remedy: ""),
            korean: SentenceText(what: "구성 변경이 거부됩니다", remedy: "")),
        SentenceEntry(
            "rehearse.cause.destroy",
            english: SentenceText(what: "the task that destroys it ends in an error", remedy: ""),
            korean: SentenceText(what: "삭제 작업이 오류로 끝납니다", remedy: "")),
        SentenceEntry(
            "rehearse.cause.power",
            english: SentenceText(what: "the task that starts it or shuts it down ends in an error", remedy: ""),
            korean: SentenceText(what: "시작 또는 종료 작업이 오류로 끝납니다", remedy: "")),
        SentenceEntry(
            "rehearse.cause.restart",
            english: SentenceText(
                what: "it is shut down, and the task that starts it again ends in an error", remedy: ""),
            korean: SentenceText(what: "종료된 뒤 다시 시작하는 작업이 오류로 끝납니다", remedy: "")),
        SentenceEntry(
            "rehearse.notHit",
            english: SentenceText(
                what: "done: nothing of the cluster was called that could have been refused", remedy: ""),
            korean: SentenceText(what: "완료: 거부될 만한 클러스터 호출이 없었습니다", remedy: "")),
        SentenceEntry(
            "rehearse.left",
            english: SentenceText(what: "left behind: {0}", remedy: ""),
            korean: SentenceText(what: "남는 것: {0}", remedy: "")),
        SentenceEntry(
            "rehearse.guest",
            english: SentenceText(what: "guest {0} {1}", remedy: ""),
            korean: SentenceText(what: "게스트 {0} {1}", remedy: "")),
        SentenceEntry(
            "rehearse.guest.asBefore",
            english: SentenceText(what: "its guest as before", remedy: ""),
            korean: SentenceText(what: "게스트는 이전과 같음", remedy: "")),
        SentenceEntry(
            "rehearse.state.present",
            english: SentenceText(what: "in the state", remedy: ""),
            korean: SentenceText(what: "상태 파일에 있음", remedy: "")),
        SentenceEntry(
            "rehearse.state.tainted",
            english: SentenceText(what: "tainted in the state", remedy: ""),
            korean: SentenceText(what: "상태 파일에 tainted로 있음", remedy: "")),
        SentenceEntry(
            "rehearse.state.absent",
            english: SentenceText(what: "not in the state", remedy: ""),
            korean: SentenceText(what: "상태 파일에 없음", remedy: "")),
        SentenceEntry(
            "rehearse.state.unknown",
            english: SentenceText(what: "the state cannot be read", remedy: ""),
            korean: SentenceText(what: "상태 파일을 읽을 수 없음", remedy: "")),
        SentenceEntry(
            "rehearse.entry.there",
            english: SentenceText(what: "an entry in tfvars", remedy: ""),
            korean: SentenceText(what: "tfvars에 항목 있음", remedy: "")),
        SentenceEntry(
            "rehearse.entry.none",
            english: SentenceText(what: "no entry in tfvars", remedy: ""),
            korean: SentenceText(what: "tfvars에 항목 없음", remedy: "")),
        SentenceEntry(
            "rehearse.record.there",
            english: SentenceText(what: "recorded", remedy: ""),
            korean: SentenceText(what: "기록 있음", remedy: "")),
        SentenceEntry(
            "rehearse.record.none",
            english: SentenceText(what: "not recorded", remedy: ""),
            korean: SentenceText(what: "기록 없음", remedy: "")),
        SentenceEntry(
            "rehearse.heldBack",
            english: SentenceText(what: "not done because of it: {0}", remedy: ""),
            korean: SentenceText(what: "이 때문에 하지 않는 것: {0}", remedy: "")),
        SentenceEntry(
            "rehearse.next",
            english: SentenceText(what: "the next plan: {0}", remedy: ""),
            korean: SentenceText(what: "다음 계획: {0}", remedy: "")),
        SentenceEntry(
            "rehearse.next.nothing",
            english: SentenceText(what: "the next plan: nothing to do", remedy: ""),
            korean: SentenceText(what: "다음 계획: 할 일 없음", remedy: "")),
        SentenceEntry(
            "rehearse.untried",
            english: SentenceText(
                what: "{0} further {0|step was|steps were} not let fail; `--each-failure` tries all.", remedy: ""),
            korean: SentenceText(what: "나머지 단계 {0}개는 실패시켜 보지 않았습니다. `--each-failure`는 모두 시험합니다.", remedy: "")),
        SentenceEntry(
            "rehearse.durations",
            english: SentenceText(what: "Tasks of {0} were taken to last: {1}.", remedy: ""),
            korean: SentenceText(what: "{0}의 작업 시간은 다음으로 보았습니다: {1}.", remedy: "")),
        SentenceEntry(
            "rehearse.learned",
            english: SentenceText(what: "{0} {1} (median of {2} in its log)", remedy: ""),
            korean: SentenceText(what: "{0} {1}(로그 {2}건의 중앙값)", remedy: "")),
        SentenceEntry(
            "rehearse.assumed",
            english: SentenceText(what: "{0} {1} (assumed)", remedy: ""),
            korean: SentenceText(what: "{0} {1}(가정)", remedy: "")),
        SentenceEntry(
            "rehearse.unread",
            english: SentenceText(
                what: "Of {0} these guests could not be read, and stand in the twin as its listing shows them: {1}.",
                remedy: ""),
            korean: SentenceText(what: "{0}의 다음 게스트는 읽을 수 없어 목록에 보이는 대로 쌍둥이에 두었습니다: {1}.", remedy: "")),
        SentenceEntry(
            "rehearse.limits",
            english: SentenceText(
                what:
                    "Times are the twin's: tasks as said, Plumb and Terraform as on this machine; steps of one batch begin and end together. A twin knows no free space on storages, no guest that ignores a shutdown, no load, no network, and nobody else who works on the cluster meanwhile; the provider is a stand-in for bpg/proxmox.",
                remedy: ""),
            korean: SentenceText(
                what:
                    "시간은 쌍둥이의 시간입니다. 작업은 위와 같고, Plumb과 Terraform은 이 장비에서 걸린 시간이며, 한 배치의 단계는 함께 시작하고 끝납니다. 쌍둥이는 스토리지의 남은 공간, 종료 요청을 무시하는 게스트, 부하, 네트워크, 그동안 클러스터에서 일하는 다른 사람을 알지 못합니다. 프로바이더는 bpg/proxmox의 대역입니다.",
                remedy: "")),
        SentenceEntry(
            "rehearse.kept",
            english: SentenceText(
                what: "The twin's files are in {0}.", why: "They hold what the states hold, passwords among it.",
                remedy: "Remove the directory when it is no longer needed."),
            korean: SentenceText(
                what: "쌍둥이의 파일은 {0}에 있습니다.", why: "비밀번호를 비롯해 상태 파일에 있는 것이 들어 있습니다.", remedy: "필요 없어지면 디렉터리를 지우십시오.")),
        SentenceEntry(
            "rehearse.title",
            english: SentenceText(what: "Rehearsed {0}:", remedy: ""),
            korean: SentenceText(what: "{0} 예행:", remedy: "")),
        SentenceEntry(
            "rehearse.took",
            english: SentenceText(what: "{0}, in about {1}.", remedy: ""),
            korean: SentenceText(what: "{0}, 약 {1}.", remedy: "")),
        SentenceEntry(
            "rehearse.nothing",
            english: SentenceText(what: "nothing to do.", remedy: ""),
            korean: SentenceText(what: "할 일이 없습니다.", remedy: "")),
    ]
}
