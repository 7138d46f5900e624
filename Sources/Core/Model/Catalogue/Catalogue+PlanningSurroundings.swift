extension Catalogue {
    /// What is around the servers, and is lost or was lost with something else.
    static let planningSurroundings: [SentenceEntry] = [
        SentenceEntry(
            "plan.recordsLost",
            english: SentenceText(
                what: """
                    Registry and stacks know no server of cluster {0}, where {1} {1|guest|guests} {1|bears|bear} Plumb's \
                    mark.
                    """,
                why: """
                    The state directory (`--state`, or `.plumb` beside the YAML) was lost or is another one than before; or \
                    another Plumb manages these guests.
                    """,
                remedy: """
                    If it was lost, put `registry.sqlite` and `stacks` back from a backup before anything else. Where there \
                    is none, each declared server is taken in again as it runs, after `plumb approve PLAN`; what is not \
                    declared stays as it is. If another Plumb manages them, apply nothing here: two would undo each \
                    other's work. docs/reliability.md has the steps.
                    """),
            korean: SentenceText(
                what: "레지스트리와 스택에는 클러스터 {0}의 서버가 하나도 없는데, 그곳의 게스트 {1}개에 Plumb의 표식이 있습니다.",
                why: """
                    상태 디렉터리(`--state` 또는 YAML 옆의 `.plumb`)를 잃었거나 이전과 다른 것입니다. 다른 Plumb이 관리하는 게스트일 수도 \
                    있습니다.
                    """,
                remedy: """
                    잃었다면 무엇보다 먼저 백업에서 `registry.sqlite`와 `stacks`를 되돌리십시오. 백업이 없으면 `plumb approve PLAN` \
                    뒤에 선언된 서버를 실행 중인 그대로 다시 넘겨받고, 선언되지 않은 것은 그대로 둡니다. 다른 Plumb이 관리한다면 여기서 \
                    적용하지 마십시오. 둘이 서로의 작업을 되돌립니다. 절차는 docs/reliability.md에 있습니다.
                    """)),
        SentenceEntry(
            "plan.registryLost",
            english: SentenceText(
                what: """
                    The registry knows no server of cluster {0}, and the states of its stacks hold {1} {1|server|servers}.
                    """,
                why: """
                    `registry.sqlite` in the state directory was lost, or is another one than before. With it went the history, \
                    the approvals, what was destroyed today, and the policies under which each server was last applied.
                    """,
                remedy: """
                    Put it back (with its `-wal`, if there is one) from a backup before anything else. Where there is none, \
                    `plumb apply` records each server again as it runs; what no document declares is recorded as one whose \
                    guest stays. docs/reliability.md has the steps.
                    """),
            korean: SentenceText(
                what: "레지스트리에는 클러스터 {0}의 서버가 하나도 없는데, 그 스택의 상태에는 서버 {1}개가 있습니다.",
                why: """
                    상태 디렉터리의 `registry.sqlite`를 잃었거나 이전과 다른 것입니다. 기록, 승인, 오늘 삭제한 것, 각 서버가 마지막으로 \
                    적용된 정책도 함께 없어졌습니다.
                    """,
                remedy: """
                    무엇보다 먼저 백업에서 되돌리십시오(`-wal` 파일이 있으면 함께). 백업이 없으면 `plumb apply`가 각 서버를 실행 중인 그대로 \
                    다시 기록합니다. 선언되지 않은 것은 게스트를 남기는 것으로 기록합니다. 절차는 docs/reliability.md에 있습니다.
                    """)),
        SentenceEntry(
            "plan.destroyLeavesHA",
            english: SentenceText(
                what: "Guest {1} of {0} is managed by HA ({2}), and leaves it with its end.",
                why: "Proxmox takes the number of a destroyed guest out of HA, backup jobs and replication.",
                remedy: "Nothing to do where that is meant; what names {1} elsewhere is not looked at."),
            korean: SentenceText(
                what: "{0}의 게스트 {1}은(는) HA가 관리하며({2}), 삭제되면 HA에서 빠집니다.",
                why: "Proxmox는 삭제된 게스트의 번호를 HA, 백업 작업, 복제에서 뺍니다.",
                remedy: "의도한 것이면 할 일이 없습니다. {1}을(를) 가리키는 다른 설정은 확인하지 않습니다.")),
        SentenceEntry(
            "plan.rebuildLeavesHA",
            english: SentenceText(
                what: "Guest {1} of {0} is managed by HA ({2}), and the rebuilt guest will not be.",
                why: "Proxmox takes the number of a destroyed guest out of HA, backup jobs and replication.",
                remedy: """
                    Note its HA resource, its backup jobs and its replication before, and add them again after the rebuild \
                    (`ha-manager add`, Datacenter, Backup).
                    """),
            korean: SentenceText(
                what: "{0}의 게스트 {1}은(는) HA가 관리하지만({2}), 재구축된 게스트는 그렇지 않습니다.",
                why: "Proxmox는 삭제된 게스트의 번호를 HA, 백업 작업, 복제에서 뺍니다.",
                remedy: "HA 리소스, 백업 작업, 복제를 미리 적어 두고 재구축 뒤에 다시 추가하십시오(`ha-manager add`, Datacenter의 Backup).")),
    ]
}
