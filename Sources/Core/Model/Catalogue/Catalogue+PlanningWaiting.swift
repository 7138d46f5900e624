extension Catalogue {
    /// What waits because it failed, and clusters that are left in peace.
    static let planningWaiting: [SentenceEntry] = [
        SentenceEntry(
            "plan.backOff",
            english: SentenceText(
                what: "{0} failed {1} {1|time|times} in a row, and the daemon tries it again at {2}.",
                why: "Each time it fails the pause is longer (`retry` in a Policy).",
                remedy: "`plumb history` says what went wrong; `plumb apply` tries it at once."),
            korean: SentenceText(
                what: "{0}이(가) 연속 {1}번 실패하여 데몬이 {2}에 다시 시도합니다.",
                why: "실패할 때마다 기다리는 시간이 길어집니다(Policy의 `retry`).",
                remedy: "무엇이 잘못되었는지는 `plumb history`가 말해 줍니다. `plumb apply`는 바로 시도합니다.")),
        SentenceEntry(
            "plan.clusterRests",
            english: SentenceText(
                what:
                    "The daemon does not look at cluster {0} before {3}: {1} {1|look|looks} in a row {1|has|have} failed since {2}.",
                why: "A cluster that has trouble is left in peace, a little longer each time.",
                remedy: "Any other command looks at once; `plumb doctor` says what is wrong."),
            korean: SentenceText(
                what: "데몬은 {3} 전에는 클러스터 {0}을(를) 조회하지 않습니다. {2}부터 연속 {1}번 조회에 실패했습니다.",
                why: "문제가 있는 클러스터는 실패할 때마다 조금씩 더 오래 쉬게 둡니다.",
                remedy: "다른 명령은 바로 조회합니다. 무엇이 잘못되었는지는 `plumb doctor`가 말해 줍니다.")),
        SentenceEntry(
            "plan.circuitOpen",
            english: SentenceText(
                what:
                    "The circuit of cluster {0} is open since {2}: {1} looks in a row have failed. It is tried again at {3}.",
                why:
                    "The daemon takes the cluster to be down, sends it one look when its time comes, and nothing else.",
                remedy:
                    "Mend what `plumb doctor` names. The first look that succeeds closes the circuit; any other command looks at once."
            ),
            korean: SentenceText(
                what: "클러스터 {0}의 회로가 {2}부터 열려 있습니다. 연속 {1}번 조회에 실패했으며 {3}에 다시 시도합니다.",
                why: "데몬은 클러스터가 멈춘 것으로 보고 그때 한 번만 조회하며 그 밖에는 아무것도 보내지 않습니다.",
                remedy: "`plumb doctor`가 말하는 것을 고치십시오. 조회에 처음 성공하면 회로가 닫힙니다. 다른 명령은 바로 조회합니다.")),
        SentenceEntry(
            "plan.circuitClosed",
            english: SentenceText(
                what: "Cluster {0} answers again: its circuit, open since {1}, is closed.",
                why: "This look succeeded.",
                remedy: "Nothing to do; the daemon works on it again."),
            korean: SentenceText(
                what: "클러스터 {0}이(가) 다시 응답합니다. {1}부터 열려 있던 회로를 닫았습니다.",
                why: "이번 조회가 성공했습니다.",
                remedy: "할 일은 없습니다. 데몬이 다시 작업합니다.")),
    ]

    /// What is said of tries that are still to come.
    static let executionWaiting: [SentenceEntry] = [
        SentenceEntry(
            "execution.retry",
            english: SentenceText(
                what: "A lock of Proxmox was not free: tried again at {0} ({1} of {2}).", remedy: ""),
            korean: SentenceText(what: "Proxmox의 잠금을 얻지 못해 {0}에 다시 시도합니다({1}/{2}).", remedy: ""))
    ]
}
