extension Catalogue {
    /// Why a step is in a plan.
    package static let planningReasons: [SentenceEntry] = [
        SentenceEntry(
            "plan.create",
            english: SentenceText(
                what: "{0} will be created as guest {1} on {2}.",
                why: "It is declared, and no guest and no state has it.",
                remedy: "Nothing to do; `plumb apply` creates it."),
            korean: SentenceText(
                what: "{0}을(를) {2} 노드에 게스트 {1}(으)로 만듭니다.",
                why: "선언되어 있으나 게스트도 상태도 없습니다.",
                remedy: "할 일이 없습니다. `plumb apply`가 만듭니다.")),
        SentenceEntry(
            "plan.recreate",
            english: SentenceText(
                what: "{0} will be created again as guest {1}.",
                why: """
                    It is declared and in Terraform's state, and enough inventories missed its guest; no task \
                    tells who deleted it.
                    """,
                remedy: "Approve it, or remove the document if the server is no longer wanted."),
            korean: SentenceText(
                what: "{0}을(를) 게스트 {1}(으)로 다시 만듭니다.",
                why: "선언되어 있고 Terraform 상태에도 있으나 인벤토리에서 여러 번 보이지 않았으며, 누가 지웠는지 알려 주는 작업이 없습니다.",
                remedy: "승인하거나, 더 필요 없는 서버라면 문서를 지우십시오.")),
        SentenceEntry(
            "plan.recreateDeletedBy",
            english: SentenceText(
                what: "{0} will be created again: guest {1} was destroyed by {2} at {3}.",
                why: "The server is still declared; the task is {4}.",
                remedy: "Approve it, or remove the document if the server is no longer wanted."),
            korean: SentenceText(
                what: "{0}을(를) 다시 만듭니다. 게스트 {1}을(를) {2}이(가) {3}에 삭제했습니다.",
                why: "서버가 아직 선언되어 있습니다. 작업은 {4}입니다.",
                remedy: "승인하거나, 더 필요 없는 서버라면 문서를 지우십시오.")),
        SentenceEntry(
            "plan.update",
            english: SentenceText(
                what: "{0} differs from its declaration in: {1}.",
                remedy: "Nothing to do; `plumb apply` changes it."),
            korean: SentenceText(
                what: "{0}이(가) 선언과 다릅니다: {1}.",
                remedy: "할 일이 없습니다. `plumb apply`가 바꿉니다.")),
        SentenceEntry(
            "plan.destroy",
            english: SentenceText(
                what: "{0} (guest {1}) will be shut down and destroyed.",
                why: "Its document was removed, and Plumb made this guest.",
                remedy: "Put the document back if that was a mistake."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 종료한 뒤 삭제합니다.",
                why: "문서가 삭제되었고, 이 게스트는 Plumb이 만든 것입니다.",
                remedy: "실수였다면 문서를 되돌리십시오.")),
        SentenceEntry(
            "plan.adopt",
            english: SentenceText(
                what: "{0} takes over guest {1} on {2}.",
                why: "The guest exists and is the server's by its mark or by `adopt: true`.",
                remedy: "Nothing to do; the guest keeps running."),
            korean: SentenceText(
                what: "{0}이(가) {2} 노드의 게스트 {1}을(를) 넘겨받습니다.",
                why: "게스트가 있고, 표식이나 `adopt: true`로 이 서버의 것임이 확인됩니다.",
                remedy: "할 일이 없습니다. 게스트는 계속 실행됩니다.")),
        SentenceEntry(
            "plan.follow",
            english: SentenceText(
                what: "{0} moved from {1} to {2}, and the state follows it.",
                why:
                    "Terraform's provider looks for a container where the state says that it is, and would take it for gone.",
                remedy: "Nothing to do; the container is not touched."),
            korean: SentenceText(
                what: "{0}이(가) {1}에서 {2}(으)로 옮겨져 상태 파일이 이를 따라갑니다.",
                why: "Terraform 공급자는 상태 파일에 적힌 노드에서만 컨테이너를 찾으므로, 없어진 것으로 여기게 됩니다.",
                remedy: "할 일이 없습니다. 컨테이너는 건드리지 않습니다.")),
        SentenceEntry(
            "plan.followFirst",
            english: SentenceText(
                what: "{0} moved from {1} to {2}: the state follows it first, and the next plan removes it.",
                why:
                    "Terraform's provider looks for a container where the state says that it is, and could not destroy it.",
                remedy: "Apply this, then plan again."),
            korean: SentenceText(
                what: "{0}이(가) {1}에서 {2}(으)로 옮겨졌습니다. 먼저 상태 파일이 따라가고, 다음 계획에서 삭제합니다.",
                why: "Terraform 공급자는 상태 파일에 적힌 노드에서만 컨테이너를 찾으므로 삭제할 수 없습니다.",
                remedy: "이 계획을 적용한 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "plan.untaint",
            english: SentenceText(
                what: "Terraform's mark of a half-finished creation is taken off {0}.",
                why: "Its guest is there and bears the right mark, so it need not be made again.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}에서 생성이 중단되었다는 Terraform의 표시를 지웁니다.",
                why: "게스트가 있고 표식도 맞으므로 다시 만들 필요가 없습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.move",
            english: SentenceText(
                what: "{0} moves from the state of stack {1} to that of {2}.",
                why: "The cluster's division into stacks puts it there; the guest is not touched.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}을(를) 스택 {1}의 상태에서 {2}의 상태로 옮깁니다.",
                why: "클러스터의 스택 구분에 따른 것이며, 게스트는 건드리지 않습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.forgetGone",
            english: SentenceText(
                what: "The state of stack {1} lets go of {0}.",
                why: "Its guest is gone, as enough inventories have shown.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "스택 {1}의 상태에서 {0}을(를) 제거합니다.",
                why: "여러 인벤토리에서 게스트가 없음이 확인되었습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.forgetKept",
            english: SentenceText(
                what: "Plumb lets go of {0}; guest {1} stays.",
                why: "Its document was removed, and `onRemove: forget` was in force at the last apply.",
                remedy: "Delete the guest by hand when it is no longer needed."),
            korean: SentenceText(
                what: "Plumb이 {0}의 관리를 그만두며, 게스트 {1}은(는) 남습니다.",
                why: "문서가 삭제되었고, 마지막 적용 때 `onRemove: forget`이었습니다.",
                remedy: "더 필요 없으면 게스트를 직접 지우십시오.")),
        SentenceEntry(
            "plan.release",
            english: SentenceText(
                what: "Terraform's state lets go of {0}; the guest stays.",
                why: "It is declared with `manage: observe` and still in the state.",
                remedy: "Approve it, or set `manage: full` again."),
            korean: SentenceText(
                what: "Terraform 상태에서 {0}을(를) 제거하며, 게스트는 남습니다.",
                why: "`manage: observe`로 선언되었으나 아직 상태에 있습니다.",
                remedy: "승인하거나 `manage: full`로 되돌리십시오.")),
        SentenceEntry(
            "plan.leftoverEntry",
            english: SentenceText(
                what: "The entry of {0} leaves the tfvars of stack {1}.",
                why: """
                    No declaration and no state stands behind it, and a Terraform run by hand would create a \
                    server from it.
                    """,
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "스택 {1}의 tfvars에서 {0} 항목을 제거합니다.",
                why: "선언도 상태도 없는 항목이며, Terraform을 직접 실행하면 서버가 만들어집니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.start",
            english: SentenceText(
                what: "{0} is started.",
                why: "`power: running` is declared, and it is stopped.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}을(를) 시작합니다.",
                why: "`power: running`으로 선언되었으나 중지되어 있습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.startOnce",
            english: SentenceText(
                what: "{0} is started, as its birth left it stopped.",
                why: "A new server is started once; then it is left alone.",
                remedy: "Declare `power: stopped` if it should not run."),
            korean: SentenceText(
                what: "생성 후 멈춰 있는 {0}을(를) 시작합니다.",
                why: "새 서버는 한 번 시작하고 그대로 둡니다.",
                remedy: "실행하지 않으려면 `power: stopped`를 선언하십시오.")),
        SentenceEntry(
            "plan.startOwed",
            english: SentenceText(
                what: "{0} is started again, because Plumb asked it to shut down.",
                why: """
                    That was for a restart or a rebuild, after which it was to run, or for a removal that did not \
                    come about; it has not run anew since. What has begun is finished, so that no pause, no window \
                    and no `apply: manual` holds it for three days.
                    """,
                remedy: "Declare `power: stopped` if it should not run, or let its removal go on."),
            korean: SentenceText(
                what: "Plumb이 종료를 요청했던 {0}을(를) 다시 시작합니다.",
                why: """
                    다시 실행되어야 하는 재시작이나 재구축, 또는 이루어지지 않은 삭제를 위한 종료였는데, 그 뒤로 새로 시작된 적이 없습니다. \
                    시작한 일은 끝내므로 사흘 동안은 일시 중지, 시간대, `apply: manual`이 막지 않습니다.
                    """,
                remedy: "실행하지 않으려면 `power: stopped`를 선언하거나 삭제를 진행하십시오.")),
        SentenceEntry(
            "plan.stop",
            english: SentenceText(
                what: "{0} is shut down cleanly.",
                why: "`power: stopped` is declared, and it runs.",
                remedy: "Declare `power: running` or leave it out if it should run."),
            korean: SentenceText(
                what: "{0}을(를) 정상 종료합니다.",
                why: "`power: stopped`로 선언되었으나 실행 중입니다.",
                remedy: "실행하려면 `power: running`으로 바꾸거나 지우십시오.")),
        SentenceEntry(
            "plan.repairEntry",
            english: SentenceText(
                what: "The entry of {0} in the tfvars of stack {1} is written anew.",
                why: "It says something else than what the guest is and should be; the guest is not touched.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "스택 {1}의 tfvars에 있는 {0} 항목을 다시 씁니다.",
                why: "항목이 게스트의 현재 및 선언된 값과 다릅니다. 게스트는 건드리지 않습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.repairMoved",
            english: SentenceText(
                what: "{0} moved from {1} to {2}, and its entry in the tfvars of stack {3} follows.",
                why: "Somebody, or high availability, migrated the guest; it is not touched.",
                remedy: "Nothing to do. `plumb drift` says who moved it."),
            korean: SentenceText(
                what: "{0}이(가) {1}에서 {2}(으)로 옮겨져 스택 {3}의 tfvars 항목을 그에 맞춥니다.",
                why: "누군가 또는 고가용성 기능이 게스트를 옮겼습니다. 게스트는 건드리지 않습니다.",
                remedy: "할 일이 없습니다. 누가 옮겼는지는 `plumb drift`로 볼 수 있습니다.")),
        SentenceEntry(
            "plan.record",
            english: SentenceText(
                what: "{0} gets a row in the registry.",
                why: "It exists and was not recorded.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}을(를) 레지스트리에 기록합니다.",
                why: "존재하지만 기록되어 있지 않습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.recordChange",
            english: SentenceText(
                what: "The registry's row of {0} is brought up to date.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}의 레지스트리 기록을 갱신합니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.retireGone",
            english: SentenceText(
                what: "The registry's row of {0} is retired.",
                why: "It is neither declared nor in a state, and its guest is gone.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}의 레지스트리 기록을 정리합니다.",
                why: "선언도 상태도 없고 게스트도 없습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.retireUndeclared",
            english: SentenceText(
                what: "The registry's row of {0} is retired; its guest is left alone.",
                why: "It is no longer declared, and was only observed, is to be forgotten, or does not bear its mark.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}의 레지스트리 기록을 정리하며, 게스트는 그대로 둡니다.",
                why: "더 이상 선언되지 않았고, 관찰만 했거나 잊기로 했거나 표식이 없습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.register",
            english: SentenceText(
                what: "{0} is registered.",
                why: "It is declared and not registered yet.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}을(를) 등록합니다.",
                why: "선언되었으나 아직 등록되지 않았습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.reregister",
            english: SentenceText(
                what: "The registration of {0} is changed.",
                why: "Its declaration changed.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}의 등록 내용을 바꿉니다.",
                why: "선언이 바뀌었습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.unregister",
            english: SentenceText(
                what: "{0} is unregistered.",
                why: "Its document was removed.",
                remedy: "Put the document back if that was a mistake."),
            korean: SentenceText(
                what: "{0}의 등록을 해제합니다.",
                why: "문서가 삭제되었습니다.",
                remedy: "실수였다면 문서를 되돌리십시오.")),
    ]
}
