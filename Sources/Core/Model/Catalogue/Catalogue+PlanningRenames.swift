extension Catalogue {
    /// What a rename does, and why one is not carried out.
    package static let planningRenames: [SentenceEntry] = [
        SentenceEntry(
            "plan.rename",
            english: SentenceText(
                what: "{1} becomes {0}: guest {2} and its resource in Terraform's state stay, and get the new name.",
                why: "`formerName: {1}` says that it is the same server, so nothing is destroyed or created.",
                remedy: "Nothing to do; `formerName` may stay in the document."),
            korean: SentenceText(
                what: "{1}의 이름이 {0}(으)로 바뀝니다. 게스트 {2}와 Terraform 상태의 자원은 그대로 두고 이름만 바꿉니다.",
                why: "`formerName: {1}`이(가) 같은 서버임을 말해 주므로 아무것도 지우거나 만들지 않습니다.",
                remedy: "할 일이 없습니다. `formerName`은 문서에 남겨 두어도 됩니다.")),
        SentenceEntry(
            "plan.renameMove",
            english: SentenceText(
                what:
                    "{1} becomes {0}: guest {2} stays, and its resource moves from the state of stack {3} to that of {4} under the new name.",
                why:
                    "`formerName: {1}` says that it is the same server, and the cluster's division into stacks puts it there.",
                remedy: "Nothing to do; `formerName` may stay in the document."),
            korean: SentenceText(
                what: "{1}의 이름이 {0}(으)로 바뀝니다. 게스트 {2}은(는) 그대로 두고 자원을 스택 {3}의 상태에서 {4}의 상태로 새 이름으로 옮깁니다.",
                why: "`formerName: {1}`이(가) 같은 서버임을 말해 주고, 클러스터의 스택 구분에 따른 것입니다.",
                remedy: "할 일이 없습니다. `formerName`은 문서에 남겨 두어도 됩니다.")),
        SentenceEntry(
            "plan.renameRow",
            english: SentenceText(
                what: "The registry's row of {1} becomes that of {0}.",
                why:
                    "`formerName: {1}` says that it is the same server, and only the registry still knows it by that name.",
                remedy: "Nothing to do; whatever else {0} needs is in the next plan."),
            korean: SentenceText(
                what: "레지스트리의 {1} 기록이 {0}의 기록이 됩니다.",
                why: "`formerName: {1}`이(가) 같은 서버임을 말해 주며, 그 이름은 레지스트리에만 남아 있습니다.",
                remedy: "할 일이 없습니다. {0}에 더 필요한 일은 다음 계획에 나옵니다.")),
        SentenceEntry(
            "plan.renameObject",
            english: SentenceText(
                what: "The registration of {1} becomes that of {0}.",
                why: "`formerName` says that it is the same thing under a new name.",
                remedy: "Nothing to do; `formerName` may stay in the document."),
            korean: SentenceText(
                what: "{1}의 등록이 {0}의 등록이 됩니다.",
                why: "`formerName`이 새 이름을 가진 같은 것임을 말해 줍니다.",
                remedy: "할 일이 없습니다. `formerName`은 문서에 남겨 두어도 됩니다.")),
        SentenceEntry(
            "plan.renameTwice",
            english: SentenceText(
                what: "{0} is the former name of more than one server: {1}.",
                why: "Which of them its guest is cannot be said, so none of them is touched.",
                remedy: "Leave `formerName: {0}` in one document only."),
            korean: SentenceText(
                what: "{0}이(가) 여러 서버의 이전 이름입니다: {1}.",
                why: "게스트가 그중 어느 것인지 알 수 없으므로 아무것도 건드리지 않습니다.",
                remedy: "`formerName: {0}`을(를) 문서 하나에만 남기십시오.")),
        SentenceEntry(
            "plan.renameBothInState",
            english: SentenceText(
                what: "{0} has `formerName: {1}`, and Terraform's state has both.",
                why: "Two resources are two servers, and one of them would take the other's place.",
                remedy:
                    "Take `formerName` out of {0} if they are two servers; {1} is then removed or kept by its own document. If both are one guest, let go of the wrong one: `plumb terraform STACK -- state rm 'module.server[\"NAME\"]'`."
            ),
            korean: SentenceText(
                what: "{0}에 `formerName: {1}`이(가) 있는데 Terraform 상태에 둘 다 있습니다.",
                why: "자원이 둘이면 서버도 둘이고, 하나가 다른 하나의 자리를 차지하게 됩니다.",
                remedy:
                    "서로 다른 서버라면 {0}에서 `formerName`을 지우십시오. 그러면 {1}은(는) 자기 문서에 따라 제거되거나 유지됩니다. 둘이 같은 게스트라면 잘못된 쪽을 놓아주십시오: `plumb terraform STACK -- state rm 'module.server[\"NAME\"]'`."
            )),
        SentenceEntry(
            "plan.renameBothKnown",
            english: SentenceText(
                what: "{0} has `formerName: {1}`, and the registry has a row of {0} already.",
                why: "A row of its own says that {0} is another server than {1}, and one would take the other's place.",
                remedy: "Take `formerName` out of {0} if they are two servers, or declare {1} again."),
            korean: SentenceText(
                what: "{0}에 `formerName: {1}`이(가) 있는데 레지스트리에 {0}의 기록이 이미 있습니다.",
                why: "자기 기록이 있다면 {0}은(는) {1}과(와) 다른 서버이고, 하나가 다른 하나의 자리를 차지하게 됩니다.",
                remedy: "서로 다른 서버라면 {0}에서 `formerName`을 지우거나 {1}을(를) 다시 선언하십시오.")),
        SentenceEntry(
            "plan.renameOtherCluster",
            english: SentenceText(
                what: "{0} is declared in cluster {1}, and {2}, its former name, lives in cluster {3}.",
                why: "A guest cannot be moved between clusters, so neither is touched.",
                remedy: "Declare {0} in {3}, or take `formerName` out: then {0} is created, and {2} is removed."),
            korean: SentenceText(
                what: "{0}은(는) 클러스터 {1}에 선언되었는데 이전 이름 {2}은(는) 클러스터 {3}에 있습니다.",
                why: "게스트는 클러스터 사이를 옮길 수 없으므로 아무것도 건드리지 않습니다.",
                remedy: "{0}을(를) {3}에 선언하거나 `formerName`을 지우십시오. 지우면 {0}이(가) 생성되고 {2}은(는) 제거됩니다.")),
        SentenceEntry(
            "plan.renameObserved",
            english: SentenceText(
                what: "{0} has `formerName: {1}` and `manage: observe`, and {1} is in Terraform's state.",
                why: "To rename a server and to let go of it are two steps, and the first needs the state.",
                remedy: "Rename it with `manage: full`, apply, and set `manage: observe` then."),
            korean: SentenceText(
                what: "{0}에 `formerName: {1}`과 `manage: observe`가 있는데 {1}이(가) Terraform 상태에 있습니다.",
                why: "이름을 바꾸는 일과 놓아주는 일은 서로 다른 단계이며, 앞의 것에는 상태가 필요합니다.",
                remedy: "`manage: full`로 이름을 바꾸어 적용한 다음 `manage: observe`로 바꾸십시오.")),
        SentenceEntry(
            "plan.renameIncomplete",
            english: SentenceText(
                what: "{0} is not renamed from {1}, because documents cannot be read: {2}.",
                why: "One of them may be the one that declares {1}.",
                remedy: "Correct them; the rename goes on by itself."),
            korean: SentenceText(
                what: "읽을 수 없는 문서({2}) 때문에 {1}을(를) {0}(으)로 바꾸지 않습니다.",
                why: "그중 하나가 {1}을(를) 선언하는 문서일 수 있습니다.",
                remedy: "문서를 고치면 이름 변경이 저절로 이어집니다.")),
        SentenceEntry(
            "plan.renameGone",
            english: SentenceText(
                what: "{0} was {1}, and no guest of {1} is listed any more.",
                why: "Nothing is made in its place before {1} is confirmed gone and let go of.",
                remedy:
                    "Where the plan says that {1} is held back, settle that; a later plan creates {0}. Take `formerName` out to create it now."
            ),
            korean: SentenceText(
                what: "{0}의 이전 이름은 {1}인데 {1}의 게스트가 더 이상 목록에 없습니다.",
                why: "{1}이(가) 없어진 것이 확인되고 정리되기 전에는 대신할 것을 만들지 않습니다.",
                remedy:
                    "계획이 {1}을(를) 보류했다고 하면 그것을 해결하십시오. 이후의 계획에서 {0}을(를) 생성합니다. 지금 생성하려면 `formerName`을 지우십시오."
            )),
        SentenceEntry(
            "plan.clusterRenamed",
            english: SentenceText(
                what: "Declared in cluster {0} and living in cluster {1}, which no document declares any more.",
                why:
                    "A cluster cannot get another name: states, records and the marks on its guests bear the one that it has. So {0} is another cluster, and a guest cannot be moved between clusters.",
                remedy:
                    "If {0} is {1} under a new name, write {1} again: `metadata.name` in the Cluster's document, `cluster` in those of its servers; nothing was changed. If they are two clusters, declare {1} again beside {0}, with the servers that live there."
            ),
            korean: SentenceText(
                what: "클러스터 {0}에 선언되었으나 클러스터 {1}에 있으며, {1}을(를) 선언하는 문서가 더는 없습니다.",
                why:
                    "클러스터의 이름은 바꿀 수 없습니다. 상태와 기록, 게스트의 표식이 지금의 이름을 지니고 있기 때문입니다. 그래서 {0}은(는) 다른 클러스터이고, 게스트는 클러스터 사이를 옮길 수 없습니다.",
                remedy:
                    "{0}이(가) {1}의 새 이름이라면 Cluster 문서의 `metadata.name`과 서버 문서의 `cluster`를 다시 {1}(으)로 쓰십시오. 아무것도 바뀌지 않았습니다. 서로 다른 클러스터라면 {0} 옆에 {1}을(를) 그곳에 있는 서버와 함께 다시 선언하십시오."
            )),
        SentenceEntry(
            "plan.perhapsRenamed",
            english: SentenceText(
                what: "{0} is created and {1} ends, and both are declared alike.",
                why: "If {0} is {1} under a new name, its guest and its data would be lost for no reason.",
                remedy: "Write `metadata.formerName: {1}` into {0} to rename it; approve if they are two servers."),
            korean: SentenceText(
                what: "{0}이(가) 생성되고 {1}이(가) 없어지는데 둘의 선언이 같습니다.",
                why: "{0}이(가) {1}의 새 이름이라면 게스트와 데이터를 까닭 없이 잃게 됩니다.",
                remedy: "이름을 바꾸는 것이라면 {0}에 `metadata.formerName: {1}`을(를) 쓰십시오. 서로 다른 서버라면 승인하십시오.")),
        SentenceEntry(
            "plan.perhapsRenamedSome",
            english: SentenceText(
                what: "These are new: {0}. These end, and are declared alike: {1}.",
                why: "If some of them are the same under new names, guests and data would be lost for no reason.",
                remedy: """
                    Write `metadata.formerName` into each that is renamed. Members of a ServerSet take none: declare \
                    them as Servers with it, apply, and put the set back then. If they are other servers, approve.
                    """),
            korean: SentenceText(
                what: "{0}이(가) 생성되고 {1}이(가) 없어지는데 선언이 서로 같습니다.",
                why: "그 가운데 이름만 바뀐 것이 있다면 게스트와 데이터를 까닭 없이 잃게 됩니다.",
                remedy: """
                    이름을 바꾼 문서마다 `metadata.formerName`을 쓰십시오. ServerSet의 구성원에는 쓸 수 없으므로 Server로 선언해 \
                    적용한 뒤 세트를 되돌리십시오. 서로 다른 서버라면 승인하십시오.
                    """)),
        SentenceEntry(
            "plan.perhapsRenamedBack",
            english: SentenceText(
                what: "{0} is new, and {1}, which no document declares any more, had that name before.",
                why: """
                    If the rename is to be taken back, making {0} anew would lose the guest of {1} and its data for no \
                    reason.
                    """,
                remedy: """
                    Write `metadata.formerName: {1}` into {0}, which must be a Server for that, to rename it back; approve \
                    if they are two servers.
                    """),
            korean: SentenceText(
                what: "{0}은(는) 새 서버인데, 선언이 없어진 {1}의 이전 이름이 {0}입니다.",
                why: "이름을 되돌리려는 것이라면 {0}을(를) 새로 만들면서 {1}의 게스트와 데이터를 까닭 없이 잃게 됩니다.",
                remedy: """
                    이름을 되돌리려면 {0}을(를) Server로 선언하고 `metadata.formerName: {1}`을(를) 쓰십시오. 서로 다른 서버라면 \
                    승인하십시오.
                    """)),
        SentenceEntry(
            "plan.formerNameElsewhere",
            english: SentenceText(
                what: "{0} has `formerName: {1}`, and Plumb knows no {1}; no document declares these any more: {2}.",
                why: "If {0} is one of those under a new name, its guest and its data would be lost for no reason.",
                remedy: """
                    Write the name that Plumb knows into `metadata.formerName` of {0}; a rename that was never applied \
                    counts for nothing. Approve if it is another server.
                    """),
            korean: SentenceText(
                what: "{0}에 `formerName: {1}`이(가) 있지만 Plumb은 {1}을(를) 알지 못하며, 선언이 없어진 서버가 있습니다: {2}.",
                why: "{0}이(가) 그 가운데 하나의 새 이름이라면 게스트와 데이터를 까닭 없이 잃게 됩니다.",
                remedy: """
                    Plumb이 아는 이름을 {0}의 `metadata.formerName`에 쓰십시오. 적용된 적이 없는 이름 변경은 세지 않습니다. 다른 \
                    서버라면 승인하십시오.
                    """)),
        SentenceEntry(
            "plan.formerNameUnknown",
            english: SentenceText(
                what: "{0} has `formerName: {1}`, and Plumb knows no {1}: it is a new server.",
                remedy: "If it lives under another name, write that one; otherwise `formerName` means nothing here."),
            korean: SentenceText(
                what: "{0}에 `formerName: {1}`이(가) 있지만 Plumb은 {1}을(를) 알지 못하므로 새 서버입니다.",
                remedy: "다른 이름으로 있는 서버라면 그 이름을 쓰십시오. 아니면 여기서 `formerName`은 아무 뜻이 없습니다.")),
        SentenceEntry(
            "plan.approveReleaseRenamed",
            english: SentenceText(
                what: "{0} would be let go of, and its guest stay, which waits for approval.",
                why: "A server that may be the same by a former name is new beside it: it may be a rename.",
                remedy: """
                    If it is one, mend `metadata.formerName` in the new document. If not, run `plumb approve PLAN`.
                    """),
            korean: SentenceText(
                what: "게스트를 남겨 두고 {0}을(를) 관리에서 빼는 것은 승인을 기다립니다.",
                why: "이전 이름으로 이어진 서버가 함께 생성되므로 이름을 바꾼 것일 수 있습니다.",
                remedy: """
                    이름을 바꾼 것이라면 새 문서의 `metadata.formerName`을 고치십시오. 아니라면 `plumb approve PLAN`을 실행하십시오.
                    """)),
        SentenceEntry(
            "plan.approveRecreateRenamed",
            english: SentenceText(
                what: "{0}, whose guest is gone, would be let go of and made again as {1}, which waits for approval.",
                why: "Whoever deleted the guest may have meant to; `recreate` is `approve`.",
                remedy: "Run `plumb approve PLAN`, or remove the document of {1}."),
            korean: SentenceText(
                what: "게스트가 없어진 {0}을(를) 정리하고 {1}(으)로 다시 만드는 것은 승인을 기다립니다.",
                why: "의도적으로 지웠을 수 있습니다. `recreate`가 `approve`입니다.",
                remedy: "`plumb approve PLAN`을 실행하거나 {1} 문서를 지우십시오.")),
        SentenceEntry(
            "plan.approveHeir",
            english: SentenceText(
                what: "{0} would be created, which waits for approval, also where the policy is `auto`.",
                why: """
                    A server that may be the same goes beside it: declared alike, with its address, or by a former name.
                    """,
                remedy: """
                    If it is one, write `metadata.formerName` into its document. If not, run `plumb approve PLAN`.
                    """),
            korean: SentenceText(
                what: "정책이 `auto`이더라도 {0} 생성은 승인을 기다립니다.",
                why: "선언이나 주소가 같거나 이전 이름으로 이어진 서버가 함께 없어지므로 이름을 바꾼 것일 수 있습니다.",
                remedy: """
                    이름을 바꾼 것이라면 그 문서에 `metadata.formerName`을 쓰십시오. 아니라면 `plumb approve PLAN`을 실행하십시오.
                    """)),
        SentenceEntry(
            "plan.approveRenamed",
            english: SentenceText(
                what: "{0} would be destroyed, which waits for approval although the policy is `auto`.",
                why: """
                    A server that may be the same is new beside it: declared alike, with its address, or by a former name.
                    """,
                remedy: """
                    If it is one, write `metadata.formerName` into the new document. If not, run `plumb approve PLAN`, \
                    or apply with `--approve-destroy NAME`.
                    """),
            korean: SentenceText(
                what: "정책이 `auto`이지만 {0} 삭제는 승인을 기다립니다.",
                why: "선언이나 주소가 같거나 이전 이름으로 이어진 서버가 함께 생성되므로 이름을 바꾼 것일 수 있습니다.",
                remedy: """
                    이름을 바꾼 것이라면 새 문서에 `metadata.formerName`을 쓰십시오. 아니라면 `plumb approve PLAN`을 실행하거나 \
                    `--approve-destroy NAME`으로 적용하십시오.
                    """)),
    ]
}
