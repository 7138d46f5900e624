extension Catalogue {
    /// What can be said about work that an earlier process left.
    package static let recovery: [SentenceEntry] = [
        SentenceEntry(
            "recovery.interrupted",
            english: SentenceText(
                what: "Plumb ended before this was done.",
                why:
                    "It was killed, or the machine went down; what it had begun was looked at again and undone where it had no effect.",
                remedy: "Run `plumb apply` again: it plans anew from what is there."),
            korean: SentenceText(
                what: "이 작업을 마치기 전에 Plumb이 종료되었습니다.",
                why: "강제 종료되었거나 장비가 꺼졌습니다. 시작했던 일을 다시 확인했고 반영되지 않은 것은 되돌렸습니다.",
                remedy: "`plumb apply`를 다시 실행하면 현재 상태에서 새로 계획합니다.")),
        SentenceEntry(
            "recovery.clusterAccepted",
            english: SentenceText(
                what: "Whichever cluster answers next for {0} is taken for the right one.",
                why: "You said so; which one answered before is forgotten.",
                remedy: "Look at `plumb plan` before you apply anything."),
            korean: SentenceText(
                what: "다음에 {0}(으)로 응답하는 클러스터를 올바른 클러스터로 여깁니다.",
                why: "그렇게 지시했습니다. 이전에 응답하던 클러스터는 잊습니다.",
                remedy: "적용하기 전에 `plumb plan`을 확인하십시오.")),
        SentenceEntry(
            "recovery.whichCluster",
            english: SentenceText(
                what: "There is no cluster {0}.", why: "These are declared: {1}.",
                remedy: "Name one of them, as its document does."),
            korean: SentenceText(
                what: "{0} 클러스터가 없습니다.", why: "선언된 클러스터: {1}.",
                remedy: "문서에 적힌 이름 중 하나를 지정하십시오.")),
        SentenceEntry(
            "recovery.endedBetween",
            english: SentenceText(what: "Plumb ended in between.", remedy: ""),
            korean: SentenceText(what: "그 사이에 Plumb이 종료되었습니다.", remedy: "")),
        SentenceEntry(
            "recovery.atWork",
            english: SentenceText(
                what:
                    "Another Plumb, process {1}, works on stack {2} since {5}: {3}, {4} {4|server|servers} (batch {0}).",
                why: "It is alive, so nothing is to be recovered, and two never work on one stack at a time.",
                remedy: "Wait until it has ended, or have it end after what is in hand (`kill {1}`), then look again."),
            korean: SentenceText(
                what: "다른 Plumb(프로세스 {1})이 {5}부터 스택 {2}에서 작업 중입니다: {3}, 서버 {4}개(배치 {0}).",
                why: "살아 있으므로 복구할 것이 없으며, 한 스택에서 둘이 동시에 작업하지 않습니다.",
                remedy: "끝날 때까지 기다리거나 진행 중인 일까지만 하고 끝내게 한(`kill {1}`) 뒤 다시 확인하십시오.")),
        SentenceEntry(
            "recovery.taskRuns",
            english: SentenceText(
                what: "Task {0} of guest {1} still runs ({2}).",
                why: "What the batch came to can only be said when it has ended.",
                remedy: "Look again with `plumb recover` when Proxmox shows the task as ended."),
            korean: SentenceText(
                what: "게스트 {1}의 작업 {0}이(가) 아직 실행 중입니다({2}).", why: "작업이 끝나야 배치의 결과를 알 수 있습니다.",
                remedy: "Proxmox에서 작업이 끝나면 `plumb recover`로 다시 확인하십시오.")),
        SentenceEntry(
            "recovery.unreadable",
            english: SentenceText(
                what: "What this step was about to do is not in the journal any more.",
                why: "Another version of Plumb wrote it.",
                remedy: "Nothing was done about it. Plan again: the plan shows what is there."),
            korean: SentenceText(
                what: "이 단계가 하려던 일이 저널에 남아 있지 않습니다.", why: "다른 버전의 Plumb이 기록했습니다.",
                remedy: "아무것도 하지 않았습니다. 다시 계획하면 현재 상태가 보입니다.")),
        SentenceEntry(
            "execution.openBatch",
            english: SentenceText(
                what: "Stack {0} has a batch that was begun and not ended ({1}).",
                why: "Until it is known what came of it, nothing else may begin there.",
                remedy: "Run `plumb recover` to see what it waits for."),
            korean: SentenceText(
                what: "스택 {0}에 시작되었으나 끝나지 않은 배치({1})가 있습니다.", why: "결과를 알기 전에는 이 스택에서 다른 작업을 시작하지 않습니다.",
                remedy: "`plumb recover`를 실행해 무엇을 기다리는지 확인하십시오.")),
        SentenceEntry(
            "recovery.began",
            english: SentenceText(
                what: "Recovering: batch {0} of stack {1} ({2}, {3} {3|server|servers}, begun {4}) was not ended.",
                remedy: ""),
            korean: SentenceText(
                what: "복구 중: 스택 {1}의 배치 {0}({2}, 서버 {3}개, {4} 시작)이(가) 끝나지 않았습니다.", remedy: "")),
        SentenceEntry(
            "recovery.waiting",
            english: SentenceText(
                what: "Its Terraform still runs by itself (process {0}, events in {1}); it is waited for.", remedy: ""),
            korean: SentenceText(
                what: "그 Terraform이 아직 스스로 실행 중이므로(프로세스 {0}, 이벤트 {1}) 기다립니다.", remedy: "")),
        SentenceEntry(
            "recovery.closed",
            english: SentenceText(what: "Batch {0}: {1} of {2} {2|step was|steps were} done.", remedy: ""),
            korean: SentenceText(what: "배치 {0}: 단계 {2}개 중 {1}개가 완료되었습니다.", remedy: "")),
        SentenceEntry(
            "recovery.stillOpen",
            english: SentenceText(
                what: "Batch {0} stays open, and nothing else is begun in stack {1} meanwhile.", remedy: ""),
            korean: SentenceText(what: "배치 {0}은(는) 열려 있으며, 그동안 스택 {1}에서는 다른 작업을 시작하지 않습니다.", remedy: "")),
        SentenceEntry(
            "recovery.pending",
            english: SentenceText(
                what: "Recovering: batch {0} of stack {1} ({2}, begun {3}) was not ended.",
                why: "What is shown of that stack may still change.",
                remedy: "The next `plumb apply` or `plumb recover` finds out what came of it."),
            korean: SentenceText(
                what: "복구 대기: 스택 {1}의 배치 {0}({2}, {3} 시작)이(가) 끝나지 않았습니다.", why: "이 스택에 대해 보이는 내용은 바뀔 수 있습니다.",
                remedy: "다음 `plumb apply`나 `plumb recover`가 결과를 확인합니다.")),
        SentenceEntry(
            "recovery.erroredState",
            english: SentenceText(
                what:
                    "Stack {0} has an errored.tfstate with serial {2}; its state has serial {3}. Only the file has: {4}. Only the state has: {5}.",
                why: "Terraform could not write its state at the end of a run, and what it did then is only in {1}.",
                remedy:
                    "Where the file has the higher serial, `plumb recover --errored-state push` makes it the state; `--errored-state aside` keeps the state as it is."
            ),
            korean: SentenceText(
                what:
                    "스택 {0}에 serial {2}인 errored.tfstate가 있습니다. 상태의 serial은 {3}입니다. 파일에만 있음: {4}. 상태에만 있음: {5}.",
                why: "Terraform이 실행을 마칠 때 상태를 저장하지 못해 그 내용이 {1}에만 있습니다.",
                remedy:
                    "파일의 serial이 더 크면 `plumb recover --errored-state push`로 상태에 반영하고, 상태를 그대로 두려면 `--errored-state aside`를 쓰십시오."
            )
        ),
        SentenceEntry(
            "recovery.undeclaredStack",
            english: SentenceText(
                what: """
                    Stack {0} is on disk in {1}, and its cluster is not declared. Servers in its state: {2}; servers on \
                    record in it: {3}.
                    """,
                why: "Only stacks of declared clusters are opened: in this one nothing is mended, decided or changed.",
                remedy: """
                    If the cluster is still there, declare it again and run `plumb recover`. If it is gone for good and no \
                    server is on record, move the directory away.
                    """),
            korean: SentenceText(
                what: "스택 {0}이(가) 디스크의 {1}에 있으나 클러스터가 선언되어 있지 않습니다. 상태의 서버: {2}, 기록된 서버: {3}.",
                why: "선언된 클러스터의 스택만 열므로 이 스택에서는 아무것도 고치거나 결정하거나 바꾸지 않습니다.",
                remedy: """
                    클러스터가 아직 있다면 다시 선언하고 `plumb recover`를 실행하십시오. 영영 없어졌고 기록된 서버도 없다면 \
                    디렉터리를 다른 곳으로 옮기십시오.
                    """)),
        SentenceEntry(
            "recovery.whichErroredState",
            english: SentenceText(
                what: "Exactly one errored.tfstate must be meant; these stacks have one: {0}.",
                remedy: "Name the stack with --stack CLUSTER/STACK."),
            korean: SentenceText(
                what: "errored.tfstate를 하나만 지정해야 합니다. 해당 스택: {0}.", remedy: "--stack CLUSTER/STACK으로 지정하십시오.")),
        SentenceEntry(
            "recovery.pushed",
            english: SentenceText(
                what: "The errored.tfstate of stack {0} is its state now; the file is kept as {1}.", remedy: ""),
            korean: SentenceText(
                what: "스택 {0}의 errored.tfstate를 상태에 반영했고 파일은 {1}(으)로 보관했습니다.", remedy: "")),
        SentenceEntry(
            "recovery.setAside",
            english: SentenceText(
                what: "The state of stack {0} stays as it is; its errored.tfstate is kept as {1}.", remedy: ""),
            korean: SentenceText(
                what: "스택 {0}의 상태는 그대로이며 errored.tfstate는 {1}(으)로 보관했습니다.", remedy: "")),
        SentenceEntry(
            "recovery.accepted",
            english: SentenceText(
                what: "The state of stack {0} with serial {1} holds from now on; serial {2} was seen before.",
                remedy: "Run `plumb plan`: it shows what this state lost."),
            korean: SentenceText(
                what: "이제부터 스택 {0}의 일련번호 {1} 상태를 기준으로 합니다. 전에는 일련번호 {2}였습니다.",
                remedy: "`plumb plan`을 실행하면 이 상태가 잃은 것이 보입니다.")),
        SentenceEntry(
            "recovery.whichState",
            english: SentenceText(
                what: "The state of {0} needs no acceptance.",
                why: "It is the one that was seen there, or one that came of it, or there is no such stack.",
                remedy: "Stacks whose state went back or is another one: {1}"),
            korean: SentenceText(
                what: "{0}의 상태는 받아들일 필요가 없습니다.",
                why: "전에 본 상태이거나 거기서 이어진 상태이거나, 그런 스택이 없습니다.",
                remedy: "되돌아갔거나 다른 것으로 바뀐 상태의 스택: {1}")),
        SentenceEntry(
            "recovery.rebuilt",
            english: SentenceText(
                what: "The state of stack {0} begins anew and is empty; what was there is kept: {1}.",
                why:
                    "Its {2} {2|server is|servers are} known by the registry and by the marks of their guests, not by the state.",
                remedy:
                    "Run `plumb plan`: it takes over each server whose guest bears its mark, and says of the others why not."
            ),
            korean: SentenceText(
                what: "스택 {0}의 상태를 빈 상태로 새로 시작합니다. 있던 파일은 보관했습니다: {1}.",
                why: "서버 {2}개는 상태가 아니라 레지스트리와 게스트의 표식으로 알 수 있습니다.",
                remedy: "`plumb plan`을 실행하십시오. 표식이 있는 게스트는 다시 넘겨받고, 나머지는 이유를 알려 줍니다.")),
        SentenceEntry(
            "recovery.rebuiltUnrecorded",
            english: SentenceText(
                what: """
                    The state of stack {0} begins anew and is empty, and no server is on record in it; what was there is \
                    kept: {1}.
                    """,
                why: "What an apply made there that was cut off is known by the marks of its guests, not by the state.",
                remedy:
                    "Run `plumb plan`: it takes over each server whose guest bears its mark, and says of the others why not."
            ),
            korean: SentenceText(
                what: "스택 {0}의 상태를 빈 상태로 새로 시작하며, 이 스택에 기록된 서버는 없습니다. 있던 파일은 보관했습니다: {1}.",
                why: "중단된 적용이 그곳에 만든 것은 상태가 아니라 게스트의 표식으로 알 수 있습니다.",
                remedy: "`plumb plan`을 실행하십시오. 표식이 있는 게스트는 다시 넘겨받고, 나머지는 이유를 알려 줍니다.")),
        SentenceEntry(
            "recovery.stateIsWhole",
            english: SentenceText(
                what: "The state of stack {0} can be read and has {1} {1|server|servers}; it is not begun anew.",
                why: "What a state says is worth more than what can be found out without it.",
                remedy: "If it is an old one, put the right one in its place, or let `plumb plan` say what differs."),
            korean: SentenceText(
                what: "스택 {0}의 상태를 읽을 수 있고 서버가 {1}개 있으므로 새로 시작하지 않습니다.",
                why: "상태에 적힌 내용이 상태 없이 알아낼 수 있는 것보다 믿을 만합니다.",
                remedy: "오래된 상태라면 올바른 것으로 바꾸거나 `plumb plan`으로 차이를 확인하십시오.")),
        SentenceEntry(
            "recovery.restored",
            english: SentenceText(
                what: """
                    The state of stack {0} is its backup with serial {1} now; serial {2} was seen last. What was there is \
                    kept: {3}. Servers of the registry that it lacks: {4}.
                    """,
                why: "Terraform keeps the state as it was before its last change.",
                remedy: """
                    Run `plumb plan`. Where the serial went back nothing is made or removed there until you say \
                    `plumb recover --accept-state {0}`.
                    """),
            korean: SentenceText(
                what: """
                    스택 {0}의 상태를 일련번호 {1}의 백업으로 되돌렸습니다. 마지막으로 본 일련번호는 {2}입니다. 있던 파일: {3}. \
                    레지스트리에 있으나 백업에 없는 서버: {4}.
                    """,
                why: "Terraform은 마지막 변경 전의 상태를 남겨 둡니다.",
                remedy: """
                    `plumb plan`을 실행하십시오. 일련번호가 되돌아갔다면 `plumb recover --accept-state {0}`을(를) 실행하기 전에는 \
                    아무것도 만들거나 지우지 않습니다.
                    """)),
        SentenceEntry(
            "recovery.noBackup",
            english: SentenceText(
                what: "There is no backup of the state of stack {0} that can be read and holds a server.",
                why:
                    "Terraform leaves one as terraform.tfstate.backup in the stack's directory when it changes a state.",
                remedy: """
                    Put a backup of your own in the place of terraform.tfstate, or begin the state anew with \
                    `plumb recover --rebuild-state {0}`.
                    """),
            korean: SentenceText(
                what: "스택 {0}의 상태에는 읽을 수 있고 서버가 들어 있는 백업이 없습니다.",
                why: "Terraform은 상태를 바꿀 때 스택 디렉터리에 terraform.tfstate.backup을 남깁니다.",
                remedy: """
                    따로 보관한 백업을 terraform.tfstate 자리에 두거나 `plumb recover --rebuild-state {0}`로 새로 시작하십시오.
                    """)),
        SentenceEntry(
            "recovery.backupOther",
            english: SentenceText(
                what: """
                    The backup of stack {0} is of another state: lineage {1}, serial {2}; lineage {3}, serial {4} was seen \
                    there last.
                    """,
                why: "What another state holds says nothing of these servers.",
                remedy: "Find the right file, or begin the state anew with `plumb recover --rebuild-state {0}`."),
            korean: SentenceText(
                what: "스택 {0}의 백업은 다른 상태입니다. 백업: 계보 {1}, 일련번호 {2}. 마지막으로 본 상태: 계보 {3}, 일련번호 {4}.",
                why: "다른 상태의 내용으로는 이 서버들에 대해 알 수 없습니다.",
                remedy: "올바른 파일을 찾거나 `plumb recover --rebuild-state {0}`로 새로 시작하십시오.")),
        SentenceEntry(
            "recovery.nothingToRebuild",
            english: SentenceText(
                what: "There is nothing to rebuild: no server is recorded in a stack {0}.",
                why: "A state is rebuilt from what the registry has of its stack.",
                remedy: "Name the stack as CLUSTER/STACK; `plumb doctor` shows whose state is lost."),
            korean: SentenceText(
                what: "다시 만들 것이 없습니다. 스택 {0}에 기록된 서버가 없습니다.",
                why: "상태는 레지스트리에 기록된 내용으로 다시 만듭니다.",
                remedy: "스택을 CLUSTER/STACK 형식으로 지정하십시오. 상태를 잃은 스택은 `plumb doctor`에 나옵니다.")),
        SentenceEntry(
            "recovery.nothing",
            english: SentenceText(what: "Nothing is open: every batch was ended.", remedy: ""),
            korean: SentenceText(what: "열린 작업이 없습니다. 모든 배치가 끝났습니다.", remedy: "")),
        SentenceEntry(
            "recovery.run",
            english: SentenceText(what: "Run {0} was interrupted; it is closed with what came of it.", remedy: ""),
            korean: SentenceText(what: "실행 {0}은(는) 중단되었으며, 결과와 함께 닫았습니다.", remedy: "")),
    ]
}
