extension Catalogue {
    /// What `plumb policy`, and views of what waits, say.
    static let policyViews: [SentenceEntry] = [
        SentenceEntry(
            "view.policy.default",
            english: SentenceText(what: "default", remedy: "Write it into a Policy to change it."),
            korean: SentenceText(what: "기본값", remedy: "바꾸려면 Policy에 쓰십시오.")),
        SentenceEntry(
            "view.policy.holds",
            english: SentenceText(what: "holds", remedy: "Change it there."),
            korean: SentenceText(what: "적용됨", remedy: "그곳에서 바꾸십시오.")),
        SentenceEntry(
            "view.policy.lessCareful",
            english: SentenceText(
                what: "lost: another policy is more careful",
                remedy: "Change the more careful one to change what holds."),
            korean: SentenceText(what: "밀림: 더 신중한 정책이 있음", remedy: "적용되는 것을 바꾸려면 더 신중한 정책을 고치십시오.")),
        SentenceEntry(
            "view.policy.kept",
            english: SentenceText(
                what: "(kept from its last apply)",
                remedy: "Declare the server again, apply without the policy, and remove the server then."),
            korean: SentenceText(
                what: "(마지막 적용 때의 것)", remedy: "서버를 다시 선언하고 정책 없이 적용한 다음 서버를 제거하십시오.")),
        SentenceEntry(
            "view.policy.ended",
            english: SentenceText(what: "ended at {0}", remedy: "Remove it, or give it a later `until`."),
            korean: SentenceText(what: "{0}에 끝남", remedy: "지우거나 `until`을 늦추십시오.")),
        SentenceEntry(
            "view.policy.own",
            english: SentenceText(what: "its own {0}", remedy: ""),
            korean: SentenceText(what: "서버 자신의 {0}", remedy: "")),
        SentenceEntry(
            "view.policy.noReason",
            english: SentenceText(what: "no reason given", remedy: ""),
            korean: SentenceText(what: "이유 없음", remedy: "")),
        SentenceEntry(
            "view.policy.noEnd",
            english: SentenceText(what: "no end", remedy: ""),
            korean: SentenceText(what: "기한 없음", remedy: "")),
        SentenceEntry(
            "view.policy.windowOpen",
            english: SentenceText(what: "open now", remedy: ""),
            korean: SentenceText(what: "지금 열려 있음", remedy: "")),
        SentenceEntry(
            "view.policy.windowOpens",
            english: SentenceText(what: "closed now; opens at {0} ({1})", remedy: ""),
            korean: SentenceText(what: "지금 닫혀 있음, {0}에 열림({1})", remedy: "")),
        SentenceEntry(
            "view.policy.windowNever",
            english: SentenceText(what: "never open", remedy: ""),
            korean: SentenceText(what: "열리는 때가 없음", remedy: "")),
        SentenceEntry(
            "view.policy.windowZone",
            english: SentenceText(what: "not open: nobody knows the time zone {0}", remedy: ""),
            korean: SentenceText(what: "열려 있지 않음: 시간대 {0}을(를) 알 수 없음", remedy: "")),
        SentenceEntry(
            "view.policy.others",
            english: SentenceText(what: "Not about {0}:", remedy: "See their selectors."),
            korean: SentenceText(what: "{0}에 해당하지 않음:", remedy: "선택자를 확인하십시오.")),
        SentenceEntry(
            "view.policy.rebuild",
            english: SentenceText(
                what: "A rebuild of {0} ends its guest, so that what policies said of it at its last apply counts too:",
                remedy: ""),
            korean: SentenceText(what: "{0}의 재구축은 게스트를 없애므로, 마지막 적용 때의 정책도 함께 적용됩니다:", remedy: "")),
        SentenceEntry(
            "view.run.pending",
            english: SentenceText(
                what: "What was changed of {0} {0|server|servers} counts from {0|its|their} next start: {1}.",
                why: "Until then {0|it runs|they run} with what {0|it has|they have}.",
                remedy:
                    "`plumb plan` shows {0|the restart|the restarts}; it waits for a yes where no Policy says `restarts: allow`."
            ),
            korean: SentenceText(
                what: "서버 {0}개의 변경은 다음 시작부터 적용됩니다: {1}.", why: "그때까지는 이전 값으로 실행됩니다.",
                remedy: "`plumb plan`이 재시작을 보여 줍니다. Policy에 `restarts: allow`가 없으면 승인을 기다립니다.")),
        SentenceEntry(
            "view.run.nextStart",
            english: SentenceText(
                what: "What cloud-init is told of {0} {0|server|servers} counts from {0|its|their} next start: {1}.",
                why: "Until then {0|it runs|they run} with what {0|it has|they have}, and no plan shows that.",
                remedy: "Plumb plans no restart for it: shut {0|it|them} down and start {0|it|them} when it suits."),
            korean: SentenceText(
                what: "서버 {0}개의 cloud-init 값은 다음 시작부터 적용됩니다: {1}.",
                why: "그때까지는 이전 값으로 실행되며, 계획에는 나타나지 않습니다.",
                remedy: "Plumb은 이를 위한 재시작을 계획하지 않습니다. 적당한 때에 종료했다가 시작하십시오.")),
        SentenceEntry(
            "view.policy.none",
            english: SentenceText(
                what: "No policy selects {0}; the defaults hold.", remedy: "Declare a Policy to change them."),
            korean: SentenceText(what: "{0}을(를) 고르는 정책이 없어 기본값이 적용됩니다.", remedy: "바꾸려면 Policy를 선언하십시오.")),
        SentenceEntry(
            "view.decision.standing",
            english: SentenceText(what: "{0} of {1} approvals", remedy: "Have another person approve."),
            korean: SentenceText(what: "승인 {1}건 중 {0}건", remedy: "다른 사람이 승인하게 하십시오.")),
        SentenceEntry(
            "view.until",
            english: SentenceText(what: "{0} (in {1})", remedy: "Wait until then."),
            korean: SentenceText(what: "{0}({1} 뒤)", remedy: "그때까지 기다리십시오.")),
        SentenceEntry(
            "edge.unknownTimeZone",
            english: SentenceText(
                what: "`{0}` is no time zone.",
                why:
                    "Time zones bear the names of the IANA database, case included; steps of this policy are held back.",
                remedy:
                    "Write one such as `Europe/Berlin`, `Asia/Seoul` or `UTC`; other names of a zone, such as `US/Eastern`, are known where `tzdata` is installed."
            ),
            korean: SentenceText(
                what: "`{0}`은(는) 시간대가 아닙니다.",
                why: "시간대는 대소문자까지 IANA 데이터베이스의 이름이어야 합니다. 이 정책의 단계는 보류됩니다.",
                remedy:
                    "`Asia/Seoul`, `Europe/Berlin`, `UTC` 같은 이름을 쓰십시오. `US/Eastern` 같은 다른 이름은 `tzdata`가 설치된 곳에서만 알 수 있습니다."
            )),
        SentenceEntry(
            "edge.filesHalfMerged",
            english: SentenceText(
                what: "A {0} stands unfinished in {1}.",
                why:
                    "The files are of neither side yet, and what is missing may come back with its end: nothing is removed.",
                remedy: "Finish it with `git {0} --continue`, or give it up with `git {0} --abort`."),
            korean: SentenceText(
                what: "{1}에서 {0}이(가) 끝나지 않았습니다.",
                why: "파일이 아직 어느 쪽의 것도 아니고 없는 것이 돌아올 수 있으므로 아무것도 제거하지 않습니다.",
                remedy: "`git {0} --continue`로 끝내거나 `git {0} --abort`로 그만두십시오.")),
        SentenceEntry(
            "edge.insideAnother",
            english: SentenceText(
                what: "{0} is a part of the configuration in {1}.",
                why:
                    "By itself it would be another fleet, and its servers would look as if nobody declared them any more.",
                remedy:
                    "Run it in {1}, or with `--config {1}`. For a fleet of its own, of which nothing was ever applied from {1}, name the directory in {1}/.plumbignore first."
            ),
            korean: SentenceText(
                what: "{0}은(는) {1}에 있는 구성의 일부입니다.",
                why: "따로 실행하면 다른 플릿이 되고, 그 서버들은 아무도 선언하지 않은 것처럼 보입니다.",
                remedy:
                    "{1}에서 실행하거나 `--config {1}`을(를) 붙이십시오. {1}에서 적용한 적이 없는 별도의 플릿이라면 먼저 {1}/.plumbignore에 그 디렉터리를 적으십시오."
            )),
        SentenceEntry(
            "edge.handDestroy",
            english: SentenceText(
                what: "Terraform is not told to destroy stack {0}.",
                why:
                    "It would end every server of the stack past budgets, windows and protection; Plumb ends what a plan names.",
                remedy:
                    "Take the documents of the servers that are to go out of the configuration, and run `plumb plan`."),
            korean: SentenceText(
                what: "Terraform에 스택 {0}의 삭제를 시키지 않습니다.",
                why: "예산, 시간대, 보호를 모두 지나쳐 스택의 모든 서버를 없앱니다. Plumb는 계획이 이름을 댄 것만 없앱니다.",
                remedy: "없앨 서버의 문서를 구성에서 빼고 `plumb plan`을 실행하십시오.")),
        SentenceEntry(
            "edge.handUnasked",
            english: SentenceText(
                what: "Terraform is not run in stack {0} with `{1}`.",
                why: "It would change and end servers of the stack, and neither Plumb nor Terraform would ask anybody.",
                remedy: "Run `apply` alone and answer Terraform's question, or let `plumb apply` do it."),
            korean: SentenceText(
                what: "스택 {0}에서 `{1}`(으)로는 Terraform을 실행하지 않습니다.",
                why: "스택의 서버를 바꾸고 없애면서 Plumb도 Terraform도 아무에게도 묻지 않게 됩니다.",
                remedy: "`apply`만 실행해 Terraform의 질문에 답하거나 `plumb apply`를 쓰십시오.")),
        SentenceEntry(
            "edge.filesChanging",
            english: SentenceText(
                what: "The configuration is being changed by git.",
                why:
                    "Files of two commits may have been read, and what is missing may be about to come: nothing is removed.",
                remedy: "Run again when git has ended; remove `{0}` only if no git runs any more."),
            korean: SentenceText(
                what: "git이 구성을 바꾸는 중입니다.",
                why: "두 커밋의 파일이 섞여 읽혔을 수 있고 없는 것이 곧 올 수도 있으므로 아무것도 제거하지 않습니다.",
                remedy: "git이 끝난 뒤 다시 실행하십시오. 실행 중인 git이 없을 때만 `{0}`을(를) 지우십시오.")),
    ]
}
