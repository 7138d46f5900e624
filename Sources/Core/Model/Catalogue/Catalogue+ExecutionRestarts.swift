extension Catalogue {
    /// What can be said while guests are restarted and rebuilt.
    package static let executionRestarts: [SentenceEntry] = [
        SentenceEntry(
            "execution.disruptionBusy",
            english: SentenceText(
                what: "{0} was left running: {1} allows {2} to be down together, and now these are: {3}.",
                why: "They went down after the plan was made.",
                remedy: "Bring them back, then apply again."),
            korean: SentenceText(
                what: "{0}을(를) 그대로 두었습니다. {1}은(는) {2}개까지만 함께 멈출 수 있는데 지금 멈춘 서버: {3}.",
                why: "계획을 세운 뒤에 멈췄습니다.",
                remedy: "서버를 되살린 뒤 다시 적용하십시오.")),
        SentenceEntry(
            "execution.shutdownIgnored",
            english: SentenceText(
                what: "{0} (guest {1}) was asked to shut down, for which it has {2} seconds, and runs on: {3}",
                why: "Plumb never cuts power for a restart.",
                remedy: """
                    Shut it down from inside and start it; the new values take effect then. Without ACPI or a guest agent it \
                    cannot follow. Should it go down later after all, the next `plumb apply` starts it.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})에 종료를 요청했으나({2}초 대기) 계속 실행 중입니다: {3}",
                why: "Plumb은 재시작을 위해 전원을 끊지 않습니다.",
                remedy: """
                    내부에서 종료한 뒤 시작하면 새 값이 적용됩니다. ACPI나 게스트 에이전트가 없으면 종료 요청에 응하지 못합니다. \
                    나중에라도 꺼지면 다음 `plumb apply`가 시작합니다.
                    """)),
        SentenceEntry(
            "execution.notDown",
            english: SentenceText(
                what:
                    "{0} (guest {1}) was asked to shut down, for which it has {2} seconds, and is not known to be down: {3}",
                why: "Plumb never cuts power, and does nothing more to a guest that runs.",
                remedy: """
                    Shut it down from inside, then try again. Without ACPI or a guest agent it cannot follow. Should it go down \
                    later although it is to run, the next `plumb apply` starts it.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})에 종료를 요청했으나({2}초 대기) 꺼졌는지 알 수 없습니다: {3}",
                why: "Plumb은 전원을 끊지 않으며, 실행 중인 게스트에는 더 손대지 않습니다.",
                remedy: """
                    내부에서 종료한 뒤 다시 시도하십시오. ACPI나 게스트 에이전트가 없으면 종료 요청에 응하지 못합니다. \
                    실행되어야 할 게스트가 나중에 꺼지면 다음 `plumb apply`가 시작합니다.
                    """)),
        SentenceEntry(
            "execution.backupFailed",
            english: SentenceText(
                what: "{0} (guest {1}) was not rebuilt: its backup to storage {2} failed: {3}",
                why: "Policy wants that backup first. Nothing was destroyed.",
                remedy: "Mend what it names, then run `plumb rebuild {0}` again; the yes is spent."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 재구축하지 않았습니다. 저장소 {2}(으)로 백업하지 못했습니다: {3}",
                why: "정책이 먼저 백업하도록 합니다. 아무것도 삭제하지 않았습니다.",
                remedy: "원인을 해결한 뒤 `plumb rebuild {0}`을 다시 실행하십시오. 승인은 소진되었습니다.")),
        SentenceEntry(
            "execution.leftDown",
            english: SentenceText(
                what: "{0} (guest {1}) was shut down and does not start: {2}",
                why: "The start was tried twice.",
                remedy: "Mend what it names; the next `plumb apply` starts the guest."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 종료했으나 시작되지 않습니다: {2}",
                why: "두 번 시도했습니다.",
                remedy: "원인을 해결하면 다음 `plumb apply`가 게스트를 시작합니다.")),
        SentenceEntry(
            "execution.notRestarted",
            english: SentenceText(
                what: "Guest {0} has been running since before its restart.",
                why: "Its uptime did not begin anew, so that the new values may not be in effect.",
                remedy: "Look at the node's task log, then plan again."),
            korean: SentenceText(
                what: "게스트 {0}이(가) 재시작 이전부터 계속 실행 중입니다.",
                why: "가동 시간이 새로 시작되지 않아 새 값이 적용되지 않았을 수 있습니다.",
                remedy: "노드의 작업 로그를 확인하고 다시 계획하십시오.")),
        SentenceEntry(
            "execution.stillPending",
            english: SentenceText(
                what: "Guest {0} was restarted, and changes are still pending; they should have been: {1}.",
                why: "Something was changed meanwhile, or Proxmox could not apply it.",
                remedy: "Look at the guest's pending changes, then plan again."),
            korean: SentenceText(
                what: "게스트 {0}을(를) 재시작했으나 변경이 아직 보류 중입니다. 적용되었어야 할 값: {1}.",
                why: "그 사이에 다른 변경이 있었거나 Proxmox가 적용하지 못했습니다.",
                remedy: "게스트의 보류 변경을 확인하고 다시 계획하십시오.")),
        SentenceEntry(
            "execution.endUnseen",
            english: SentenceText(
                what: "Whether {0} (guest {1}) was destroyed for its rebuild cannot be seen: {2}",
                why: "Terraform was asked to, and what came of it shows only in the cluster.",
                remedy:
                    "Nothing else is begun in its stack meanwhile; `plumb recover`, or the next `plumb apply`, looks again."
            ),
            korean: SentenceText(
                what: "재구축을 위해 {0}(게스트 {1})이(가) 삭제되었는지 볼 수 없습니다: {2}",
                why: "Terraform에 삭제를 요청했고, 그 결과는 클러스터에서만 확인됩니다.",
                remedy: "그동안 이 스택에서는 다른 작업을 시작하지 않습니다. `plumb recover`나 다음 `plumb apply`가 다시 확인합니다.")),
        SentenceEntry(
            "execution.powerOwed",
            english: SentenceText(
                what: "Guest {0} was shut down for its removal, may still exist, and cannot be seen now.",
                why: "It is started as soon as it is seen again; until then its stack takes no other change.",
                remedy: "Check the cluster and the token's rights with `plumb doctor`, then run `plumb apply` again."),
            korean: SentenceText(
                what: "게스트 {0}을(를) 제거하려고 종료했으나 아직 존재할 수 있고, 지금은 보이지 않습니다.",
                why: "다시 보이면 바로 시작하며, 그때까지 이 스택은 다른 변경을 받지 않습니다.",
                remedy: "`plumb doctor`로 클러스터와 토큰의 권한을 확인한 뒤 `plumb apply`를 다시 실행하십시오.")),
        SentenceEntry(
            "execution.halfMade",
            english: SentenceText(
                what: "Guest {0} is not whole yet: it is locked by its making ({1}).",
                why: "Whose it is shows only when its first disk is there, and no task is at work on it.",
                remedy:
                    "If it stays so, its making broke off: remove it with `qm unlock {0}` and `qm destroy {0}`, then plan again."
            ),
            korean: SentenceText(
                what: "게스트 {0}은(는) 아직 완성되지 않았습니다: 생성 중 잠금({1}) 상태입니다.",
                why: "첫 디스크가 생긴 뒤에야 누구의 것인지 알 수 있고, 지금은 진행 중인 작업이 없습니다.",
                remedy: "계속 이 상태면 생성이 중단된 것입니다. `qm unlock {0}`와 `qm destroy {0}`로 없앤 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "execution.rebuildUnfinished",
            english: SentenceText(
                what: "{0} was destroyed for its rebuild (guest {1}), and its making did not come to an end: {2}",
                why: "The YAML still declares it, and the next plan finds how far it came.",
                remedy: "Mend what it names; the next `plumb apply` makes it, or goes on with what is there."),
            korean: SentenceText(
                what: "{0}(게스트 {1})이(가) 재구축을 위해 삭제되었으나 다시 만드는 일이 끝나지 않았습니다: {2}",
                why: "YAML에는 선언되어 있고, 어디까지 되었는지는 다음 계획이 찾아냅니다.",
                remedy: "원인을 해결하면 다음 `plumb apply`가 만들거나 남은 일을 이어서 합니다.")),
        SentenceEntry(
            "execution.rebuildUnfinishedKept",
            english: SentenceText(
                what: "{0} was destroyed for its rebuild (guest {1}), and its making did not come to an end: {3}",
                why: """
                    Its disks as they were are in the backup {2}. The YAML still declares it, and the next plan finds how far \
                    it came.
                    """,
                remedy: """
                    Mend what it names; the next `plumb apply` makes it, or goes on with what is there. To have the old guest \
                    back, restore that backup onto VMID {1}.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})이(가) 재구축을 위해 삭제되었으나 다시 만드는 일이 끝나지 않았습니다: {3}",
                why: "이전 디스크는 백업 {2}에 있습니다. YAML에는 선언되어 있고, 어디까지 되었는지는 다음 계획이 찾아냅니다.",
                remedy: """
                    원인을 해결하면 다음 `plumb apply`가 만들거나 남은 일을 이어서 합니다. 이전 게스트로 되돌리려면 그 백업을 \
                    VMID {1}에 복원하십시오.
                    """)),
    ]
}
