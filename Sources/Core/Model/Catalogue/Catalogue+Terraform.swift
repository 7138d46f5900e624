extension Catalogue {
    /// What running Terraform, and a stack's files, can come to.
    package static let terraform: [SentenceEntry] = [
        SentenceEntry(
            "terraform.binaryMissing",
            english: SentenceText(
                what: "There is no Terraform.", why: "Looked for `terraform` and `tofu` in {0}.",
                remedy:
                    "Install terraform 1.6 or later (or OpenTofu) and put it on PATH, or name it in Cluster.spec.terraform.binary."
            ),
            korean: SentenceText(
                what: "Terraform이 없습니다.", why: "{0}에서 `terraform`과 `tofu`를 찾았습니다.",
                remedy: "terraform 1.6 이상(또는 OpenTofu)을 설치해 PATH에 두거나 Cluster.spec.terraform.binary에 지정하십시오.")),
        SentenceEntry(
            "terraform.binaryNotThere",
            english: SentenceText(
                what: "`{0}` is no program that can be run.",
                why:
                    "Cluster.spec.terraform.binary names it: a name is looked for on PATH, a relative path begins at the configuration's directory.",
                remedy: "Install it, or correct the field."),
            korean: SentenceText(
                what: "`{0}`은(는) 실행할 수 있는 프로그램이 아닙니다.",
                why: "Cluster.spec.terraform.binary에 지정되어 있습니다. 이름은 PATH에서 찾고, 상대 경로는 구성 디렉터리에서 시작합니다.",
                remedy: "설치하거나 그 필드를 고치십시오.")),
        SentenceEntry(
            "terraform.binaryTooOld",
            english: SentenceText(
                what: "{0} is version {1}.", why: "Plumb needs 1.6 or later.",
                remedy: "Install a later one, or name another in Cluster.spec.terraform.binary."),
            korean: SentenceText(
                what: "{0}의 버전은 {1}입니다.", why: "1.6 이상이 필요합니다.",
                remedy: "새 버전을 설치하거나 Cluster.spec.terraform.binary에 다른 것을 지정하십시오.")),
        SentenceEntry(
            "terraform.binaryUnusable",
            english: SentenceText(
                what: "{0} does not answer to `version -json`: {1}",
                why: "Plumb asks a Terraform for its version before it lets it do anything.",
                remedy: "Run it by hand and mend what it says, or name another in Cluster.spec.terraform.binary."),
            korean: SentenceText(
                what: "{0}이(가) `version -json`에 답하지 않습니다: {1}", why: "Plumb은 일을 맡기기 전에 Terraform의 버전을 묻습니다.",
                remedy: "직접 실행해 원인을 해결하거나 Cluster.spec.terraform.binary에 다른 것을 지정하십시오.")),
        SentenceEntry(
            "terraform.locked",
            english: SentenceText(
                what: "Another process works on this stack: {1}.", why: "It holds the lock {0}.",
                remedy: "Wait until it has ended. The lock goes with its process, and is never left behind."),
            korean: SentenceText(
                what: "다른 프로세스가 이 스택에서 작업 중입니다: {1}.", why: "잠금 파일 {0}을(를) 쥐고 있습니다.",
                remedy: "끝날 때까지 기다리십시오. 잠금은 프로세스와 함께 사라집니다.")),
        SentenceEntry(
            "terraform.file",
            english: SentenceText(
                what: "{0}: {1}", remedy: "Check that Plumb may read and write there, and that the disk has room."),
            korean: SentenceText(what: "{0}: {1}", remedy: "Plumb이 읽고 쓸 수 있는지, 디스크에 여유가 있는지 확인하십시오.")),
        SentenceEntry(
            "terraform.stackName",
            english: SentenceText(
                what: "The stack `{0}` has a name that cannot be a directory's.",
                why: "It would lie outside of its cluster's directory, where another cluster's state may be.",
                remedy: "Name it otherwise; what lies there already belongs below `stacks/CLUSTER/STACK`."),
            korean: SentenceText(
                what: "스택 `{0}`의 이름은 디렉터리 이름으로 쓸 수 없습니다.",
                why: "클러스터의 디렉터리를 벗어나, 다른 클러스터의 상태 파일이 있는 곳이 될 수 있습니다.",
                remedy: "다른 이름을 쓰십시오. 이미 그곳에 있는 파일은 `stacks/CLUSTER/STACK` 아래에 두어야 합니다.")),
        SentenceEntry(
            "terraform.malformed",
            english: SentenceText(
                what: "{0} is not what Plumb or Terraform wrote: {1}.", why: "It was edited by hand, or damaged.",
                remedy:
                    "Nothing is done in this stack until it can be read: restore it from a backup. Where a state has none, `plumb recover --rebuild-state CLUSTER/STACK` begins it anew."
            ),
            korean: SentenceText(
                what: "{0}이(가) Plumb이나 Terraform이 쓴 내용이 아닙니다: {1}.", why: "직접 수정되었거나 손상되었습니다.",
                remedy:
                    "읽을 수 있을 때까지 이 스택에서는 아무것도 하지 않습니다. 백업에서 복원하십시오. 상태의 백업이 없으면 `plumb recover --rebuild-state CLUSTER/STACK`로 새로 시작하십시오."
            )),
        SentenceEntry(
            "terraform.malformedEntries",
            english: SentenceText(
                what: "{0} is not what Plumb wrote: {1}.", why: "It was edited by hand, or damaged.",
                remedy: """
                    Nothing is done in this stack until it can be read. Correct it, or move it away: the next apply then \
                    writes the entry of each server anew.
                    """),
            korean: SentenceText(
                what: "{0}이(가) Plumb이 쓴 내용이 아닙니다: {1}.", why: "직접 수정되었거나 손상되었습니다.",
                remedy: """
                    읽을 수 있을 때까지 이 스택에서는 아무것도 하지 않습니다. 고치거나 다른 곳으로 옮기십시오. 그러면 다음 적용이 서버마다 \
                    항목을 새로 씁니다.
                    """)),
        SentenceEntry(
            "terraform.malformedState",
            english: SentenceText(
                what: "{0} is not what Plumb or Terraform wrote: {1}.",
                why: "It was edited by hand, damaged, or cut off by a Terraform that was killed.",
                remedy: """
                    Nothing is done in this stack until it can be read. Terraform left a backup of it, serial {3}, in {2}. \
                    The next `plumb apply` puts it back where the state was cut off and Plumb saw none later; else \
                    `plumb recover --restore-backup CLUSTER/STACK` does, and says what it lacks.
                    """),
            korean: SentenceText(
                what: "{0}이(가) Plumb이나 Terraform이 쓴 내용이 아닙니다: {1}.",
                why: "직접 수정되었거나, 손상되었거나, 종료된 Terraform이 쓰다 만 것입니다.",
                remedy: """
                    읽을 수 있을 때까지 이 스택에서는 아무것도 하지 않습니다. Terraform이 남긴 일련번호 {3}의 백업이 {2}에 있습니다. \
                    쓰다 만 상태이고 Plumb이 그 뒤의 상태를 본 적이 없으면 다음 `plumb apply`가 백업으로 되돌립니다. 아니면 \
                    `plumb recover --restore-backup CLUSTER/STACK`로 되돌리며, 백업에 없는 것도 알려 줍니다.
                    """)),
        SentenceEntry(
            "terraform.program",
            english: SentenceText(
                what: "Terraform could not be run: {0}", remedy: "Mend what it says, then try again."),
            korean: SentenceText(what: "Terraform을 실행하지 못했습니다: {0}", remedy: "원인을 해결한 뒤 다시 시도하십시오.")),
        SentenceEntry(
            "terraform.refused",
            english: SentenceText(what: "Terraform's {0} failed: {1}", remedy: "Mend what it names, then plan again."),
            korean: SentenceText(what: "Terraform {0} 실패: {1}", remedy: "지적된 것을 해결한 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "terraform.wantsPowerOff",
            english: SentenceText(
                what: "Terraform's {0} failed: {1}",
                why: "The provider does that only to a VM that stands still, and Plumb lets it switch none off.",
                remedy: """
                    What else was to change may be written already: plan again; a disk that is to grow does then, where it \
                    is the only change. For what comes back (a cloud-init drive) declare `power: stopped`, approve the \
                    shutdown, apply, and take the line out again.
                    """),
            korean: SentenceText(
                what: "Terraform {0} 실패: {1}",
                why: "제공자는 꺼져 있는 VM에만 이 작업을 하며, Plumb은 제공자가 VM을 끄지 못하게 합니다.",
                remedy: """
                    다른 변경은 이미 적용되었을 수 있습니다. 다시 계획하십시오. 디스크 확장만 남았다면 그때 이루어집니다. 다시 나타나는 \
                    것(cloud-init 드라이브)은 `power: stopped`를 선언하고 종료를 승인해 적용한 뒤 그 줄을 지우십시오.
                    """)),
        SentenceEntry(
            "terraform.vanished",
            english: SentenceText(
                what: "Terraform's {0} ended without an exit code.", why: "It was killed, or the machine went down.",
                remedy: "Plan again: what is there now decides what is still to do."),
            korean: SentenceText(
                what: "Terraform {0}이(가) 종료 코드 없이 끝났습니다.", why: "강제 종료되었거나 시스템이 멈췄습니다.",
                remedy: "다시 계획하십시오. 현재 상태에 따라 남은 일이 정해집니다.")),
        SentenceEntry(
            "terraform.noRoom",
            english: SentenceText(
                what: "Terraform's {0} broke off: there is no room left on the file system of {1}.",
                why: "What it had to say could not be written there.",
                remedy: """
                    Free some space (`df -h {1}` shows how much there is), then run `plumb recover`, which finds out what came \
                    of it, and plan again.
                    """),
            korean: SentenceText(
                what: "{1}이(가) 있는 파일 시스템에 남은 공간이 없어 Terraform {0}이(가) 중단되었습니다.",
                why: "Terraform이 남길 내용을 쓸 수 없었습니다.",
                remedy: """
                    공간을 비운 뒤(`df -h {1}`로 확인) `plumb recover`를 실행하면 결과를 확인합니다. 그다음 다시 계획하십시오.
                    """)),
        SentenceEntry(
            "terraform.left",
            english: SentenceText(
                what: "Terraform still runs ({0}).",
                why: "The Plumb that began it is still at work, or has ended and left Terraform to finish.",
                remedy: "`plumb status` says which of the two. `plumb recover` waits for a Terraform that was left."),
            korean: SentenceText(
                what: "Terraform이 아직 실행 중입니다({0}).", why: "시작한 Plumb이 아직 작업 중이거나, 끝나면서 Terraform을 끝까지 두었습니다.",
                remedy: "`plumb status`가 둘 중 어느 쪽인지 알려 줍니다. `plumb recover`는 남겨진 Terraform을 기다립니다.")),
        SentenceEntry(
            "terraform.overdue",
            english: SentenceText(
                what: "Terraform still runs ({0}), and nothing began or ended for {2} minutes; it works on: {1}.",
                why:
                    "An apply is never cut off, because killing it would lose track of what it makes. It was left to finish.",
                remedy: "See in Proxmox what holds these guests. `plumb recover` looks again."),
            korean: SentenceText(
                what: "Terraform이 아직 실행 중이고({0}) {2}분 동안 시작되거나 끝난 것이 없습니다. 작업 중: {1}.",
                why: "적용을 끊으면 만들던 것을 놓치므로 끊지 않고 끝까지 두었습니다.",
                remedy: "Proxmox에서 이 게스트들이 무엇을 기다리는지 확인하십시오. `plumb recover`로 다시 확인합니다.")),
        SentenceEntry(
            "terraform.stalePlan",
            english: SentenceText(
                what: "The state moved between plan and apply.", why: "Somebody ran Terraform in this stack by hand.",
                remedy: "Nothing was applied. Plan again."),
            korean: SentenceText(
                what: "계획과 적용 사이에 상태가 바뀌었습니다.", why: "누군가 이 스택에서 Terraform을 직접 실행했습니다.",
                remedy: "아무것도 적용하지 않았습니다. 다시 계획하십시오.")),
        SentenceEntry(
            "terraform.foreignFiles",
            english: SentenceText(
                what: "Terraform would read {0} {0|file|files} that Plumb did not write: {1}.",
                why: """
                    What {0|it says|they say} goes into every plan of the stack, and could set other values than the YAML \
                    does. Nothing is made, changed or destroyed through Terraform until {0|it is|they are} gone.
                    """,
                remedy: """
                    Move {0|it|them} out of the stack's directory. What servers should be belongs into the YAML; other \
                    resources belong into a directory and a state of their own.
                    """),
            korean: SentenceText(
                what: "Plumb이 쓰지 않은 파일 {0}개를 Terraform이 함께 읽게 됩니다: {1}.",
                why: """
                    그 내용이 스택의 모든 계획에 들어가고, YAML과 다른 값을 정할 수 있습니다. 치울 때까지 Terraform으로는 아무것도 \
                    만들거나 바꾸거나 지우지 않습니다.
                    """,
                remedy: "스택 디렉터리 밖으로 옮기십시오. 서버의 값은 YAML에, 다른 리소스는 별도의 디렉터리와 상태에 두어야 합니다.")),
        SentenceEntry(
            "terraform.rootFileReplaced",
            english: SentenceText(
                what: "{0} did not hold what Plumb writes there, and does again; what it held is in {1}.",
                why: """
                    The root module is Plumb's own: what somebody changes there would go into every plan of the stack, and \
                    nobody who reads the YAML would know, so that no change stays.
                    """,
                remedy: """
                    What servers should be belongs into the YAML; a root module of your own is named in \
                    Cluster.spec.terraform.root and changed there. Delete {1} when it is not needed any more.
                    """),
            korean: SentenceText(
                what: "{0}의 내용이 Plumb이 쓴 것이 아니어서 되돌렸습니다. 있던 내용은 {1}에 있습니다.",
                why: """
                    루트 모듈은 Plumb의 것입니다. 그곳에서 고친 내용은 스택의 모든 계획에 들어가는데 YAML을 읽는 사람은 알 수 \
                    없으므로 남겨 두지 않습니다.
                    """,
                remedy: """
                    서버의 값은 YAML에 두십시오. 직접 만든 루트 모듈은 Cluster.spec.terraform.root에 지정하고 그곳에서 고치십시오. \
                    {1}은(는) 필요 없어지면 지우십시오.
                    """)),
        SentenceEntry(
            "terraform.cutStateAside",
            english: SentenceText(
                what:
                    "The state of stack {0} was cut off, and no whole one was ever seen; what there was of it is kept: {1}.",
                why: """
                    A Terraform that is killed in a stack's first apply while it writes leaves a part of a state, and no \
                    backup. No server is on record in the stack yet.
                    """,
                remedy: "What that run made is found in the cluster by its marks, and the next plan goes on from there."
            ),
            korean: SentenceText(
                what: "스택 {0}의 상태가 쓰다 만 채 남아 있고 온전한 상태를 본 적이 없습니다. 남은 부분은 보관했습니다: {1}.",
                why: """
                    스택의 첫 적용에서 Terraform이 쓰는 도중에 강제 종료되면 상태의 일부만 남고 백업이 없습니다. 이 스택에는 아직 기록된 \
                    서버가 없습니다.
                    """,
                remedy: "그 실행이 만든 것은 클러스터에서 표식으로 확인하며, 다음 계획이 이어서 처리합니다.")),
        SentenceEntry(
            "terraform.stateMended",
            english: SentenceText(
                what: "The state of stack {0} was cut off; Terraform's backup of it, serial {1}, is in its place.",
                why: """
                    A Terraform that is killed while it writes leaves nothing in terraform.tfstate, or a part. No later \
                    writing than the backup was seen here, so that it lacks only what the killed run did.
                    """,
                remedy: "What that run did is found in the cluster, and the next plan goes on from there."),
            korean: SentenceText(
                what: "스택 {0}의 상태가 쓰다 만 채 남아 있어 Terraform의 백업(serial {1})으로 되돌렸습니다.",
                why: """
                    Terraform이 쓰는 도중에 강제 종료되면 terraform.tfstate가 비거나 일부만 남습니다. 이보다 뒤의 상태를 본 적이 \
                    없으므로 백업에 없는 것은 종료된 실행이 한 일뿐입니다.
                    """,
                remedy: "그 실행이 한 일은 클러스터에서 확인하며, 다음 계획이 이어서 처리합니다.")),
    ]
}
