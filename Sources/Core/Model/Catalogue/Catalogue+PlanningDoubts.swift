extension Catalogue {
    /// Why nothing can be said or planned for a server.
    package static let planningDoubts: [SentenceEntry] = [
        SentenceEntry(
            "plan.unreadCluster",
            english: SentenceText(
                what: "Nothing is known of cluster {0}.",
                why: "It was not read, or is not declared.",
                remedy: "Run `plumb doctor` to see whether the cluster answers."),
            korean: SentenceText(
                what: "클러스터 {0}에 대해 알 수 있는 것이 없습니다.",
                why: "읽지 못했거나 선언되지 않았습니다.",
                remedy: "`plumb doctor`로 클러스터가 응답하는지 확인하십시오.")),
        SentenceEntry(
            "plan.offlineNode",
            english: SentenceText(
                what: "Its guest is on node {1}, which is offline.",
                why: "What a listing says of a guest on an offline node is old.",
                remedy: "Bring the node back; nothing is changed until then."),
            korean: SentenceText(
                what: "게스트가 오프라인인 {1} 노드에 있습니다.",
                why: "오프라인 노드의 게스트 정보는 오래된 것입니다.",
                remedy: "노드를 복구하십시오. 그때까지 아무것도 바꾸지 않습니다.")),
        SentenceEntry(
            "plan.unlistedOffline",
            english: SentenceText(
                what: "Node {1} of cluster {0} is offline, and the guest is not listed.",
                why: "It may be on that node.",
                remedy: "Bring the node back; nothing is created or destroyed until then."),
            korean: SentenceText(
                what: "클러스터 {0}의 {1} 노드가 오프라인이고, 게스트가 목록에 없습니다.",
                why: "그 노드에 있을 수 있습니다.",
                remedy: "노드를 복구하십시오. 그때까지 만들거나 지우지 않습니다.")),
        SentenceEntry(
            "plan.unlistedLostNode",
            english: SentenceText(
                what: "Cluster {0} has no node {1} any more, and guests that were on it are not listed.",
                why: "Out of the cluster they may run on, with their addresses and their numbers.",
                remedy: """
                    If the node was taken out for good, with what was on it, write it into `spec.removedNodes` of Cluster {0}; if \
                    not, bring it back. Nothing is created or destroyed until then.
                    """),
            korean: SentenceText(
                what: "클러스터 {0}에 {1} 노드가 더 이상 없고, 그 노드에 있던 게스트가 목록에 없습니다.",
                why: "클러스터 밖에서 같은 주소와 번호로 계속 실행되고 있을 수 있습니다.",
                remedy: """
                    노드를 그 위의 게스트와 함께 완전히 제거했다면 Cluster {0}의 `spec.removedNodes`에 적고, 아니면 노드를 되돌리십시오. 그때까지 \
                    만들거나 지우지 않습니다.
                    """)),
        SentenceEntry(
            "plan.removedNodeListed",
            english: SentenceText(
                what: "`spec.removedNodes` of Cluster {0} names {1}, which is in the cluster.",
                why: "If it left again, whatever runs on it would be taken for gone.",
                remedy: "Take {1} out of `spec.removedNodes`. Nothing is created or destroyed until then."),
            korean: SentenceText(
                what: "Cluster {0}의 `spec.removedNodes`에 있는 {1}이(가) 클러스터에 있습니다.",
                why: "다시 빠져나가면 그 위에서 실행 중인 것을 없어진 것으로 여기게 됩니다.",
                remedy: "`spec.removedNodes`에서 {1}을(를) 지우십시오. 그때까지 만들거나 지우지 않습니다.")),
        SentenceEntry(
            "plan.endUnseeable",
            english: SentenceText(
                what: "{0} waits: whether its guest ended could not be seen in cluster {1}.",
                why:
                    "The cluster has no quorum, or not every node can be seen: {2}. An end that nobody sees would close its stack for everything else.",
                remedy:
                    "Bring the nodes back; one that was taken out for good goes into `spec.removedNodes` of Cluster {1}."
            ),
            korean: SentenceText(
                what: "{0}은(는) 대기합니다: 클러스터 {1}에서 게스트가 없어졌는지 확인할 수 없습니다.",
                why: "쿼럼이 없거나 보이지 않는 노드가 있습니다: {2}. 확인되지 않은 삭제는 그 스택의 다른 작업을 모두 막습니다.",
                remedy: "노드를 복구하십시오. 완전히 제거한 노드라면 Cluster {1}의 `spec.removedNodes`에 적으십시오.")),
        SentenceEntry(
            "plan.unlistedNoQuorum",
            english: SentenceText(
                what: "Cluster {0} has no quorum, and the guest is not listed.",
                why: "Without quorum a listing may leave out guests.",
                remedy: "Restore the quorum; nothing is created or destroyed until then."),
            korean: SentenceText(
                what: "클러스터 {0}에 쿼럼이 없고, 게스트가 목록에 없습니다.",
                why: "쿼럼이 없으면 목록에서 게스트가 빠질 수 있습니다.",
                remedy: "쿼럼을 복구하십시오. 그때까지 만들거나 지우지 않습니다.")),
        SentenceEntry(
            "plan.emptyListing",
            english: SentenceText(
                what: "Cluster {0} lists no guest at all, although there should be some.",
                why: "A token that lost the right VM.Audit gets an empty listing without an error.",
                remedy: "Check the token's rights with `plumb doctor`."),
            korean: SentenceText(
                what: "클러스터 {0}의 목록이 비어 있으나, 게스트가 있어야 합니다.",
                why: "VM.Audit 권한을 잃은 토큰은 오류 없이 빈 목록을 받습니다.",
                remedy: "`plumb doctor`로 토큰의 권한을 확인하십시오.")),
        SentenceEntry(
            "plan.unreadState",
            english: SentenceText(
                what: "The Terraform state of stack {1} could not be read.",
                why: "Whether a server is in the state decides what may be done.",
                remedy: "Look at the stack with `plumb terraform {1} -- state list`."),
            korean: SentenceText(
                what: "스택 {1}의 Terraform 상태를 읽지 못했습니다.",
                why: "서버가 상태에 있는지에 따라 할 수 있는 일이 달라집니다.",
                remedy: "`plumb terraform {1} -- state list`로 스택을 확인하십시오.")),
        SentenceEntry(
            "plan.lostState",
            english: SentenceText(
                what: "The file terraform.tfstate of stack {1} is missing.",
                why: """
                    The registry has {2} {2|server|servers} in that stack; a file that is missing does not say that \
                    {2|it is|they are} gone.
                    """,
                remedy: """
                    Restore it in the stack's directory from a backup; where Terraform left one it is beside it \
                    (terraform.tfstate.backup). Where there is none, `plumb recover --rebuild-state {1}` begins it anew.
                    """),
            korean: SentenceText(
                what: "스택 {1}의 terraform.tfstate 파일이 없습니다.",
                why: "레지스트리에는 그 스택의 서버가 {2}개 있습니다. 파일이 없다고 서버가 사라진 것은 아닙니다.",
                remedy:
                    "스택 디렉터리에 백업으로 되돌리십시오. Terraform이 남긴 백업이 있다면 옆에 있습니다(terraform.tfstate.backup). 백업이 없으면 `plumb recover --rebuild-state {1}`로 새로 시작하십시오."
            )),
        SentenceEntry(
            "plan.lostStateBackup",
            english: SentenceText(
                what: "The file terraform.tfstate of stack {1} is missing.",
                why: """
                    The registry has {2} {2|server|servers} in that stack; a file that is missing does not say that \
                    {2|it is|they are} gone. Terraform left a backup with serial {3}; serial {4} was seen last.
                    """,
                remedy: """
                    `plumb recover --restore-backup {1}` puts the backup in its place, and says what it lacks; or restore a \
                    later one by hand.
                    """),
            korean: SentenceText(
                what: "스택 {1}의 terraform.tfstate 파일이 없습니다.",
                why: """
                    레지스트리에는 그 스택의 서버가 {2}개 있습니다. 파일이 없다고 서버가 사라진 것은 아닙니다. Terraform이 남긴 백업의 \
                    일련번호는 {3}이고, 마지막으로 본 일련번호는 {4}입니다.
                    """,
                remedy: """
                    `plumb recover --restore-backup {1}`로 백업을 되돌리면 백업에 없는 것도 알려 줍니다. 더 새로운 백업이 있다면 직접 \
                    되돌리십시오.
                    """)),
        SentenceEntry(
            "plan.unreadDetail",
            english: SentenceText(
                what: "The configuration of guest {0} could not be read.",
                why: "Whose guest it is shows only there.",
                remedy: "Check the token's rights and the guest's node with `plumb doctor`."),
            korean: SentenceText(
                what: "게스트 {0}의 설정을 읽지 못했습니다.",
                why: "누구의 게스트인지 거기에서만 알 수 있습니다.",
                remedy: "`plumb doctor`로 토큰의 권한과 게스트의 노드를 확인하십시오.")),
        SentenceEntry(
            "plan.markTwice",
            english: SentenceText(
                what: "Several guests bear the mark of {0}: {1}.",
                why: "A copy made by hand carries the mark along, so which one is the server cannot be said.",
                remedy: """
                    Take the tag `plumb` and the last line of the description off each one that is a copy; until then \
                    nothing is done to any of them.
                    """),
            korean: SentenceText(
                what: "여러 게스트가 {0}의 표식을 달고 있습니다: {1}.",
                why: "직접 복제하면 표식도 복사되므로 어느 것이 그 서버인지 알 수 없습니다.",
                remedy: "복사본에서 `plumb` 태그와 설명의 마지막 줄을 지우십시오. 그때까지 어느 것에도 손대지 않습니다.")),
        SentenceEntry(
            "plan.markElsewhere",
            english: SentenceText(
                what: "{0} should be guest {1}, but guest {2} bears its mark.",
                why: "Mark and VMID disagree, so which one is the server cannot be said.",
                remedy: """
                    Take the tag `plumb` and the last line of the description off the guest that is not the server; \
                    until then nothing is done to either.
                    """),
            korean: SentenceText(
                what: "{0}은(는) 게스트 {1}이어야 하나, 표식은 게스트 {2}에 있습니다.",
                why: "표식과 VMID가 서로 달라 어느 것이 그 서버인지 알 수 없습니다.",
                remedy: "그 서버가 아닌 게스트에서 `plumb` 태그와 설명의 마지막 줄을 지우십시오. 그때까지 어느 것에도 손대지 않습니다.")),
        SentenceEntry(
            "plan.markMoved",
            english: SentenceText(
                what: "{0} should be guest {1}, which is not listed, and guest {2} bears its mark.",
                why: """
                    It was restored, or copied, under another VMID, and Plumb follows no guest to a number that nobody \
                    declared.
                    """,
                remedy: """
                    If it is the server, restore it as {1}; or take the tag `plumb` and the last line of the description \
                    off it, remove the document of {0}, apply, and declare it again with `adopt: true` and `vmid: {3}`. \
                    If it is a copy, take tag and line off it, and {0} is made anew.
                    """),
            korean: SentenceText(
                what: "{0}은(는) 게스트 {1}이어야 하나 목록에 없고, 표식은 게스트 {2}에 있습니다.",
                why: "다른 VMID로 복원되었거나 복제된 것이며, Plumb은 아무도 선언하지 않은 번호로 게스트를 따라가지 않습니다.",
                remedy: """
                    그 서버가 맞으면 {1}(으)로 복원하십시오. 아니면 그 게스트에서 `plumb` 태그와 설명의 마지막 줄을 지우고 {0}의 \
                    문서를 지워 적용한 뒤, `adopt: true`와 `vmid: {3}`으로 다시 선언하십시오. 복제본이면 태그와 줄을 지우십시오. \
                    그러면 {0}을(를) 다시 만듭니다.
                    """)),
        SentenceEntry(
            "plan.markOtherName",
            english: SentenceText(
                what: "Guest {1} bears the mark of {0}, and nothing else says that it is {0}.",
                why: "A copy made by hand carries the mark along, under a name of its own.",
                remedy: """
                    If it is the server, name the guest {0} or declare its VMID; if it is a copy, take the tag `plumb` \
                    and the last line off its description.
                    """),
            korean: SentenceText(
                what: "게스트 {1}에 {0}의 표식이 있으나, 그 밖에는 {0}이라는 근거가 없습니다.",
                why: "직접 복제하면 표식도 다른 이름의 게스트로 복사됩니다.",
                remedy: "그 서버라면 게스트 이름을 {0}(으)로 바꾸거나 VMID를 선언하십시오. 복사본이라면 `plumb` 태그와 설명의 마지막 줄을 지우십시오.")),
        SentenceEntry(
            "plan.foreignGuest",
            english: SentenceText(
                what: "Guest {1} ({2}) has the VMID of {0} and does not bear its mark.",
                why: "Somebody may have destroyed the server and given its VMID to another guest.",
                remedy: """
                    If it is the server, give it the tag `plumb` and make this the last line of its description: \
                    `{3}`. If not, take {0} out of the state: `plumb terraform {4} -- state rm \
                    'module.server["{0}"]'`. To have {0} made anew then, take its document away, apply, and put it back.
                    """),
            korean: SentenceText(
                what: "게스트 {1}({2})이(가) {0}의 VMID를 쓰고 있으나 표식이 없습니다.",
                why: "누군가 서버를 지우고 VMID를 다른 게스트에 주었을 수 있습니다.",
                remedy: """
                    그 서버가 맞으면 `plumb` 태그를 달고 설명의 마지막 줄을 `{3}`(으)로 하십시오. 아니면 상태에서 {0}을(를) 빼십시오: \
                    `plumb terraform {4} -- state rm 'module.server["{0}"]'`. 그 뒤 {0}을(를) 새로 만들려면 문서를 지워 적용한 \
                    다음 되돌리십시오.
                    """)),
        SentenceEntry(
            "plan.earlierLife",
            english: SentenceText(
                what: "Guest {1} ({2}) bears the mark of {0} as it was before it was last made anew.",
                why: "It looks like a backup from before a rebuild that was put back; nothing is done to it as it is.",
                remedy: """
                    To go on with it, make this the last line of its description: `{3}`. The next plan shows in what it differs. \
                    To go on without it, take it away and let the server be made again.
                    """),
            korean: SentenceText(
                what: "게스트 {1}({2})이(가) 마지막으로 새로 만들기 전의 {0} 표식을 달고 있습니다.",
                why: "다시 만들기 전의 백업을 되돌린 것으로 보입니다. 이대로는 아무것도 하지 않습니다.",
                remedy: """
                    이 게스트로 계속하려면 설명의 마지막 줄을 `{3}`(으)로 바꾸십시오. 다음 계획이 다른 점을 보여 줍니다. 쓰지 않으려면 이 게스트를 \
                    없애고 서버를 다시 만들게 하십시오.
                    """)),
        SentenceEntry(
            "plan.twoServersOneGuest",
            english: SentenceText(
                what: "{0} and {1} are both guest {2}.",
                why: "State and registry give one VMID to two servers.",
                remedy: "Remove one of the two from the state or from the registry."),
            korean: SentenceText(
                what: "{0}와(과) {1}이(가) 모두 게스트 {2}입니다.",
                why: "상태와 레지스트리가 하나의 VMID를 두 서버에 주고 있습니다.",
                remedy: "둘 중 하나를 상태나 레지스트리에서 제거하십시오.")),
        SentenceEntry(
            "plan.twoStacks",
            english: SentenceText(
                what: "{0} is in several states: {1}.",
                why: "Two stacks that have one guest would both destroy it.",
                remedy: "Remove it from the wrong one: `plumb terraform STACK -- state rm`."),
            korean: SentenceText(
                what: "{0}이(가) 여러 상태에 있습니다: {1}.",
                why: "한 게스트를 가진 두 스택은 각각 그 게스트를 지울 수 있습니다.",
                remedy: "잘못된 쪽에서 제거하십시오: `plumb terraform STACK -- state rm`.")),
        SentenceEntry(
            "plan.otherCluster",
            english: SentenceText(
                what: "{0} is declared in cluster {1} and lives in cluster {2}.",
                why: "A guest cannot be moved between clusters.",
                remedy: "Declare it in {2} again, or remove it there first."),
            korean: SentenceText(
                what: "{0}은(는) 클러스터 {1}에 선언되었으나 클러스터 {2}에 있습니다.",
                why: "게스트는 클러스터 사이를 옮길 수 없습니다.",
                remedy: "{2}에 다시 선언하거나, 먼저 그곳에서 제거하십시오.")),
        SentenceEntry(
            "plan.undeclaredCluster",
            english: SentenceText(
                what: "It belongs to cluster {1}, which is not declared.",
                remedy: "Declare the cluster, or remove the server before it."),
            korean: SentenceText(
                what: "속한 클러스터 {1}이(가) 선언되지 않았습니다.",
                remedy: "클러스터를 선언하거나, 먼저 서버를 제거하십시오.")),
        SentenceEntry(
            "plan.noFreeVMID",
            english: SentenceText(
                what: "There is no free VMID for {0} in cluster {1}.",
                why:
                    "All numbers from {2} to {3} are taken or declared; `spec.defaults.vmidRange` of Cluster/{1} gives no others.",
                remedy: "Widen the range, or give the server a `vmid` outside of it."),
            korean: SentenceText(
                what: "클러스터 {1}에 {0}에게 줄 VMID가 없습니다.",
                why: "Cluster/{1}의 `spec.defaults.vmidRange`인 {2}부터 {3}까지의 번호가 모두 사용 중이거나 선언되어 있습니다.",
                remedy: "범위를 넓히거나, 서버에 범위 밖의 `vmid`를 적으십시오.")),
        SentenceEntry(
            "plan.templateUnknown",
            english: SentenceText(
                what: "{0} is to be made from template {1}, which cluster {2} does not have.",
                why: "No template of that name or number is listed.",
                remedy: "Check the name, and the token's rights on the template."),
            korean: SentenceText(
                what: "{0}의 템플릿 {1}이(가) 클러스터 {2}에 없습니다.",
                why: "그 이름이나 번호의 템플릿이 목록에 없습니다.",
                remedy: "이름과 템플릿에 대한 토큰의 권한을 확인하십시오.")),
        SentenceEntry(
            "plan.templateOtherType",
            english: SentenceText(
                what: "{0} has `type: {4}`, and template {1} of cluster {2} is of type {3}.",
                why: "A guest is cloned only from a template of its own type.",
                remedy:
                    "Name a template of type {4} in `template` of {0}; without one, `defaults.template` of Cluster/{2} holds."
            ),
            korean: SentenceText(
                what: "{0}은(는) `type: {4}`인데, 클러스터 {2}의 템플릿 {1}은(는) {3} 종류입니다.",
                why: "게스트는 같은 종류의 템플릿에서만 복제됩니다.",
                remedy: "{0}의 `template`에 {4} 종류의 템플릿을 적으십시오. 적지 않으면 Cluster/{2}의 `defaults.template`이 쓰입니다."
            )),
        SentenceEntry(
            "plan.templateAmbiguous",
            english: SentenceText(
                what: "{0} is to be made from template {1}, and several have that name: {2}.",
                remedy: "Name the template by its VMID."),
            korean: SentenceText(
                what: "{0}의 템플릿 {1}와(과) 같은 이름이 여럿 있습니다: {2}.",
                remedy: "템플릿을 VMID로 지정하십시오.")),
        SentenceEntry(
            "plan.noTemplateFile",
            english: SentenceText(
                what: "The container {0} has no template.",
                why: "A container is unpacked from a template file or cloned from a template.",
                remedy: "Set `template`, such as `local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst`."),
            korean: SentenceText(
                what: "컨테이너 {0}에 템플릿이 없습니다.",
                why: "컨테이너는 템플릿 파일을 풀거나 템플릿을 복제해서 만듭니다.",
                remedy: "`template`을 지정하십시오. 예: `local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst`.")),
        SentenceEntry(
            "plan.noNode",
            english: SentenceText(
                what: "Cluster {1} has no node that is online for {0}.",
                remedy: "Bring a node back."),
            korean: SentenceText(
                what: "클러스터 {1}에 {0}을(를) 둘 온라인 노드가 없습니다.",
                remedy: "노드를 복구하십시오.")),
        SentenceEntry(
            "plan.nodeUnknown",
            english: SentenceText(
                what: "{0} is to be born on node {1}, which cluster {2} does not have.",
                remedy: "Check the name of the node."),
            korean: SentenceText(
                what: "{0}을(를) 둘 {1} 노드가 클러스터 {2}에 없습니다.",
                remedy: "노드 이름을 확인하십시오.")),
        SentenceEntry(
            "plan.nodeOffline",
            english: SentenceText(
                what: "{0} is to be born on node {1}, which is offline.",
                why: "A node that is offline makes no guest, and none is ended before another can be made.",
                remedy: "Bring the node back, or name another one."),
            korean: SentenceText(
                what: "{0}을(를) 둘 {1} 노드가 오프라인입니다.",
                why: "오프라인 노드에는 게스트를 만들 수 없고, 새로 만들 수 있기 전에는 아무것도 지우지 않습니다.",
                remedy: "노드를 복구하거나 다른 노드를 지정하십시오.")),
        SentenceEntry(
            "plan.noDatastore",
            english: SentenceText(
                what: "{0} has a disk without a datastore.",
                why: "Neither the disk nor `defaults.datastore` of cluster {1} names one.",
                remedy: "Name one in either place."),
            korean: SentenceText(
                what: "{0}에 데이터스토어가 없는 디스크가 있습니다.",
                why: "디스크에도 클러스터 {1}의 `defaults.datastore`에도 없습니다.",
                remedy: "둘 중 한 곳에 지정하십시오.")),
        SentenceEntry(
            "plan.adoptAmbiguous",
            english: SentenceText(
                what: "`adopt: true` of {0} fits several guests: {1}.",
                remedy: "Set `vmid` to the right one."),
            korean: SentenceText(
                what: "{0}의 `adopt: true`에 맞는 게스트가 여럿입니다: {1}.",
                remedy: "`vmid`로 하나를 지정하십시오.")),
        SentenceEntry(
            "plan.adoptType",
            english: SentenceText(
                what: "{0} cannot take over guest {1}: it is a {2} and {3} is declared.",
                remedy: "Set `type` to what the guest is."),
            korean: SentenceText(
                what: "{0}이(가) 게스트 {1}을(를) 넘겨받을 수 없습니다. 게스트는 {2}이고 선언은 {3}입니다.",
                remedy: "`type`을 게스트에 맞추십시오.")),
        SentenceEntry(
            "plan.adoptAccountWithoutDrive",
            english: SentenceText(
                what: "{0} cannot take over guest {1}: it has a cloud-init account ({2}) and no cloud-init drive.",
                why: "Terraform keeps an account only with a drive, and would change the guest for it.",
                remedy:
                    "Without a drive the account has no effect. Take it out of the guest's configuration, on its node: `qm set {1} --delete ciuser,sshkeys`; then plan again. Or declare `manage: observe`."
            ),
            korean: SentenceText(
                what: "{0}이(가) 게스트 {1}을(를) 넘겨받을 수 없습니다. cloud-init 계정({2})은 있는데 cloud-init 드라이브가 없습니다.",
                why: "Terraform은 드라이브가 있을 때만 계정을 유지하므로, 이 때문에 게스트를 변경하려 합니다.",
                remedy:
                    "드라이브가 없으면 계정은 효과가 없습니다. 노드에서 `qm set {1} --delete ciuser,sshkeys`로 게스트 설정에서 지운 뒤 다시 계획하십시오. 또는 `manage: observe`로 선언하십시오."
            )),
        SentenceEntry(
            "plan.observeAmbiguous",
            english: SentenceText(
                what: "{0} is observed by its name, and several guests have it: {1}.",
                remedy: "Set `vmid` to the right one."),
            korean: SentenceText(
                what: "{0}을(를) 이름으로 관찰하는데 같은 이름의 게스트가 여럿입니다: {1}.",
                remedy: "`vmid`로 하나를 지정하십시오.")),
    ]
}
