extension Catalogue {
    /// Restarts, rebuilds, and how much of a role may be down together.
    package static let planningRestarts: [SentenceEntry] = [
        SentenceEntry(
            "plan.restart",
            english: SentenceText(
                what: "{0} is shut down cleanly and started again, so that it runs with: {1}.",
                why: "These attributes take effect when the guest starts.",
                remedy: "Declare `restarts: approve` if you want to be asked first."),
            korean: SentenceText(
                what: "{0}을(를) 정상 종료한 뒤 다시 시작해 다음을 적용합니다: {1}.",
                why: "이 속성들은 게스트가 시작할 때 적용됩니다.",
                remedy: "먼저 승인을 받으려면 `restarts: approve`를 선언하십시오.")),
        SentenceEntry(
            "plan.approveOwnRestart",
            english: SentenceText(
                what: "{0} would be restarted, which waits for approval.",
                why: "`restarts` is `approve`, or the policy is `manual`.",
                remedy: "Run `plumb approve PLAN`, restart it by hand when it suits, or declare `restarts: allow`."),
            korean: SentenceText(
                what: "{0} 재시작은 승인을 기다립니다.",
                why: "`restarts`가 `approve`이거나 정책이 `manual`입니다.",
                remedy: "`plumb approve PLAN`을 실행하거나, 적당한 때에 직접 재시작하거나, `restarts: allow`를 선언하십시오.")),
        SentenceEntry(
            "plan.approveStop",
            english: SentenceText(
                what: "{0} would be shut down, which waits for approval.",
                why: "`power: stopped` is declared, it runs, and the policy is `safe`.",
                remedy: "Run `plumb approve PLAN`, shut it down by hand when it suits, or declare `apply: auto`."),
            korean: SentenceText(
                what: "{0} 종료는 승인을 기다립니다.",
                why: "`power: stopped`로 선언되었으나 실행 중이며, 정책이 `safe`입니다.",
                remedy: "`plumb approve PLAN`을 실행하거나, 적당한 때에 직접 종료하거나, `apply: auto`를 선언하십시오.")),
        SentenceEntry(
            "plan.approveRestartBesides",
            english: SentenceText(
                what: "{0} would also get what somebody else left pending: {1}; that waits for approval.",
                why: "Plumb knows nothing of them, or `ignore` names them, and a restart brings all of them about.",
                remedy: "Look at the guest's pending changes; then run `plumb approve PLAN`, or revert them."),
            korean: SentenceText(
                what: "{0}에 다른 사람이 남긴 보류 변경 {1}도 함께 적용되므로 승인을 기다립니다.",
                why: "Plumb이 알지 못하거나 `ignore`에 있는 설정이며, 재시작하면 모두 적용됩니다.",
                remedy: "게스트의 보류 변경을 확인한 뒤 `plumb approve PLAN`을 실행하거나 되돌리십시오.")),
        SentenceEntry(
            "plan.disruptionBusy",
            english: SentenceText(
                what:
                    "{0} waits: {1} allows {2} of its {3} {3|server|servers} to be down together, and these are already: {4}.",
                why: "What does not run, and what cannot be seen, counts as down.",
                remedy:
                    "Bring them back, declare `power: stopped` for those that should not run, or raise `maxUnavailable`."
            ),
            korean: SentenceText(
                what: "{0}은(는) 기다립니다. {1}은(는) 서버 {3}개 중 {2}개까지만 함께 멈출 수 있는데 이미 멈춘 서버: {4}.",
                why: "실행 중이 아니거나 볼 수 없는 서버는 멈춘 것으로 셉니다.",
                remedy: "서버를 되살리거나, 실행하지 않을 서버에 `power: stopped`를 선언하거나, `maxUnavailable`을 늘리십시오.")),
        SentenceEntry(
            "plan.disruptionNever",
            english: SentenceText(
                what: "{0} is not done: {1} allows none of its servers to be down.",
                why: "Its `disruption.maxUnavailable` is 0.",
                remedy: "Raise `maxUnavailable`, take the role from the server, or do it by hand when it suits."),
            korean: SentenceText(
                what: "{0}을(를) 하지 않습니다. {1}은(는) 서버를 하나도 멈출 수 없습니다.",
                why: "`disruption.maxUnavailable`이 0입니다.",
                remedy: "`maxUnavailable`을 늘리거나, 서버에서 역할을 빼거나, 적당한 때에 직접 하십시오.")),
        SentenceEntry(
            "plan.rebuild",
            english: SentenceText(
                what: "{0} is destroyed (guest {1}) and made again as guest {2} on {3}; what is on its disks is lost.",
                why: "Somebody asked for it by name; no policy keeps a backup first.",
                remedy: "Declare `rebuild: {backupTo: STORAGE}` in a Policy to keep its disks."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 삭제하고 {3}에 게스트 {2}(으)로 다시 만듭니다. 디스크의 내용은 사라집니다.",
                why: "이름을 지정한 요청입니다. 먼저 백업하라는 정책이 없습니다.",
                remedy: "디스크를 보존하려면 Policy에 `rebuild: {backupTo: STORAGE}`을 선언하십시오.")),
        SentenceEntry(
            "plan.rebuildWithBackup",
            english: SentenceText(
                what: "{0} is backed up to storage {4}, destroyed (guest {1}) and made again as guest {2} on {3}.",
                why: "Somebody asked for it by name.",
                remedy: "Its disks begin anew; what you need of the old ones is in the backup."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 저장소 {4}에 백업한 뒤 삭제하고 {3}에 게스트 {2}(으)로 다시 만듭니다.",
                why: "이름을 지정한 요청입니다.",
                remedy: "디스크는 새로 시작합니다. 이전 내용은 백업에 있습니다.")),
        SentenceEntry(
            "plan.approveRebuild",
            english: SentenceText(
                what: "{0} would be destroyed and made again, which waits for approval.",
                why: "A rebuild ends the guest, so that it is always asked about.",
                remedy:
                    "Answer the question of `plumb rebuild`, give it `--approve-destroy NAME`, or run `plumb approve PLAN`."
            ),
            korean: SentenceText(
                what: "{0} 재구축은 승인을 기다립니다.",
                why: "게스트를 삭제하는 작업이므로 항상 승인을 받습니다.",
                remedy: "`plumb rebuild`의 질문에 답하거나, `--approve-destroy NAME`을 주거나, `plumb approve PLAN`을 실행하십시오.")),
        SentenceEntry(
            "plan.rebuildProtected",
            english: SentenceText(
                what: "{0} is protected and will not be rebuilt.",
                why: "`protect: true` is declared or was in force at the last apply, or the guest's protection is on.",
                remedy: "Set `protect: false`, apply, and rebuild it then."),
            korean: SentenceText(
                what: "{0}은(는) 보호되어 있어 재구축하지 않습니다.",
                why: "`protect: true`가 선언되었거나 마지막 적용 때 적용 중이었거나, 게스트의 보호가 켜져 있습니다.",
                remedy: "`protect: false`로 바꾸어 적용한 다음 재구축하십시오.")),
        SentenceEntry(
            "plan.rebuildBackupPartial",
            english: SentenceText(
                what: "{0} (guest {1}) is not rebuilt: a backup of it would not have {3}.",
                why: """
                    Policy wants a backup on storage {2} first. vzdump leaves out a VM's disks with `backup=0`, a container's \
                    mount points without `backup=1`, and what is detached; they would end with the guest.
                    """,
                remedy: """
                    Tick Backup on them in Proxmox (`backup=1`), attach or remove what is detached, or move what you need \
                    elsewhere; then run `plumb rebuild {0}` again.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 재구축하지 않습니다. 백업에 {3}이(가) 들어가지 않습니다.",
                why: """
                    정책이 먼저 저장소 {2}에 백업하도록 합니다. vzdump는 `backup=0`인 VM 디스크, `backup=1`이 없는 컨테이너 마운트 \
                    지점, 분리된 볼륨을 제외하며, 이들은 게스트와 함께 사라집니다.
                    """,
                remedy: """
                    Proxmox에서 해당 디스크의 백업을 켜거나(`backup=1`), 분리된 볼륨을 연결하거나 지우거나, 필요한 내용을 옮긴 뒤 \
                    `plumb rebuild {0}`을 다시 실행하십시오.
                    """)),
        SentenceEntry(
            "plan.rebuildBackupWaits",
            english: SentenceText(
                what: "{0} (guest {1}) is not rebuilt yet: a backup of it would not have {3}.",
                why: """
                    Policy wants a backup on storage {2} first. Backup is ticked on {4}, but that waits for the next start of \
                    the guest: until then vzdump leaves it out, and it would end with the guest.
                    """,
                remedy: """
                    Let the guest start anew in Proxmox (`{5} reboot {1}`, or `{5} start {1}` where it is down). Whatever \
                    else is named, tick Backup on it before that, attach or remove it, or move what you need elsewhere. \
                    Then run `plumb rebuild {0}` again.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 아직 재구축하지 않습니다. 백업에 {3}이(가) 들어가지 않습니다.",
                why: """
                    정책이 먼저 저장소 {2}에 백업하도록 합니다. {4}의 백업은 켜져 있지만 게스트의 다음 시작부터 적용됩니다. 그때까지 \
                    vzdump가 제외하며, 게스트와 함께 사라집니다.
                    """,
                remedy: """
                    Proxmox에서 게스트를 다시 시작하십시오(`{5} reboot {1}`, 꺼져 있으면 `{5} start {1}`). 그 밖에 나열된 것은 그 전에 \
                    백업을 켜거나, 연결하거나 지우거나, 필요한 내용을 옮기십시오. 그런 다음 `plumb rebuild {0}`을 다시 실행하십시오.
                    """)),
        SentenceEntry(
            "plan.rebuildNothing",
            english: SentenceText(
                what:
                    "{0} cannot be rebuilt: it is not a server that is declared to be managed and whose guest is there.",
                why: "A rebuild is the end of a guest that Plumb made or took in, and its birth as it is declared.",
                remedy: "See what the plan says of it; a server without a guest is created by `plumb apply`."),
            korean: SentenceText(
                what: "{0}을(를) 재구축할 수 없습니다. 관리 대상으로 선언되고 게스트가 있는 서버가 아닙니다.",
                why: "재구축은 Plumb이 만들거나 편입한 게스트를 삭제하고 선언대로 다시 만드는 일입니다.",
                remedy: "계획의 설명을 확인하십시오. 게스트가 없는 서버는 `plumb apply`가 만듭니다.")),
    ]
}
