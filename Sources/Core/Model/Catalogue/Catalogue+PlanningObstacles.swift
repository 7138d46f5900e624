extension Catalogue {
    /// Why a step may not run now.
    package static let planningObstacles: [SentenceEntry] = [
        SentenceEntry(
            "plan.dependencyCycle",
            english: SentenceText(
                what: "{0} cannot be created: these servers wait for each other: {1}.",
                remedy: "Remove one `dependsOn` among them."),
            korean: SentenceText(
                what: "{0}을(를) 만들 수 없습니다. 다음 서버들이 서로를 기다립니다: {1}.",
                remedy: "그중 하나의 `dependsOn`을 지우십시오.")),
        SentenceEntry(
            "plan.dependencyMissing",
            english: SentenceText(
                what: "{0} waits for {1}, which is not there.",
                why: "`dependsOn` names it, and this plan does not create it.",
                remedy: "See in this plan why {1} is not created."),
            korean: SentenceText(
                what: "{0}이(가) {1}을(를) 기다립니다.",
                why: "`dependsOn`에 있으나 이 계획에서 만들지 않습니다.",
                remedy: "이 계획에서 {1}을(를) 만들지 않는 이유를 확인하십시오.")),
        SentenceEntry(
            "plan.follows",
            english: SentenceText(
                what: "{0} waits for the step `{1}`.",
                why: "That step may not run now, and this one rests on it.",
                remedy: "See in this plan why it may not."),
            korean: SentenceText(
                what: "{0}은(는) `{1}` 단계를 기다립니다.",
                why: "그 단계가 지금 실행될 수 없고, 이 단계는 그 결과에 의존합니다.",
                remedy: "이 계획에서 그 이유를 확인하십시오.")),
        SentenceEntry(
            "plan.protected",
            english: SentenceText(
                what: "{0} is protected and will not be destroyed.",
                why: "`protect: true` was in force at the last apply, or the guest's protection is on.",
                remedy: "Put the document back, set `protect: false`, apply, and remove it then."),
            korean: SentenceText(
                what: "{0}은(는) 보호되어 있어 삭제하지 않습니다.",
                why: "마지막 적용 때 `protect: true`였거나 게스트의 보호가 켜져 있습니다.",
                remedy: "문서를 되돌리고 `protect: false`로 적용한 뒤 제거하십시오.")),
        SentenceEntry(
            "plan.unreadRole",
            english: SentenceText(
                what: "{0} is left as it is: its role {1} stands in no document that can be read.",
                why: "It had the role at its last apply, and this may be what the document with a mistake says: {2}.",
                remedy: "Mend the document."),
            korean: SentenceText(
                what: "{0}을(를) 그대로 둡니다. 역할 {1}이(가) 읽을 수 있는 문서에 없습니다.",
                why: "마지막 적용 때 이 역할이 있었고, 오류가 있는 문서에 있을 수 있습니다: {2}.",
                remedy: "문서를 고치십시오.")),
        SentenceEntry(
            "plan.unreadPolicy",
            english: SentenceText(
                what: "{0} waits for its policy {1}, which stands in no document that can be read.",
                why:
                    "It was over the server at its last apply, and may pause or forbid this. The document with a mistake is {2}.",
                remedy:
                    "Mend the document. If the policy was deleted on purpose, that counts once all documents can be read."
            ),
            korean: SentenceText(
                what: "{0}은(는) 정책 {1}을(를) 기다립니다. 읽을 수 있는 문서에 이 정책이 없습니다.",
                why: "마지막 적용 때 이 서버에 적용되던 정책으로, 이 작업을 멈추거나 금지할 수 있습니다. 오류가 있는 문서: {2}.",
                remedy: "문서를 고치십시오. 일부러 지운 정책이라면 모든 문서를 읽을 수 있을 때 반영됩니다.")),
        SentenceEntry(
            "plan.diskDetached",
            english: SentenceText(
                what: "{0} has lost its disk {1}, and nothing of it is changed.",
                why:
                    "Somebody detached the disk from guest {2} outside of Plumb. A new one in its place would be empty.",
                remedy:
                    "Attach the old volume again (`qm config {2}` shows it as `unused0` or the like). If it is given up, take the disk out of the YAML, apply, and declare it again."
            ),
            korean: SentenceText(
                what: "{0}의 디스크 {1}이(가) 없어져 이 서버를 변경하지 않습니다.",
                why: "누군가 Plumb 밖에서 게스트 {2}의 디스크를 분리했습니다. 그 자리에 새로 만들면 빈 디스크가 됩니다.",
                remedy:
                    "이전 볼륨을 다시 연결하십시오(`qm config {2}`에 `unused0` 등으로 보입니다). 포기한다면 YAML에서 그 디스크를 지우고 적용한 뒤 다시 선언하십시오."
            )),
        SentenceEntry(
            "plan.locked",
            english: SentenceText(
                what: "Guest {0} is locked: {1}.",
                why: "Proxmox is at work on it.",
                remedy: "Wait for the task; `qm unlock {0}` only if no task runs any more."),
            korean: SentenceText(
                what: "게스트 {0}이(가) 잠겨 있습니다: {1}.",
                why: "Proxmox가 작업 중입니다.",
                remedy: "작업이 끝나기를 기다리십시오. 실행 중인 작업이 없을 때만 `qm unlock {0}`을 쓰십시오.")),
        SentenceEntry(
            "plan.runningTask",
            english: SentenceText(
                what: "A task runs on guest {0}: {1} of {2}.",
                why: "The task is {3}.",
                remedy: "Wait for it to end."),
            korean: SentenceText(
                what: "게스트 {0}에서 {2}의 {1} 작업이 실행 중입니다.",
                why: "작업은 {3}입니다.",
                remedy: "끝나기를 기다리십시오.")),
        SentenceEntry(
            "plan.confirmation",
            english: SentenceText(
                what: "{0} (guest {1}) is missing; {2} of {3} inventories have confirmed it.",
                why: "One listing without a guest may be an error of the listing.",
                remedy: "Wait for the next passes, or look at the cluster."),
            korean: SentenceText(
                what: "{0}(게스트 {1})이(가) 보이지 않습니다. 인벤토리 {3}번 중 {2}번 확인되었습니다.",
                why: "목록에 한 번 없는 것은 목록의 오류일 수 있습니다.",
                remedy: "다음 확인을 기다리거나 클러스터를 살펴보십시오.")),
        SentenceEntry(
            "plan.detail",
            english: SentenceText(
                what: "The configuration of guest {1} must be read before {0} is decided.",
                why: "What could hurt is done only to a guest whose mark was read.",
                remedy: "Nothing to do; the next pass reads it."),
            korean: SentenceText(
                what: "{0}에 대해 결정하기 전에 게스트 {1}의 설정을 읽어야 합니다.",
                why: "해가 될 수 있는 일은 표식을 읽은 게스트에만 합니다.",
                remedy: "할 일이 없습니다. 다음 차례에 읽습니다.")),
        SentenceEntry(
            "plan.identity",
            english: SentenceText(
                what: "Guest {1} does not prove to be {0}.",
                why: "The last line of its description is not the server's mark.",
                remedy: "Put the mark back if it is the server; it stands in `plumb servers show {0}`."),
            korean: SentenceText(
                what: "게스트 {1}이(가) {0}임이 확인되지 않습니다.",
                why: "설명의 마지막 줄이 이 서버의 표식이 아닙니다.",
                remedy: "그 서버가 맞으면 표식을 되돌리십시오. 표식은 `plumb servers show {0}`에 있습니다.")),
        SentenceEntry(
            "plan.budget",
            english: SentenceText(
                what:
                    "This plan would destroy {1} of the {3} {3|server|servers} of cluster {0}, and {2} {2|is|are} allowed.",
                why: "So many at once may be a mistake, so none is destroyed.",
                remedy: "Remove fewer at a time, or raise `destroyBudget` in a Policy."),
            korean: SentenceText(
                what: "이 계획은 클러스터 {0}의 서버 {3}대 중 {1}대를 지우려 하나, {2}대까지만 허용됩니다.",
                why: "한꺼번에 이렇게 많은 것은 실수일 수 있어 하나도 지우지 않습니다.",
                remedy: "나누어 제거하거나 Policy의 `destroyBudget`을 올리십시오.")),
        SentenceEntry(
            "plan.incomplete",
            english: SentenceText(
                what: "Nothing is removed while there are mistakes in the configuration.",
                why: "What has a mistake may declare it: {1}.",
                remedy: "Mend the document."),
            korean: SentenceText(
                what: "구성에 오류가 있는 동안에는 아무것도 제거하지 않습니다.",
                why: "오류가 있는 문서에 선언되어 있을 수 있습니다: {1}.",
                remedy: "문서를 고치십시오.")),
        SentenceEntry(
            "plan.claimed",
            english: SentenceText(
                what: "Left as it is, because a document with a mistake names it.",
                why: "The document is {1}.",
                remedy: "Mend the document."),
            korean: SentenceText(
                what: "오류가 있는 문서에 그 이름이 있어 그대로 둡니다.",
                why: "문서: {1}.",
                remedy: "문서를 고치십시오.")),
        SentenceEntry(
            "plan.paused",
            english: SentenceText(
                what: "{0} is paused: {1}.",
                why: "A Policy says so, without an end.",
                remedy: "Remove `pause` from the Policy."),
            korean: SentenceText(
                what: "{0}은(는) 일시 중지되었습니다: {1}.",
                why: "Policy에 따른 것이며 끝이 정해지지 않았습니다.",
                remedy: "Policy에서 `pause`를 지우십시오.")),
        SentenceEntry(
            "plan.pausedUntil",
            english: SentenceText(
                what: "{0} is paused until {2}: {1}.",
                why: "A Policy says so.",
                remedy: "Wait, or remove `pause` from the Policy."),
            korean: SentenceText(
                what: "{0}은(는) {2}까지 일시 중지되었습니다: {1}.",
                why: "Policy에 따른 것입니다.",
                remedy: "기다리거나 Policy에서 `pause`를 지우십시오.")),
        SentenceEntry(
            "plan.erroredState",
            english: SentenceText(
                what: "Stack {0} has an `errored.tfstate`.",
                why: "Terraform could not write its state, so the one on disk may be old.",
                remedy:
                    "`plumb recover` shows it; `plumb recover --errored-state push` makes it the state, `aside` keeps the present one."
            ),
            korean: SentenceText(
                what: "스택 {0}에 `errored.tfstate`가 있습니다.",
                why: "Terraform이 상태를 쓰지 못해 디스크의 상태가 오래된 것일 수 있습니다.",
                remedy:
                    "`plumb recover`로 확인하십시오. `plumb recover --errored-state push`는 그것을 상태로 삼고, `aside`는 지금 상태를 유지합니다."
            )),
        SentenceEntry(
            "plan.hasDatabases",
            english: SentenceText(
                what: "{0} still has {1} {1|database|databases} and is not removed: {2}.",
                remedy: "Move or remove the databases first."),
            korean: SentenceText(
                what: "{0}에 법인 DB {1}개가 있어 삭제할 수 없습니다: {2}.",
                remedy: "먼저 DB를 옮기거나 제거하십시오.")),
        SentenceEntry(
            "plan.hostsDatabaseServer",
            english: SentenceText(
                what: "{0} hosts {1} registered database {1|server|servers} and is not removed: {2}.",
                remedy: "Remove them first, or change their `runsOn`."),
            korean: SentenceText(
                what: "{0}에 등록된 DB 서버 {1}개가 있어 삭제할 수 없습니다: {2}.",
                remedy: "먼저 제거하거나 `runsOn`을 바꾸십시오.")),
        SentenceEntry(
            "plan.inUse",
            english: SentenceText(
                what: "{0} is still used by {1} {1|other|others} and is not removed: {2}.",
                remedy:
                    "Remove those references first; of one that has no document any more this plan says what holds it."
            ),
            korean: SentenceText(
                what: "{0}을(를) 쓰는 것이 {1}개 있어 삭제할 수 없습니다: {2}.",
                remedy: "먼저 그 참조를 제거하십시오. 문서가 이미 없는 것은 무엇이 막는지 이 계획에 나옵니다.")),
    ]
}
