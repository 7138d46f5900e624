extension Catalogue {
    /// What policies hold back, and what has ended and still stands in one.
    static let planningPolicy: [SentenceEntry] = [
        SentenceEntry(
            "plan.budgetRecreate",
            english: SentenceText(
                what:
                    "This plan would make {1} of the {3} {3|server|servers} of cluster {0} again, and {2} {2|is|are} allowed.",
                why: "That so many are gone at once may be a mistake about what is there, so none is made again.",
                remedy: """
                    See in Proxmox whether they are gone. Then raise `destroyBudget.perPlan` in a Policy, which bounds this as it \
                    bounds ends, or name fewer in `plumb apply`.
                    """),
            korean: SentenceText(
                what: "이 계획은 클러스터 {0}의 서버 {3}대 중 {1}대를 다시 만들려 하나, {2}대까지만 허용됩니다.",
                why: "한꺼번에 이렇게 많이 사라졌다는 판단이 잘못일 수 있어 하나도 다시 만들지 않습니다.",
                remedy: """
                    정말 사라졌는지 Proxmox에서 확인하십시오. 그다음 Policy의 `destroyBudget.perPlan`을 올리거나(이 한도는 다시 만드는 것에도 \
                    적용됩니다) `plumb apply`에 더 적은 서버를 지정하십시오.
                    """)),
        SentenceEntry(
            "plan.budgetPerDay",
            english: SentenceText(
                what:
                    "This plan would destroy {1} {1|server|servers} of cluster {0}; {2} {2|was|were} destroyed within 24 hours, and {3} a day {3|is|are} allowed.",
                why: "So many in a day may be a mistake, so none is destroyed now.",
                remedy: "Wait until {4}, when the budget frees, or raise `destroyBudget.perDay` in a Policy."),
            korean: SentenceText(
                what: "이 계획은 클러스터 {0}의 서버 {1}대를 지우려 합니다. 24시간 안에 {2}대가 지워졌고 하루 {3}대까지 허용됩니다.",
                why: "하루에 이렇게 많은 것은 실수일 수 있어 지금은 하나도 지우지 않습니다.",
                remedy: "한도가 풀리는 {4}까지 기다리거나 Policy의 `destroyBudget.perDay`를 올리십시오.")),
        SentenceEntry(
            "plan.budgetPerDayNever",
            english: SentenceText(
                what:
                    "This plan would destroy {1} {1|server|servers} of cluster {0}, and {2} a day {2|is|are} allowed.",
                why: "It is more than a whole day's budget, so none is destroyed, today or tomorrow.",
                remedy: "Remove fewer at a time, or raise `destroyBudget.perDay` in a Policy."),
            korean: SentenceText(
                what: "이 계획은 클러스터 {0}의 서버 {1}대를 지우려 하나, 하루 {2}대까지만 허용됩니다.",
                why: "하루 한도 전체보다 많으므로 언제가 되어도 하나도 지우지 않습니다.",
                remedy: "나누어 제거하거나 Policy의 `destroyBudget.perDay`를 올리십시오.")),
        SentenceEntry(
            "plan.incompleteRecreate",
            english: SentenceText(
                what: "{0} is not created again, because part of the configuration cannot be read.",
                why: "What is not read may remove it or move it elsewhere: {1}.",
                remedy: "Mend the document."),
            korean: SentenceText(
                what: "구성의 일부를 읽을 수 없어 {0}을(를) 다시 만들지 않습니다.",
                why: "읽지 못한 문서가 그것을 제거하거나 옮길 수 있습니다: {1}.",
                remedy: "문서를 고치십시오.")),
        SentenceEntry(
            "plan.windowClosed",
            english: SentenceText(
                what: "{0} waits for the window {1}, which opens at {2}.",
                why: "A Policy lets steps run in its `windows` only.",
                remedy: "Wait for the daemon, apply then, or change `windows` in the Policy."),
            korean: SentenceText(
                what: "{0}은(는) {2}에 열리는 시간대 {1}을(를) 기다립니다.",
                why: "Policy가 `windows` 안에서만 단계를 허용합니다.",
                remedy: "데몬을 기다리거나 그때 적용하거나 Policy의 `windows`를 고치십시오.")),
        SentenceEntry(
            "plan.windowNever",
            english: SentenceText(
                what: "{0} waits for a window that never opens: {1}.",
                why: "No day fits the schedule, or the windows of several policies never meet.",
                remedy: "Mend `windows` in the Policy; `plumb policy explain` says which policies hold."),
            korean: SentenceText(
                what: "{0}은(는) 결코 열리지 않는 시간대를 기다립니다: {1}.",
                why: "일정에 맞는 날이 없거나 여러 정책의 시간대가 겹치지 않습니다.",
                remedy: "Policy의 `windows`를 고치십시오. 어느 정책이 적용되는지는 `plumb policy explain`이 말해 줍니다.")),
        SentenceEntry(
            "plan.windowZone",
            english: SentenceText(
                what: "{0} is held back: nobody knows the time zone {1}.",
                why: "When the window opens cannot be said without it.",
                remedy: "Write a name of the IANA database in the Policy, such as `Europe/Berlin`."),
            korean: SentenceText(
                what: "시간대 {1}을(를) 알 수 없어 {0}을(를) 보류합니다.",
                why: "그것 없이는 언제 열리는지 알 수 없습니다.",
                remedy: "Policy에 `Asia/Seoul` 같은 IANA 이름을 쓰십시오.")),
        SentenceEntry(
            "plan.approvalsMissing",
            english: SentenceText(
                what: "{0} has {1} of {2} approvals: {3}.",
                why: "A Policy asks for the yes of {2} different people.",
                remedy: "Have another person run `plumb approve PLAN`."),
            korean: SentenceText(
                what: "{0}은(는) 승인 {2}건 중 {1}건을 받았습니다: {3}.",
                why: "Policy가 서로 다른 {2}명의 승인을 요구합니다.",
                remedy: "다른 사람이 `plumb approve PLAN`을 실행하게 하십시오.")),
        SentenceEntry(
            "plan.approvalOwn",
            english: SentenceText(
                what: "{0} has {1} of {2} approvals; the yes of {3} does not count.",
                why: "{3} asked for this change, and a Policy with `preventSelf` wants somebody else to look at it.",
                remedy: "Have another person run `plumb approve PLAN`."),
            korean: SentenceText(
                what: "{0}은(는) 승인 {2}건 중 {1}건을 받았습니다. {3}의 승인은 세지 않습니다.",
                why: "{3}이(가) 이 변경을 요청했고, `preventSelf`인 Policy는 다른 사람의 확인을 요구합니다.",
                remedy: "다른 사람이 `plumb approve PLAN`을 실행하게 하십시오.")),
        SentenceEntry(
            "plan.approvalAskerUnknown",
            english: SentenceText(
                what: "{0} has {1} of {2} approvals, one more because nobody knows who asked for it: {3}.",
                why:
                    "A Policy with `preventSelf` wants somebody else than who asked to look at it, and one of those who say yes may be who asked.",
                remedy:
                    "Have another person run `plumb approve PLAN`. Once the change is committed, and the account that runs Plumb can ask git for every commit since the last plan, the author is known and one yes less will do. Where that history was rewritten, the authors of later changes are known again after a plan with nothing to do."
            ),
            korean: SentenceText(
                what: "{0}은(는) 승인 {2}건 중 {1}건을 받았습니다(요청자를 알 수 없어 한 건 추가): {3}.",
                why:
                    "`preventSelf`인 Policy는 요청자가 아닌 사람의 확인을 요구하는데, 승인한 사람 중 한 명이 요청자일 수 있습니다.",
                remedy:
                    "다른 사람이 `plumb approve PLAN`을 실행하게 하십시오. 변경이 커밋되고 Plumb을 실행하는 계정이 지난 계획 이후의 모든 커밋을 git에서 읽을 수 있으면 작성자를 알 수 있어 한 건이 줄어듭니다. 기록이 다시 쓰였다면, 할 일이 없는 계획이 한 번 나온 뒤의 변경부터 작성자를 알 수 있습니다."
            )),
        SentenceEntry(
            "plan.pauseStands",
            english: SentenceText(
                what: "Policy {0} pauses what it selects, without an end: {1}.",
                remedy: "Remove `pause` from the Policy when it is over."),
            korean: SentenceText(
                what: "Policy {0}이(가) 고른 대상을 기한 없이 일시 중지합니다: {1}.",
                remedy: "끝나면 Policy에서 `pause`를 지우십시오.")),
        SentenceEntry(
            "plan.pauseStandsUntil",
            english: SentenceText(
                what: "Policy {0} pauses what it selects until {2}: {1}.",
                remedy: "Wait, or remove `pause` from the Policy."),
            korean: SentenceText(
                what: "Policy {0}이(가) 고른 대상을 {2}까지 일시 중지합니다: {1}.",
                remedy: "기다리거나 Policy에서 `pause`를 지우십시오.")),
        SentenceEntry(
            "plan.pauseEnded",
            english: SentenceText(
                what: "The pause of Policy {0} ended at {2}: {1}.",
                why: "What it held back goes on.",
                remedy: "Remove `pause` from the Policy, or give it a later `until`."),
            korean: SentenceText(
                what: "Policy {0}의 일시 중지가 {2}에 끝났습니다: {1}.",
                why: "보류되었던 것이 다시 진행됩니다.",
                remedy: "Policy에서 `pause`를 지우거나 `until`을 늦추십시오.")),
        SentenceEntry(
            "plan.ignoreEnded",
            english: SentenceText(
                what: "The rule of Policy {0} that ignores `{1}` ended at {2} (reason: {3}).",
                why: "A drift there is reported and corrected again.",
                remedy: "Remove the rule from `ignore`, or give it a later `until`."),
            korean: SentenceText(
                what: "`{1}`을(를) 무시하는 Policy {0}의 규칙이 {2}에 끝났습니다(이유: {3}).",
                why: "그곳의 차이를 다시 보고하고 바로잡습니다.",
                remedy: "`ignore`에서 규칙을 지우거나 `until`을 늦추십시오.")),
        SentenceEntry(
            "plan.selectsLabel",
            english: SentenceText(
                what: "it selects the label {0}, and the server has {1}.",
                remedy: "Change its selector or the server's labels if it should hold."),
            korean: SentenceText(
                what: "레이블 {0}을(를) 고르지만 서버에는 {1}이(가) 있습니다.",
                remedy: "적용되어야 한다면 선택자나 서버의 레이블을 고치십시오.")),
        SentenceEntry(
            "plan.selectsNames",
            english: SentenceText(
                what: "it selects the names {0}.", remedy: "Change its selector if it should hold."),
            korean: SentenceText(what: "이름 {0}을(를) 고릅니다.", remedy: "적용되어야 한다면 선택자를 고치십시오.")),
        SentenceEntry(
            "plan.selectsRoles",
            english: SentenceText(
                what: "it selects the roles {0}, and the server has {1}.",
                remedy: "Change its selector or the server's roles if it should hold."),
            korean: SentenceText(
                what: "역할 {0}을(를) 고르지만 서버에는 {1}이(가) 있습니다.",
                remedy: "적용되어야 한다면 선택자나 서버의 역할을 고치십시오.")),
    ]
}
