extension Catalogue {
    /// What can be said while a plan is carried out.
    package static let execution: [SentenceEntry] = [
        SentenceEntry(
            "execution.cancelled",
            english: SentenceText(
                what: "Not started: the run was asked to stop.",
                remedy: "Run `plumb apply` again; nothing was left half done."),
            korean: SentenceText(
                what: "시작하지 않았습니다: 실행 중지가 요청되었습니다.", remedy: "`plumb apply`를 다시 실행하십시오. 중간에 멈춘 작업은 없습니다.")),
        SentenceEntry(
            "execution.powerCut",
            english: SentenceText(
                what: "It is not on record whether this was done: the run was cut off.",
                why: "A start or a stop is one call to Proxmox, and its end was not written down any more.",
                remedy: "Proxmox's task log says it, and `plumb plan` what is left to do."),
            korean: SentenceText(
                what: "실행이 중단되어 이 단계가 수행되었는지 기록이 없습니다.",
                why: "시작과 정지는 Proxmox 호출 한 번이며, 그 결과를 더는 기록하지 못했습니다.",
                remedy: "Proxmox 작업 기록에서 확인하고, 남은 일은 `plumb plan`으로 확인하십시오.")),
        SentenceEntry(
            "execution.runCut",
            english: SentenceText(
                what: "Not started: the run was cut off before it.",
                why: "A yes to what takes a guest down or ends it is for one run, and is spent with it.",
                remedy: "Look at `plumb plan`, and approve it again if it is to be done."),
            korean: SentenceText(
                what: "시작하지 않았습니다: 그 전에 실행이 끊겼습니다.",
                why: "게스트를 멈추거나 끝내는 작업의 승인은 한 번의 실행에만 유효하며 함께 소진됩니다.",
                remedy: "`plumb plan`을 확인하고, 여전히 필요하면 다시 승인하십시오.")),
        SentenceEntry(
            "execution.afterFailed",
            english: SentenceText(
                what: "Not tried: it comes after `{0}`, which did not succeed.",
                remedy: "Mend that step first, then apply again."),
            korean: SentenceText(
                what: "시도하지 않았습니다: 먼저 끝나야 하는 `{0}` 단계가 성공하지 못했습니다.", remedy: "그 단계를 먼저 해결한 뒤 다시 적용하십시오.")),
        SentenceEntry(
            "execution.afterMissing",
            english: SentenceText(
                what: "Not done: it rests on the step `{0}`, which is not in this plan.",
                why: "That step is needed by now and nobody was shown it, so that it does not run.",
                remedy: "Plan again: `plumb plan` shows both steps, and `plumb apply` carries both out."),
            korean: SentenceText(
                what: "하지 않았습니다: 이 단계가 의존하는 `{0}` 단계가 이 계획에 없습니다.",
                why: "그 단계는 이제 필요하지만 아무에게도 보여 준 적이 없어 실행하지 않습니다.",
                remedy: "다시 계획하십시오. `plumb plan`은 두 단계를 모두 보여 주고 `plumb apply`는 모두 실행합니다.")),
        SentenceEntry(
            "execution.erroredState",
            english: SentenceText(
                what: "Stack {0} has an errored.tfstate.",
                why:
                    "Terraform could not write its state at the end of a run, and what it did then is only in that file.",
                remedy:
                    "`plumb recover` shows it; `plumb recover --errored-state push` makes it the state, `aside` keeps the present one."
            ),
            korean: SentenceText(
                what: "스택 {0}에 errored.tfstate가 있습니다.", why: "Terraform이 실행을 마칠 때 상태를 저장하지 못해 그 내용이 이 파일에만 있습니다.",
                remedy:
                    "`plumb recover`로 확인하십시오. `plumb recover --errored-state push`는 그것을 상태로 삼고, `aside`는 지금 상태를 유지합니다."
            )),
        SentenceEntry(
            "execution.powerMoved",
            english: SentenceText(
                what: "Guest {0} was started, stopped or migrated while its end waited for its turn.",
                why:
                    "A guest is ended as the plan found it, so that its power is taken cleanly and given back if it stays.",
                remedy: "Plan again."),
            korean: SentenceText(
                what: "게스트 {0}이(가) 삭제 순서를 기다리는 동안 시작, 중지 또는 이동되었습니다.",
                why: "게스트는 계획이 본 그대로일 때만 종료하므로, 전원을 정상적으로 내리고 남게 되면 되돌릴 수 있습니다.",
                remedy: "다시 계획하십시오.")),
        SentenceEntry(
            "execution.adoptionChanges",
            english: SentenceText(
                what: "{0} was not taken over: Terraform would change more than was announced: {1}.",
                why: "A guest is taken in only where the plan provably does no more than the YAML says.",
                remedy:
                    "Neither the guest nor the state was touched. Take nothing off the guest for this: what the YAML has a field for, declare as the guest has it. The rest set on the guest as Terraform wants it, or declare `manage: observe`."
            ),
            korean: SentenceText(
                what: "{0}을(를) 넘겨받지 않았습니다. Terraform이 예고한 것보다 많이 바꾸려 합니다: {1}.",
                why: "계획이 YAML에 적힌 것만 바꾼다고 확인될 때만 게스트를 넘겨받습니다.",
                remedy:
                    "게스트와 상태는 그대로입니다. 이 때문에 게스트에서 무엇도 떼어 내지 마십시오. YAML에 필드가 있는 것은 게스트의 값대로 선언하고, 나머지는 게스트에서 Terraform이 원하는 값으로 맞추거나 `manage: observe`로 선언하십시오."
            )),
        SentenceEntry(
            "execution.guestGone",
            english: SentenceText(
                what: "Guest {0} is no longer in cluster {1}.", why: "It was there when the plan was made.",
                remedy: "Plan again to see what that means."),
            korean: SentenceText(
                what: "게스트 {0}이(가) 클러스터 {1}에 더 이상 없습니다.", why: "계획을 세울 때는 있었습니다.", remedy: "다시 계획해 결과를 확인하십시오.")),
        SentenceEntry(
            "execution.guestNotRead",
            english: SentenceText(
                what: "The configuration of guest {0} could not be read.",
                why: "Whose guest it is shows only there, so nothing was written down of it and nothing was started.",
                remedy: "Plan again when its node answers."),
            korean: SentenceText(
                what: "게스트 {0}의 구성을 읽을 수 없습니다.", why: "누구의 게스트인지는 구성에만 나타나므로 아무것도 기록하거나 시작하지 않았습니다.",
                remedy: "노드가 응답하면 다시 계획하십시오.")),
        SentenceEntry(
            "execution.guestIsAnother",
            english: SentenceText(
                what: "VMID {0} is now another guest, `{1}`.",
                why: "It is of another type than the one that was planned for, or a template.",
                remedy: "Nothing was done to it. Plan again, and free the VMID or declare another."),
            korean: SentenceText(
                what: "VMID {0}은(는) 이제 다른 게스트 `{1}`입니다.", why: "계획한 것과 종류가 다르거나 템플릿입니다.",
                remedy: "아무것도 하지 않았습니다. 다시 계획하고 VMID를 비우거나 다른 것을 선언하십시오.")),
        SentenceEntry(
            "execution.markMoved",
            english: SentenceText(
                what: "Guest {0} does not bear the mark that was planned for: expected `{1}`, found `{2}`.",
                why: "Its description was edited, or it is another guest.",
                remedy:
                    "Nothing was done to it. If it is yours, put the mark back as the description's last line and plan again."
            ),
            korean: SentenceText(
                what: "게스트 {0}에 계획한 표식이 없습니다: `{1}`이어야 하는데 `{2}`입니다.", why: "설명이 수정되었거나 다른 게스트입니다.",
                remedy: "아무것도 하지 않았습니다. 맞는 게스트라면 설명의 마지막 줄에 표식을 되돌리고 다시 계획하십시오.")),
        SentenceEntry(
            "execution.vmidTaken",
            english: SentenceText(
                what: "VMID {0} was taken meanwhile by `{1}` on node {2}.",
                why: "Creating there would take that guest over.",
                remedy: "Nothing was done to it. Plan again for a free VMID, or adopt the guest."),
            korean: SentenceText(
                what: "그 사이 VMID {0}을(를) 노드 {2}의 `{1}`이(가) 차지했습니다.", why: "여기에 만들면 그 게스트를 빼앗게 됩니다.",
                remedy: "아무것도 하지 않았습니다. 빈 VMID로 다시 계획하거나 그 게스트를 adopt 하십시오.")),
        SentenceEntry(
            "execution.madeMeanwhile",
            english: SentenceText(
                what: "{0} was made meanwhile: guest {1} bears its mark.",
                why: "Another run of Plumb carried out the same step first.",
                remedy: "Nothing was done to it. Plan again: the plan finds it as it is."),
            korean: SentenceText(
                what: "그 사이 {0}이(가) 만들어졌습니다. 게스트 {1}에 그 표식이 있습니다.", why: "다른 Plumb 실행이 같은 단계를 먼저 마쳤습니다.",
                remedy: "아무것도 하지 않았습니다. 다시 계획하면 있는 그대로 찾습니다.")),
        SentenceEntry(
            "execution.doneMeanwhile",
            english: SentenceText(
                what: "{0} is as it should be already: guest {1} was changed meanwhile.",
                why: "Another run of Plumb, or somebody, was first.",
                remedy: "Nothing was done to it. Plan again: the plan finds it as it is."),
            korean: SentenceText(
                what: "{0}은(는) 이미 원하는 상태입니다. 그 사이 게스트 {1}이(가) 변경되었습니다.",
                why: "다른 Plumb 실행이나 다른 사람이 먼저 변경했습니다.",
                remedy: "아무것도 하지 않았습니다. 다시 계획하면 있는 그대로 찾습니다.")),
        SentenceEntry(
            "execution.protectedAtShutdown",
            english: SentenceText(
                what: "Guest {0} was protected while it was being shut down for its end.",
                why: "Proxmox would refuse to destroy it, and whoever protected it meant it to stay.",
                remedy: "It was not destroyed; if Plumb stopped it, it was started again. Plan again."),
            korean: SentenceText(
                what: "지우려고 종료하는 동안 게스트 {0}에 보호가 설정되었습니다.",
                why: "Proxmox가 삭제를 거부할 것이고, 보호한 사람은 남기려는 것입니다.",
                remedy: "지우지 않았습니다. Plumb이 멈췄다면 다시 켰습니다. 다시 계획하십시오.")),
        SentenceEntry(
            "execution.lockedAtShutdown",
            english: SentenceText(
                what: "Guest {0} was locked while it was being shut down for its end: {1}.",
                why: "Proxmox is at work on it.",
                remedy: "It was not destroyed. Wait for the task, then apply again."),
            korean: SentenceText(
                what: "지우려고 종료하는 동안 게스트 {0}이(가) 잠겼습니다: {1}.", why: "Proxmox가 작업 중입니다.",
                remedy: "지우지 않았습니다. 작업이 끝난 뒤 다시 적용하십시오.")),
        SentenceEntry(
            "execution.changedAtShutdown",
            english: SentenceText(
                what: "Guest {0} is not the one that was planned for any more since it was shut down for its end.",
                why: "A shutdown can take minutes, in which somebody took its mark off or put another guest there.",
                remedy: "It was not destroyed; if Plumb stopped it, it was started again. Plan again."),
            korean: SentenceText(
                what: "게스트 {0}은(는) 지우려고 종료한 뒤로 더 이상 계획했던 게스트가 아닙니다.",
                why: "종료에는 몇 분이 걸릴 수 있고, 그 사이 누군가 표식을 떼거나 다른 게스트를 두었을 수 있습니다.",
                remedy: "지우지 않았습니다. Plumb이 멈췄다면 다시 켰습니다. 다시 계획하십시오.")),
        SentenceEntry(
            "execution.cannotProveFree",
            english: SentenceText(
                what: "VMID {0} cannot be proven free.", why: "The cluster has no quorum, or nodes do not answer: {1}.",
                remedy:
                    "Bring the nodes back, then apply again; one that was taken out for good goes into `spec.removedNodes` of the Cluster."
            ),
            korean: SentenceText(
                what: "VMID {0}이(가) 비어 있음을 확인할 수 없습니다.", why: "쿼럼이 없거나 응답하지 않는 노드가 있습니다: {1}.",
                remedy: "노드를 복구한 뒤 다시 적용하십시오. 완전히 제거한 노드라면 Cluster의 `spec.removedNodes`에 적으십시오.")),
        SentenceEntry(
            "execution.markExists",
            english: SentenceText(
                what: "A guest with the mark `{0}` exists already: VMID {1}.", why: "An earlier run made it.",
                remedy: "Plan again: it will be adopted instead of made twice."),
            korean: SentenceText(
                what: "표식 `{0}`을(를) 가진 게스트가 이미 있습니다: VMID {1}.", why: "이전 실행이 만들었습니다.",
                remedy: "다시 계획하면 두 번 만들지 않고 adopt 합니다.")),
        SentenceEntry(
            "execution.locked",
            english: SentenceText(
                what: "Guest {0} is locked by Proxmox (`{1}`).", why: "A backup, migration or clone works on it.",
                remedy: "Wait until that task has ended, then apply again."),
            korean: SentenceText(
                what: "게스트 {0}이(가) Proxmox에 의해 잠겨 있습니다(`{1}`).", why: "백업, 이동 또는 복제 작업 중입니다.",
                remedy: "작업이 끝난 뒤 다시 적용하십시오.")),
        SentenceEntry(
            "execution.protected",
            english: SentenceText(
                what: "Guest {0} is protected in Proxmox, or its protection could not be read.",
                remedy: "It stays. Take the protection off in Proxmox if it is really to be destroyed."),
            korean: SentenceText(
                what: "게스트 {0}은(는) Proxmox에서 보호되어 있거나 보호 여부를 읽을 수 없습니다.",
                remedy: "그대로 둡니다. 정말 삭제하려면 Proxmox에서 보호를 해제하십시오.")),
        SentenceEntry(
            "execution.planFailed",
            english: SentenceText(
                what: "Terraform could not plan {0}.", why: "It gave no reason that names the server.",
                remedy: "Run `plumb terraform STACK -- plan` to see all of its words."),
            korean: SentenceText(
                what: "Terraform이 {0}을(를) 계획하지 못했습니다.", why: "서버를 가리키는 이유가 없었습니다.",
                remedy: "`plumb terraform STACK -- plan`으로 전체 출력을 확인하십시오.")),
        SentenceEntry(
            "execution.noEvent",
            english: SentenceText(
                what: "Terraform ended without a word on {0}.",
                why: "Neither its completion nor an error was reported.",
                remedy: "Plan again: what is there now decides what is still to do."),
            korean: SentenceText(
                what: "Terraform이 {0}에 대해 아무 말 없이 끝났습니다.", why: "완료도 오류도 보고되지 않았습니다.",
                remedy: "다시 계획하십시오. 현재 상태에 따라 남은 일이 정해집니다.")),
        SentenceEntry(
            "execution.strangerInState",
            english: SentenceText(
                what: "VMID {0} turned out to be a guest of somebody else, `{1}`.",
                why: "It appeared while Terraform ran, and the provider took it for the new one.",
                remedy: "It was let go of at once and not changed further. Plan again for another VMID."),
            korean: SentenceText(
                what: "VMID {0}은(는) 다른 사람의 게스트 `{1}`이었습니다.", why: "Terraform 실행 중에 나타나 공급자가 새 게스트로 여겼습니다.",
                remedy: "즉시 놓아주었고 더 바꾸지 않았습니다. 다른 VMID로 다시 계획하십시오.")),
        SentenceEntry(
            "execution.cannotProveGone",
            english: SentenceText(
                what: "Guest {0} is not listed, but not every node answers.", why: "Its absence cannot be proven.",
                remedy:
                    "Its entry and record stay. Bring the nodes back, then plan again; one that was taken out for good goes into `spec.removedNodes` of the Cluster."
            ),
            korean: SentenceText(
                what: "게스트 {0}이(가) 목록에 없지만 응답하지 않는 노드가 있습니다.", why: "없어졌다고 확인할 수 없습니다.",
                remedy:
                    "항목과 기록을 남겨 둡니다. 노드를 복구한 뒤 다시 계획하십시오. 완전히 제거한 노드라면 Cluster의 `spec.removedNodes`에 적으십시오.")),
        SentenceEntry(
            "execution.neitherGoneNorStarted",
            english: SentenceText(
                what: "{0} (guest {1}) was shut down to be destroyed, was not, and does not start again: {2}",
                why: "What kept it from being destroyed: {3}",
                remedy: "It is off. Mend what is named; start it in Proxmox if it must run until the next apply."),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 지우려고 종료했으나 지우지 못했고, 다시 시작되지도 않습니다: {2}",
                why: "지우지 못한 이유: {3}",
                remedy: "꺼져 있습니다. 원인을 해결하십시오. 다음 적용까지 실행되어야 하면 Proxmox에서 시작하십시오.")),
        SentenceEntry(
            "execution.emptyListing",
            english: SentenceText(
                what: "Guest {0} is not listed, and neither is any other guest.",
                why: "An empty list proves nothing where no task tells of an end.",
                remedy: "Its entry and record stay. Look at the cluster and the token's rights, then plan again."),
            korean: SentenceText(
                what: "게스트 {0}이(가) 목록에 없고, 다른 게스트도 하나도 없습니다.",
                why: "삭제 작업의 기록이 없으면 빈 목록은 아무것도 증명하지 않습니다.",
                remedy: "항목과 기록을 남겨 둡니다. 클러스터와 토큰의 권한을 확인한 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "execution.emptyListingAtBirth",
            english: SentenceText(
                what: "VMID {0} is not taken for free: no guest is listed at all, not even {1}.",
                why: "An empty list is what a token without rights gets, and a cluster that starts up gives.",
                remedy: "Nothing was made. Look at the cluster and the token's rights, then apply again."),
            korean: SentenceText(
                what: "VMID {0}이(가) 비어 있다고 보지 않습니다: {1}을(를) 포함해 게스트가 하나도 보이지 않습니다.",
                why: "권한 없는 토큰이나 시작 중인 클러스터도 빈 목록을 돌려줍니다.",
                remedy: "아무것도 만들지 않았습니다. 클러스터와 토큰의 권한을 확인한 뒤 다시 적용하십시오.")),
        SentenceEntry(
            "execution.unsettled",
            english: SentenceText(
                what: "What Terraform did of {0} cannot be settled yet: {1}",
                why: "Terraform's own words: {2}",
                remedy:
                    "Its batch stays open and nothing else begins in its stack until `plumb recover` has settled it."),
            korean: SentenceText(
                what: "Terraform이 {0}에 한 일을 아직 확정할 수 없습니다: {1}", why: "Terraform의 말: {2}",
                remedy: "`plumb recover`가 확정할 때까지 배치는 열려 있고 이 스택에서 다른 일은 시작되지 않습니다.")),
        SentenceEntry(
            "execution.stepStale",
            english: SentenceText(
                what: "Not done: what it relied on moved: {0}.",
                why: "The approved plan no longer says what would happen.",
                remedy: "Look at a fresh plan and approve that."),
            korean: SentenceText(
                what: "하지 않았습니다: 근거가 바뀌었습니다: {0}.", why: "승인된 계획이 더 이상 실제와 같지 않습니다.",
                remedy: "새 계획을 확인하고 승인하십시오.")),
    ]
}
