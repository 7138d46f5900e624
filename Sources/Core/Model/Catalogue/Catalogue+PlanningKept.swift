extension Catalogue {
    /// What holds although its document is gone.
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
                remedy: "정책을 풀려면 요청한 재구축의 계획을 거절하고, 서버를 선언한 채 정책 없이 적용한 다음 제거하거나 재구축하십시오."))
    ]
}
