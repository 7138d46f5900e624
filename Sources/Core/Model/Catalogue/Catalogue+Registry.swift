extension Catalogue {
    /// What ``RegistryFailure/sentence`` can say.
    package static let registry: [SentenceEntry] = [
        SentenceEntry(
            "registry.missing",
            english: SentenceText(
                what: "There is no registry at {0}.",
                remedy: "Check --state, or run 'plumb plan' once, which makes it."),
            korean: SentenceText(
                what: "{0}에 레지스트리가 없습니다.", remedy: "--state를 확인하거나 'plumb plan'을 한 번 실행해 만드십시오.")),
        SentenceEntry(
            "registry.locked",
            english: SentenceText(
                what: "The registry {0} is locked by {1}.", why: "One process writes at a time.",
                remedy: "Wait until it has finished, or find out why it does not, and try again."),
            korean: SentenceText(
                what: "레지스트리 {0}을(를) {1}이(가) 잠그고 있습니다.", why: "한 번에 한 프로세스만 쓸 수 있습니다.",
                remedy: "끝날 때까지 기다리거나 끝나지 않는 까닭을 확인한 뒤 다시 시도하십시오.")),
        SentenceEntry(
            "registry.lockedByUnknown",
            english: SentenceText(
                what: "The registry {0} is locked by a process that could not be found.",
                why: "It may run in another container or on another machine.",
                remedy: "Find it with 'fuser {0}' where it runs, wait until it has finished, and try again."),
            korean: SentenceText(
                what: "레지스트리 {0}을(를) 알 수 없는 프로세스가 잠그고 있습니다.", why: "다른 컨테이너나 다른 장비에서 실행 중일 수 있습니다.",
                remedy: "그쪽에서 'fuser {0}'(으)로 찾아 끝날 때까지 기다린 뒤 다시 시도하십시오.")),
        SentenceEntry(
            "registry.corrupt",
            english: SentenceText(
                what: "The registry {0} is damaged: {1}.", why: "Plumb changes nothing on what it cannot read.",
                remedy:
                    "Keep a copy of the file and of those beside it, then put the last backup in its place; without one, move it away, and Plumb adopts the guests that bear its mark again."
            ),
            korean: SentenceText(
                what: "레지스트리 {0}이(가) 손상되었습니다: {1}.", why: "읽을 수 없는 것을 근거로는 아무것도 바꾸지 않습니다.",
                remedy: "파일과 옆의 파일들을 따로 복사해 두고 마지막 백업으로 되돌리십시오. 백업이 없으면 파일을 옮겨 두십시오. Plumb이 자기 표시가 있는 게스트를 다시 받아들입니다."
            )),
        SentenceEntry(
            "registry.foreign",
            english: SentenceText(
                what: "The file {0} is a database, but not a registry of Plumb's.",
                remedy: "Point --state at Plumb's own directory, or move that file away."),
            korean: SentenceText(
                what: "{0}은(는) 데이터베이스이지만 Plumb의 레지스트리가 아닙니다.", remedy: "--state를 Plumb의 디렉터리로 지정하거나 그 파일을 옮기십시오.")),
        SentenceEntry(
            "registry.newerSchema",
            english: SentenceText(
                what: "The registry {0} was written by a later version of Plumb ({1}).",
                remedy: "Use that version, or restore a backup that was made before the upgrade."),
            korean: SentenceText(
                what: "레지스트리 {0}은(는) 더 새로운 버전의 Plumb이 기록했습니다({1}).", remedy: "그 버전을 쓰거나 업그레이드 전의 백업을 복원하십시오.")),
        SentenceEntry(
            "registry.olderSchema",
            english: SentenceText(
                what: "The registry {0} is of an earlier version of Plumb (it lacks {1}).",
                why: "This command reads only and must not change it.",
                remedy: "Restart the daemon, or run 'plumb plan' once, which brings it up to date."),
            korean: SentenceText(
                what: "레지스트리 {0}은(는) 이전 버전의 Plumb 것입니다({1}이(가) 없습니다).", why: "이 명령은 읽기만 하므로 바꿀 수 없습니다.",
                remedy: "데몬을 다시 시작하거나 'plumb plan'을 한 번 실행하면 갱신됩니다.")),
        SentenceEntry(
            "registry.diskFull",
            english: SentenceText(
                what: "There is no room left where the registry {0} is.",
                why: "It was not written; whatever Terraform and Proxmox had done by then stands.",
                remedy: "Free some space on that file system, then run `plumb recover`: it finds out what came of it."),
            korean: SentenceText(
                what: "레지스트리 {0}이(가) 있는 곳에 남은 공간이 없습니다.",
                why: "레지스트리에 기록되지 않았습니다. 그때까지 Terraform과 Proxmox가 한 일은 그대로 남아 있습니다.",
                remedy: "그 파일 시스템의 공간을 비운 뒤 `plumb recover`를 실행하면 결과를 확인합니다.")),
        SentenceEntry(
            "registry.notWritable",
            english: SentenceText(
                what: "The registry {0} cannot be written: {1}.",
                remedy: "Run Plumb as the user that owns it, and check the modes of the file and its directory."),
            korean: SentenceText(
                what: "레지스트리 {0}에 쓸 수 없습니다: {1}.", remedy: "소유한 사용자로 Plumb을 실행하고 파일과 디렉터리의 권한을 확인하십시오.")),
        SentenceEntry(
            "registry.moved",
            english: SentenceText(
                what: "The registry is no longer at {0}.",
                why:
                    "It was moved, deleted or replaced while Plumb had it open; nothing was written into the old file.",
                remedy: "Put it back, or start Plumb again to use what is there now."),
            korean: SentenceText(
                what: "레지스트리가 더 이상 {0}에 없습니다.", why: "Plumb이 열어 둔 동안 옮겨졌거나 지워졌거나 바뀌었으며, 이전 파일에는 아무것도 쓰지 않았습니다.",
                remedy: "제자리에 돌려놓거나, 지금 있는 것을 쓰려면 Plumb을 다시 시작하십시오.")),
        SentenceEntry(
            "registry.linkLost",
            english: SentenceText(
                what: "{0} is a link that leads nowhere: to {1}.",
                why: """
                    A mount that is away and a directory that was moved look like this. What is known of the servers, and \
                    Terraform's states, should be there; without them nothing is planned, as every server would be a \
                    stranger.
                    """,
                remedy: """
                    Bring back what it leads to, or let the link lead to where that is now. Only where nothing was ever kept \
                    there, make an empty directory of it (`mkdir -m 700 {1}`) or remove the link (`rm {0}`).
                    """),
            korean: SentenceText(
                what: "{0}은(는) 없는 곳({1})을 가리키는 링크입니다.",
                why: """
                    마운트가 빠졌거나 디렉터리가 옮겨졌을 때 이런 모습입니다. 서버에 대한 기록과 Terraform 상태가 그곳에 있어야 하며, \
                    없으면 모든 서버가 모르는 서버가 되므로 아무것도 계획하지 않습니다.
                    """,
                remedy: """
                    링크가 가리키던 것을 되돌려 놓거나, 지금 있는 곳을 가리키게 하십시오. 그곳에 아무것도 둔 적이 없을 때만 빈 \
                    디렉터리를 만들거나(`mkdir -m 700 {1}`) 링크를 지우십시오(`rm {0}`).
                    """)),
        SentenceEntry(
            "registry.unusable",
            english: SentenceText(
                what: "The registry {0} cannot be used: {1}.",
                why: "What Plumb manages and who agreed to what stands there, and it does nothing without.",
                remedy: "Check the disk and the path, and see 'plumb doctor'."),
            korean: SentenceText(
                what: "레지스트리 {0}을(를) 사용할 수 없습니다: {1}.",
                why: "관리 대상과 승인 기록이 여기에 있으므로, 이것 없이는 아무것도 하지 않습니다.", remedy: "디스크와 경로를 확인하고 'plumb doctor'를 실행하십시오.")),
        SentenceEntry(
            "registry.vmidTaken",
            english: SentenceText(
                what: "VMID {0} of cluster {1} is held for {2}.", why: "Another plan took it first.",
                remedy: "Plan again; another VMID is chosen where none is declared."),
            korean: SentenceText(
                what: "클러스터 {1}의 VMID {0}은(는) {2}이(가) 잡고 있습니다.", why: "다른 계획이 먼저 잡았습니다.",
                remedy: "다시 계획하십시오. VMID를 선언하지 않았다면 다른 번호가 선택됩니다.")),
        SentenceEntry(
            "registry.stillReferenced",
            english: SentenceText(
                what: "{0} cannot be unregistered: {1} registered objects refer to it ({2}).",
                remedy: "Remove those first, or in the same change."),
            korean: SentenceText(
                what: "{0}의 등록을 해제할 수 없습니다. 등록된 객체 {1}개가 참조합니다({2}).", remedy: "그것들을 먼저 또는 함께 제거하십시오.")),
        SentenceEntry(
            "registry.noSuchPlan",
            english: SentenceText(
                what: "No saved plan's id begins with '{0}'.",
                remedy: "See 'plumb history', or make a plan with 'plumb plan'."),
            korean: SentenceText(
                what: "'{0}'(으)로 시작하는 저장된 계획이 없습니다.", remedy: "'plumb history'를 보거나 'plumb plan'으로 계획을 만드십시오.")),
        SentenceEntry(
            "registry.ambiguousPlan",
            english: SentenceText(
                what: "Several saved plans begin with '{0}': {1}.", remedy: "Give more digits of the one that is meant."
            ),
            korean: SentenceText(
                what: "'{0}'(으)로 시작하는 저장된 계획이 여럿입니다: {1}.", remedy: "원하는 계획의 자릿수를 더 적으십시오.")),
        SentenceEntry(
            "registry.planSettled",
            english: SentenceText(
                what: "Plan {0} is {1} and can be neither approved nor rejected.",
                remedy: "Make a new plan with 'plumb plan'."),
            korean: SentenceText(
                what: "계획 {0}은(는) {1} 상태이므로 승인하거나 거부할 수 없습니다.", remedy: "'plumb plan'으로 새 계획을 만드십시오.")),
        SentenceEntry(
            "registry.planRejected",
            english: SentenceText(
                what: "Plan {0} was rejected by {1} and can no longer be approved.",
                why: "A no holds for as long as nothing has moved that the plan rests on.",
                remedy: "Change what it would do, run 'plumb plan' again, and approve the new plan."),
            korean: SentenceText(
                what: "계획 {0}은(는) {1}이(가) 거부하여 승인할 수 없습니다.", why: "계획이 근거로 하는 것이 바뀌지 않는 한 거부는 유효합니다.",
                remedy: "할 일을 바꾸고 'plumb plan'을 다시 실행한 뒤 새 계획을 승인하십시오.")),
        SentenceEntry(
            "registry.planTooShort",
            english: SentenceText(
                what: "'{0}' is too short for a plan's id.",
                why: "With fewer than {1} digits another plan could be meant.",
                remedy: "Give at least {1} digits, as 'plumb plan' shows them."),
            korean: SentenceText(
                what: "'{0}'은(는) 계획 ID로 너무 짧습니다.", why: "{1}자리보다 짧으면 다른 계획을 가리킬 수 있습니다.",
                remedy: "'plumb plan'이 보여 주는 대로 {1}자리 이상 적으십시오.")),
        SentenceEntry(
            "registry.noSuchRun",
            english: SentenceText(what: "There is no run {0}.", remedy: "See 'plumb history'."),
            korean: SentenceText(what: "실행 {0}이(가) 없습니다.", remedy: "'plumb history'를 보십시오.")),
        SentenceEntry(
            "registry.noSuchBatch",
            english: SentenceText(
                what: "The journal has no batch {0}.",
                remedy: "This is a fault in Plumb; report it with the output of 'plumb doctor'."),
            korean: SentenceText(what: "저널에 묶음 {0}이(가) 없습니다.", remedy: "Plumb의 결함입니다. 'plumb doctor'의 출력과 함께 알려 주십시오.")),
        SentenceEntry(
            "registry.batchMovedOn",
            english: SentenceText(
                what: "Batch {0} of the journal is in phase '{1}' and cannot go to '{2}'.",
                why: "Another Plumb may be resolving it.", remedy: "Let only one Plumb work on this state directory."),
            korean: SentenceText(
                what: "저널의 묶음 {0}은(는) '{1}' 단계이므로 '{2}' 단계로 갈 수 없습니다.", why: "다른 Plumb이 처리하고 있을 수 있습니다.",
                remedy: "이 상태 디렉터리에서는 Plumb을 하나만 실행하십시오.")),
        SentenceEntry(
            "registry.batchIsAnother",
            english: SentenceText(
                what: "The journal already has a batch {0} with other steps.",
                remedy: "This is a fault in Plumb; report it with the output of 'plumb doctor'."),
            korean: SentenceText(
                what: "저널에 단계가 다른 묶음 {0}이(가) 이미 있습니다.", remedy: "Plumb의 결함입니다. 'plumb doctor'의 출력과 함께 알려 주십시오.")),
    ]
}
