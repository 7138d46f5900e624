extension Catalogue {
    /// What a person is asked or should know, and what the scope guard refuses.
    static let planningNotices: [SentenceEntry] = [
        SentenceEntry(
            "plan.approveDestroy",
            english: SentenceText(
                what: "{0} would be destroyed, which waits for approval.",
                why: "The policy is `safe` or `manual`.",
                remedy: "Run `plumb approve PLAN`, or apply with `--approve-destroy NAME`."),
            korean: SentenceText(
                what: "{0} 삭제는 승인을 기다립니다.",
                why: "정책이 `safe` 또는 `manual`입니다.",
                remedy: "`plumb approve PLAN`을 실행하거나 `--approve-destroy NAME`으로 적용하십시오.")),
        SentenceEntry(
            "plan.approveLeftOut",
            english: SentenceText(
                what: "{0} would be destroyed although its document is there: `.plumbignore` leaves out {1}.",
                why:
                    "What is left out counts as not declared. As nobody named the server for its end, this waits for approval under every policy.",
                remedy: """
                    To keep it, take the line out of `.plumbignore`. For a server that is only to be left alone declare \
                    `manage: observe`, or put a Policy with `pause` over it. To end it, run `plumb approve PLAN`, or \
                    apply with `--approve-destroy {2}`.
                    """),
            korean: SentenceText(
                what: "{0}의 문서가 있는데도 삭제하게 됩니다. `.plumbignore`가 {1}을(를) 제외하기 때문입니다.",
                why: "제외된 것은 선언되지 않은 것으로 칩니다. 이 서버를 없애라고 말한 사람이 없으므로 어느 정책에서나 승인을 기다립니다.",
                remedy: """
                    남기려면 `.plumbignore`에서 그 줄을 지우십시오. 건드리지만 않게 하려면 `manage: observe`를 선언하거나 `pause`가 \
                    있는 Policy를 두십시오. 없애려면 `plumb approve PLAN`을 실행하거나 `--approve-destroy {2}`로 적용하십시오.
                    """)),
        SentenceEntry(
            "plan.approveLeftOutUnread",
            english: SentenceText(
                what:
                    "{0} would be destroyed, and its document may be in {1}: `.plumbignore` leaves that out, and it could not be looked at whole.",
                why: """
                    A link that leads nowhere and the place of a mount that is away look like this. As nobody named the \
                    server for its end, this waits for approval under every policy.
                    """,
                remedy: """
                    If it may be there, bring back what belongs there and take the line out of `.plumbignore`. To end it, \
                    run `plumb approve PLAN`, or apply with `--approve-destroy {2}`.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 삭제하게 되는데, 그 문서가 {1}에 있을 수 있습니다. `.plumbignore`가 제외한 곳이며 전부 볼 수 없었습니다.",
                why: """
                    끊어진 링크나 마운트가 빠진 자리가 이런 모습입니다. 이 서버를 없애라고 말한 사람이 없으므로 어느 정책에서나 승인을 \
                    기다립니다.
                    """,
                remedy: """
                    그곳에 있을 수 있다면 있어야 할 것을 되돌리고 `.plumbignore`에서 그 줄을 지우십시오. 없애려면 `plumb approve PLAN`을 \
                    실행하거나 `--approve-destroy {2}`로 적용하십시오.
                    """)),
        SentenceEntry(
            "plan.approveLeftOutBeyond",
            english: SentenceText(
                what: """
                    {0} would be destroyed, and its document may be in {1}: `.plumbignore` leaves that out, and there is \
                    more in it than Plumb looks through.
                    """,
                why: """
                    Documents of servers are looked for in the first 100,000 names and 64 MiB of what is left out. As \
                    nobody named the server for its end, this waits for approval under every policy.
                    """,
                remedy: """
                    If it may be there, take the line out of `.plumbignore`. Otherwise move {1} out of the configuration's \
                    directory. To end the server, run `plumb approve PLAN`, or apply with `--approve-destroy {2}`.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 삭제하게 되는데, 그 문서가 {1}에 있을 수 있습니다. `.plumbignore`가 제외한 곳이며 Plumb이 살펴볼 수 있는 양보다 많습니다.",
                why: """
                    제외된 곳에서는 이름 100,000개와 64 MiB까지만 서버 문서를 찾습니다. 이 서버를 없애라고 말한 사람이 없으므로 어느 정책에서나 \
                    승인을 기다립니다.
                    """,
                remedy: """
                    그곳에 있을 수 있다면 `.plumbignore`에서 그 줄을 지우십시오. 아니면 {1}을(를) 구성 디렉터리 밖으로 옮기십시오. 서버를 \
                    없애려면 `plumb approve PLAN`을 실행하거나 `--approve-destroy {2}`로 적용하십시오.
                    """)),
        SentenceEntry(
            "plan.approveEmptyDirectory",
            english: SentenceText(
                what: "{0} would be destroyed, and its document may have been in {1}, which is empty.",
                why: """
                    The place of a mount that is away looks like this, and git keeps no empty directory. So this waits \
                    for approval under every policy.
                    """,
                remedy: """
                    Mount what belongs there. Where nothing does, remove the directory, or run `plumb approve PLAN`, or \
                    apply with `--approve-destroy {2}`.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 삭제하게 되는데, 그 문서가 비어 있는 {1}에 있었을 수 있습니다.",
                why: """
                    마운트가 빠진 자리가 이런 모습이며, git은 빈 디렉터리를 남기지 않습니다. 그래서 어느 정책에서나 승인을 기다립니다.
                    """,
                remedy: """
                    그곳에 있어야 할 것을 마운트하십시오. 없어야 한다면 디렉터리를 지우거나, `plumb approve PLAN`을 실행하거나 \
                    `--approve-destroy {2}`로 적용하십시오.
                    """)),
        SentenceEntry(
            "plan.approveRecreate",
            english: SentenceText(
                what: "{0} would be created again, which waits for approval.",
                why: "Whoever deleted it may have meant to; `recreate` is `approve`.",
                remedy: "Run `plumb approve PLAN`, or remove the document."),
            korean: SentenceText(
                what: "{0} 재생성은 승인을 기다립니다.",
                why: "의도적으로 지웠을 수 있습니다. `recreate`가 `approve`입니다.",
                remedy: "`plumb approve PLAN`을 실행하거나 문서를 지우십시오.")),
        SentenceEntry(
            "plan.approveManual",
            english: SentenceText(
                what: "{0} waits for approval.",
                why: "The policy is `manual`, or a Policy document cannot be read.",
                remedy: "Run `plumb approve PLAN`."),
            korean: SentenceText(
                what: "{0}은(는) 승인을 기다립니다.",
                why: "정책이 `manual`이거나 Policy 문서를 읽을 수 없습니다.",
                remedy: "`plumb approve PLAN`을 실행하십시오.")),
        SentenceEntry(
            "plan.approveRestart",
            english: SentenceText(
                what: "{0} would restart a running guest, which waits for approval.",
                why: "The provider reboots it for this change; `restarts` is `approve`.",
                remedy: "Run `plumb approve PLAN`, or stop the guest first."),
            korean: SentenceText(
                what: "{0}은(는) 실행 중인 게스트를 재시작하므로 승인을 기다립니다.",
                why: "이 변경을 위해 공급자가 재부팅합니다. `restarts`가 `approve`입니다.",
                remedy: "`plumb approve PLAN`을 실행하거나 먼저 게스트를 멈추십시오.")),
        SentenceEntry(
            "plan.approveRelease",
            english: SentenceText(
                what: "{0} would leave Terraform's state, which waits for approval.",
                remedy: "Run `plumb approve PLAN`."),
            korean: SentenceText(
                what: "{0}을(를) Terraform 상태에서 제거하는 것은 승인을 기다립니다.",
                remedy: "`plumb approve PLAN`을 실행하십시오.")),
        SentenceEntry(
            "plan.approveTakeOver",
            english: SentenceText(
                what: "{0} would take over a guest whose mark this registry never gave, which waits for approval.",
                why: "Another Plumb with a state directory of its own may manage it, or this registry was lost.",
                remedy:
                    "Run `plumb approve PLAN` if no other Plumb manages it; else work with that one's state directory."
            ),
            korean: SentenceText(
                what: "{0}은(는) 이 레지스트리가 준 적 없는 표식을 단 게스트를 넘겨받게 되므로 승인을 기다립니다.",
                why: "다른 상태 디렉터리를 쓰는 Plumb이 관리하고 있거나, 이 레지스트리를 잃었을 수 있습니다.",
                remedy: "다른 Plumb이 관리하지 않으면 `plumb approve PLAN`을 실행하고, 아니면 그 상태 디렉터리를 쓰십시오.")),
        SentenceEntry(
            "plan.approveUnmarked",
            english: SentenceText(
                what: "Guest {1} ({2}) has lost the mark of {0}, so what is planned for it waits for approval.",
                why: """
                    Somebody rewrote its description, or put another guest on that VMID: no network device of it is one that \
                    the state knows.
                    """,
                remedy: """
                    If it is the server, run `plumb approve PLAN`, or put the mark back as the last line of its description; it \
                    stands in `plumb servers show {0}`. If not, take the tag `plumb` off it.
                    """),
            korean: SentenceText(
                what: "게스트 {1}({2})에 {0}의 표식이 없어졌으므로, 이 서버에 계획된 작업은 승인을 기다립니다.",
                why: "누군가 설명을 고쳐 썼거나 그 VMID에 다른 게스트를 두었습니다. 상태가 아는 네트워크 장치가 게스트에 없습니다.",
                remedy: """
                    그 서버가 맞으면 `plumb approve PLAN`을 실행하거나 설명의 마지막 줄에 표식을 되돌리십시오. 표식은 \
                    `plumb servers show {0}`에 있습니다. 아니면 게스트에서 `plumb` 태그를 떼십시오.
                    """)),
        SentenceEntry(
            "plan.approveAdoption",
            english: SentenceText(
                what: "Taking the guest of {0} over would change what it has ({1}), which waits for approval.",
                why: "A guest that somebody else made is taken in unasked only where nothing of it changes.",
                remedy: "Declare what it has (`plumb plan` shows the lines), or run `plumb approve PLAN`."),
            korean: SentenceText(
                what: "{0}의 게스트를 넘겨받으면 지금 값이 바뀌므로({1}) 승인을 기다립니다.",
                why: "다른 사람이 만든 게스트는 아무것도 바뀌지 않을 때만 묻지 않고 넘겨받습니다.",
                remedy: "지금 값을 그대로 선언하거나(`plumb plan`이 넣을 줄을 보여 줍니다), `plumb approve PLAN`을 실행하십시오.")),
        SentenceEntry(
            "plan.approvalExpired",
            english: SentenceText(
                what: "The approval of {0} has expired.",
                why: "It was given at {1}, and an approval holds for {2} days.",
                remedy: "Look at the plan again and run `plumb approve PLAN`."),
            korean: SentenceText(
                what: "{0}의 승인이 만료되었습니다.",
                why: "{1}에 승인되었고, 승인은 {2}일 동안 유효합니다.",
                remedy: "계획을 다시 확인하고 `plumb approve PLAN`을 실행하십시오.")),
        SentenceEntry(
            "plan.approvalAhead",
            english: SentenceText(
                what: "The approval of {0} does not count: it bears the moment {1}, which is still to come.",
                why: """
                    The clock of the machine on which it was given was ahead, or the clock here is behind, and nobody can \
                    say how old it is.
                    """,
                remedy: """
                    Set the clocks of both machines (`timedatectl`). Where the clock there was wrong, look at the plan and \
                    run `plumb approve PLAN` again.
                    """),
            korean: SentenceText(
                what: "{0}의 승인은 인정되지 않습니다. 승인 시각이 {1}인데 아직 오지 않은 때입니다.",
                why: "승인한 컴퓨터의 시계가 앞서 있었거나 이 컴퓨터의 시계가 늦으므로, 얼마나 오래된 승인인지 알 수 없습니다.",
                remedy: """
                    두 컴퓨터의 시계를 맞추십시오(`timedatectl`). 승인한 쪽의 시계가 틀렸다면 계획을 확인하고 `plumb approve PLAN`을 \
                    다시 실행하십시오.
                    """)),
        SentenceEntry(
            "plan.approvalMoved",
            english: SentenceText(
                what: "The approval of {0} no longer holds.",
                why: "Since then this moved: {1}.",
                remedy: "Look at the new plan and approve it."),
            korean: SentenceText(
                what: "{0}의 승인이 더 이상 유효하지 않습니다.",
                why: "그 뒤에 바뀐 것: {1}.",
                remedy: "새 계획을 확인하고 승인하십시오.")),
        SentenceEntry(
            "plan.needsRebuild",
            english: SentenceText(
                what: "{0} differs in what can be set only at its birth: {1}.",
                why: "Only a rebuild could change that, and it destroys the guest's disks; nothing is planned.",
                remedy: "Take the change back, or run `plumb rebuild {0}`."),
            korean: SentenceText(
                what: "{0}이(가) 생성 때만 정할 수 있는 값에서 다릅니다: {1}.",
                why: "다시 만들어야만 바꿀 수 있고 디스크가 지워지므로, 계획하지 않습니다.",
                remedy: "변경을 되돌리거나 `plumb rebuild {0}`을 실행하십시오.")),
        SentenceEntry(
            "plan.ignored",
            english: SentenceText(
                what: "{0} differs, and is left so, in: {1}.",
                why: "`ignore` names these attributes.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}이(가) 다르지만 그대로 둡니다: {1}.",
                why: "`ignore`에 있는 속성입니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.pendingRestart",
            english: SentenceText(
                what: "{0} runs with old values until its next restart: {1}.",
                why: "These attributes take effect when the guest starts.",
                remedy: "Wait for the steps before, or restart it when it suits."),
            korean: SentenceText(
                what: "{0}은(는) 다음 재시작까지 이전 값으로 실행됩니다: {1}.",
                why: "이 속성들은 게스트가 시작할 때 적용됩니다.",
                remedy: "앞선 단계를 기다리거나 적당한 때에 재시작하십시오.")),
        SentenceEntry(
            "plan.pendingForeign",
            english: SentenceText(
                what: "{0} would start with values that are not declared: {1}.",
                why: """
                    An earlier apply, or somebody else, wrote them for its next start; until then it runs as it is \
                    declared.
                    """,
                remedy: "Do not restart it before its update, which takes them back."),
            korean: SentenceText(
                what: "{0}은(는) 선언되지 않은 값으로 시작하게 됩니다: {1}.",
                why: "이전의 적용이나 다른 누군가가 다음 시작을 위해 적어 두었으며, 그때까지는 선언대로 실행됩니다.",
                remedy: "이를 되돌리는 갱신 전에는 재시작하지 마십시오.")),
        SentenceEntry(
            "plan.rootOptionsOff",
            english: SentenceText(
                what: "The growth of {0}'s root disk switches off: {1}.",
                why: """
                    The provider writes these options with every change of the disk, and takes one that the configuration \
                    does not have for off. In Proxmox a disk without `replicate` is replicated, and one without `acl` has \
                    what its storage has.
                    """,
                remedy: """
                    To keep them, write them before: `pct set {2} -rootfs LINE,{3}`, where LINE is what `pct config {2}` \
                    says of it. What is written stays.
                    """),
            korean: SentenceText(
                what: "{0}의 루트 디스크를 늘리면 다음이 꺼집니다: {1}.",
                why: """
                    공급자는 디스크를 바꿀 때마다 이 옵션들을 함께 쓰며, 구성에 없는 것은 꺼진 것으로 봅니다. Proxmox에서 \
                    `replicate`가 없는 디스크는 복제되고, `acl`이 없으면 스토리지의 설정을 따릅니다.
                    """,
                remedy: """
                    유지하려면 먼저 적어 두십시오: `pct set {2} -rootfs LINE,{3}`. LINE은 `pct config {2}`에 나온 값입니다. \
                    적어 둔 것은 그대로 남습니다.
                    """)),
        SentenceEntry(
            "plan.missing",
            english: SentenceText(
                what: "{0} (guest {1}) is observed and not to be found in cluster {2}.",
                remedy: "Remove the document if the server is gone."),
            korean: SentenceText(
                what: "관찰 중인 {0}(게스트 {1})을(를) 클러스터 {2}에서 찾을 수 없습니다.",
                remedy: "서버가 없어졌다면 문서를 지우십시오.")),
        SentenceEntry(
            "plan.observedOther",
            english: SentenceText(
                what: "{0} is to observe guest {1} of cluster {2}, which Plumb knows as {3}.",
                why: "One guest is one server, and nothing is observed under a second name.",
                remedy: """
                    Take the document of {0} away or correct its `vmid`; to observe the guest instead of managing it, \
                    declare {3} with `manage: observe`.
                    """),
            korean: SentenceText(
                what: "{0}이(가) 관찰하려는 클러스터 {2}의 게스트 {1}은(는) Plumb이 {3}(으)로 알고 있는 게스트입니다.",
                why: "게스트 하나는 서버 하나이며, 두 번째 이름으로 관찰하지 않습니다.",
                remedy: """
                    {0}의 문서를 지우거나 `vmid`를 바로잡으십시오. 게스트를 관리하지 않고 관찰하려면 {3}을(를) `manage: observe`로 \
                    선언하십시오.
                    """)),
        SentenceEntry(
            "plan.unmanaged",
            english: SentenceText(
                what: "Guest {0} ({1}) on {2} of cluster {3} is not managed.",
                why: "Nobody declared it.",
                remedy: "Declare it with `manage: observe` or `adopt: true` to see or manage it here."),
            korean: SentenceText(
                what: "클러스터 {3}의 {2} 노드에 있는 게스트 {0}({1})은(는) 관리 대상이 아닙니다.",
                why: "선언되지 않았습니다.",
                remedy: "여기서 보거나 관리하려면 `manage: observe`나 `adopt: true`로 선언하십시오.")),
        SentenceEntry(
            "plan.unrecordedUndeclared",
            english: SentenceText(
                what: "{0} (guest {1}) is in Terraform's state, and neither declared nor recorded.",
                why: "What its removal should mean was never recorded, so it is recorded as one whose guest stays.",
                remedy:
                    "Declare it to keep it; the next plan proposes to let go of it. To destroy it, declare it, apply, and remove it again."
            ),
            korean: SentenceText(
                what: "{0}(게스트 {1})이(가) Terraform 상태에 있으나 선언도 기록도 없습니다.",
                why: "제거 방법이 기록된 적이 없어 게스트를 남기는 것으로 기록합니다.",
                remedy: "유지하려면 선언하십시오. 다음 계획에서 관리 해제를 제안합니다. 삭제하려면 선언하고 적용한 뒤 다시 제거하십시오.")),
    ]
}
