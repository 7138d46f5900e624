extension Catalogue {
    /// What of policies holds although its document is gone, and what does not hold any more because of a label.
    static let planningKept: [SentenceEntry] = [
        SentenceEntry(
            "plan.policyKept",
            english: SentenceText(
                what: "Policy {0} still holds for the end of {1} {1|server|servers}: {2}.",
                why: """
                    It was over {1|it|them} at the last apply and is gone, or milder, now: a policy does not go together \
                    with what it protects.
                    """,
                remedy: """
                    To lift it, reject the plan of a rebuild that was asked for, apply without the policy while \
                    {1|the server is|the servers are} declared, and remove or rebuild {1|it|them} then.
                    """),
            korean: SentenceText(
                what: "정책 {0}이(가) 끝나는 서버 {1}개에 아직 적용됩니다: {2}.",
                why: "마지막 적용 때 적용되던 정책인데 지금은 없거나 느슨해졌습니다. 정책은 보호하던 것과 함께 사라지지 않습니다.",
                remedy: "정책을 풀려면 요청한 재구축의 계획을 거절하고, 서버를 선언한 채 정책 없이 적용한 다음 제거하거나 재구축하십시오.")),
        SentenceEntry(
            "plan.policyLeft",
            english: SentenceText(
                what: "Policy {0} is not over {1} {1|server|servers} any more: {2} {1|has|have} {4} now, not {3}.",
                why: "A label has changed since the last apply. The policies over {1|it|them} now: {5}.",
                remedy: "Where it is meant, apply: from then on only those hold. Otherwise mend the label first."),
            korean: SentenceText(
                what: "정책 {0}이(가) 서버 {1}개에 더 이상 적용되지 않습니다: {2}의 레이블이 {3}에서 {4}(으)로 바뀌었습니다.",
                why: "마지막 적용 뒤 레이블이 바뀌었습니다. 지금 적용되는 정책: {5}.",
                remedy: "의도한 것이면 적용하십시오. 그때부터 이 정책들만 적용됩니다. 아니면 먼저 레이블을 고치십시오.")),
        SentenceEntry(
            "plan.policyLeftUnknown",
            english: SentenceText(
                what: "Policy {0} is not over {1} {1|server|servers} any more: {2} {1|has|have} {4} now, not {3}.",
                why: """
                    No server had {4} at its last apply and no Policy selects it, so that it may be mistyped. The policies \
                    over {1|it|them} now: {5}.
                    """,
                remedy: """
                    Write {3} if that was meant. Otherwise apply: from then on only what is over {1|it|them} now holds.
                    """),
            korean: SentenceText(
                what: "정책 {0}이(가) 서버 {1}개에 더 이상 적용되지 않습니다: {2}의 레이블이 {3}에서 {4}(으)로 바뀌었습니다.",
                why: "마지막 적용 때 {4}인 서버가 없었고 이를 고르는 Policy도 없으므로 잘못 적었을 수 있습니다. 지금 적용되는 정책: {5}.",
                remedy: "{3}을(를) 뜻했다면 고치십시오. 아니면 적용하십시오. 그때부터 지금의 정책만 적용됩니다.")),
        SentenceEntry(
            "plan.policyLeftRole",
            english: SentenceText(
                what: "Policy {0} is not over {1} {1|server|servers} any more: {2} {1|has|have} role {3} no longer.",
                why: "A role was taken away since the last apply. The policies over {1|it|them} now: {4}.",
                remedy: "Where it is meant, apply: from then on only those hold. Otherwise give the role back first."),
            korean: SentenceText(
                what: "정책 {0}이(가) 서버 {1}개에 더 이상 적용되지 않습니다: {2}에 역할 {3}이(가) 더는 없습니다.",
                why: "마지막 적용 뒤 역할이 빠졌습니다. 지금 적용되는 정책: {4}.",
                remedy: "의도한 것이면 적용하십시오. 그때부터 이 정책들만 적용됩니다. 아니면 먼저 역할을 되돌리십시오.")),
        SentenceEntry(
            "plan.policyLeftName",
            english: SentenceText(
                what: "Policy {0} will not be over {1} {1|server|servers} any more once renamed: {2}.",
                why: "It selects names, and none of the new ones. The policies over {1|it|them} then: {3}.",
                remedy: "Where it is meant, apply. Otherwise add the new {1|name|names} to the policy first."),
            korean: SentenceText(
                what: "이름이 바뀌면 정책 {0}이(가) 서버 {1}개에 더 이상 적용되지 않습니다: {2}.",
                why: "이 정책은 이름으로 고르는데 새 이름은 고르지 않습니다. 그때 적용될 정책: {3}.",
                remedy: "의도한 것이면 적용하십시오. 아니면 먼저 정책에 새 이름을 더하십시오.")),
    ]
}
