extension Catalogue {
    /// A state that lost something, or that is not the one that was there.
    static let planningStates: [SentenceEntry] = [
        SentenceEntry(
            "plan.stateOlder",
            english: SentenceText(
                what: "The state of stack {0} went back: its serial is {1}, and {2} was seen before.",
                why: """
                    An older terraform.tfstate was put in its place, which does not know what was made or removed since; \
                    nothing is made, removed, moved, taken in or retired in this stack.
                    """,
                remedy: """
                    Restore the newer state. If it is lost, `plumb recover --accept-state {0}` goes on with this one: \
                    guests that bear our mark are then taken in again, and what is gone is made again only by approval.
                    """),
            korean: SentenceText(
                what: "스택 {0}의 상태가 되돌아갔습니다. 일련번호가 {1}인데 전에는 {2}였습니다.",
                why: "더 오래된 terraform.tfstate로 바뀌어 그 뒤에 만들거나 지운 것을 모릅니다. 이 스택에서는 만들거나 지우거나 옮기거나 넘겨받거나 정리하지 않습니다.",
                remedy:
                    "더 새로운 상태를 되돌리십시오. 잃어버렸다면 `plumb recover --accept-state {0}`로 지금 상태에서 계속합니다. 그러면 우리 표식을 단 게스트를 다시 넘겨받고, 사라진 것은 승인해야만 다시 만듭니다."
            )),
        SentenceEntry(
            "plan.stateOther",
            english: SentenceText(
                what: """
                    The state of stack {0} is another one: lineage {1} with serial {2}, and lineage {3} with serial {4} \
                    was seen before.
                    """,
                why: """
                    A state that begins anew does not know what the other one held; nothing is made, removed, moved, \
                    taken in or retired in this stack.
                    """,
                remedy: """
                    Restore the state of before. If it is lost, `plumb recover --accept-state {0}` goes on with this one: \
                    guests that bear our mark are then taken in again, and what is gone is made again only by approval.
                    """),
            korean: SentenceText(
                what: "스택 {0}의 상태가 다른 것입니다. 계보 {1}, 일련번호 {2}인데 전에는 계보 {3}, 일련번호 {4}였습니다.",
                why: "새로 시작한 상태는 이전 상태가 가졌던 것을 모릅니다. 이 스택에서는 만들거나 지우거나 옮기거나 넘겨받거나 정리하지 않습니다.",
                remedy:
                    "이전 상태를 되돌리십시오. 잃어버렸다면 `plumb recover --accept-state {0}`로 지금 상태에서 계속합니다. 그러면 우리 표식을 단 게스트를 다시 넘겨받고, 사라진 것은 승인해야만 다시 만듭니다."
            )),
        SentenceEntry(
            "plan.recreateLost",
            english: SentenceText(
                what: "{0} will be created again as guest {1}.",
                why: """
                    It is declared, it lived before, the state of {2} does not hold it any more, and enough inventories \
                    missed its guest.
                    """,
                remedy: "Approve it, or remove the document if the server is no longer wanted."),
            korean: SentenceText(
                what: "{0}을(를) 게스트 {1}(으)로 다시 만듭니다.",
                why: "선언되어 있고 전에 있던 서버이나 {2}의 상태에 더 이상 없고, 인벤토리에서 여러 번 보이지 않았습니다.",
                remedy: "승인하거나, 더 필요 없는 서버라면 문서를 지우십시오.")),
        SentenceEntry(
            "plan.takeBack",
            english: SentenceText(
                what: "{0} (guest {1}) will be taken into the state of {2} again, as it is.",
                why: """
                    Its document was removed, and the state that held it does not any more; outside of the state the \
                    guest would be left to nobody.
                    """,
                remedy: """
                    Approve it; its removal is planned after that. To keep the guest unmanaged, take the tag `plumb` and \
                    the last line off its description.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 있는 그대로 {2}의 상태로 다시 가져옵니다.",
                why: "문서가 삭제되었고, 가지고 있던 상태에도 더 이상 없습니다. 상태 밖에 두면 아무도 관리하지 않는 게스트가 됩니다.",
                remedy: "승인하면 그다음에 제거를 계획합니다. 관리하지 않고 남겨 두려면 설명에서 `plumb` 태그와 마지막 줄을 지우십시오.")),
        SentenceEntry(
            "plan.takeBackHalfMade",
            english: SentenceText(
                what: "{0} (guest {1}) will be taken into the state of {2}, as it is.",
                why: """
                    Its birth or its adoption broke off before Terraform had written it down, and its document was removed since; outside of the \
                    state the guest would be left to nobody.
                    """,
                remedy: """
                    Nothing to do; its removal is planned after that. To keep the guest unmanaged, take the tag `plumb` and the \
                    last line off its description.
                    """),
            korean: SentenceText(
                what: "{0}(게스트 {1})을(를) 있는 그대로 {2}의 상태로 가져옵니다.",
                why: "Terraform이 기록하기 전에 만들기나 인수가 중단되었고 그 뒤 문서가 삭제되었습니다. 상태 밖에 두면 아무도 관리하지 않는 게스트가 됩니다.",
                remedy: "할 일이 없습니다. 그다음에 제거가 계획됩니다. 관리하지 않고 남기려면 `plumb` 태그와 설명의 마지막 줄을 지우십시오.")),
        SentenceEntry(
            "plan.retireLost",
            english: SentenceText(
                what: "The registry will let go of {0}; guest {1} ({2}) stays as it is.",
                why: """
                    Its document was removed, the state of {3} does not hold it any more, and the guest with its VMID \
                    does not bear its mark.
                    """,
                remedy: "Approve it if that guest is another one; if it is the server, put its mark back first."),
            korean: SentenceText(
                what: "레지스트리에서 {0}을(를) 정리합니다. 게스트 {1}({2})은(는) 그대로 둡니다.",
                why: "문서가 삭제되었고 {3}의 상태에도 더 이상 없으며, 그 VMID의 게스트에는 표식이 없습니다.",
                remedy: "그 게스트가 다른 것이면 승인하고, 그 서버가 맞으면 먼저 표식을 되돌리십시오.")),
        SentenceEntry(
            "plan.approveLost",
            english: SentenceText(
                what: "{0} left its state without Plumb, which waits for approval.",
                why: "An older state may have been restored, or somebody took it out by hand.",
                remedy: "Run `plumb approve PLAN`, or restore the state that held it."),
            korean: SentenceText(
                what: "{0}이(가) Plumb 없이 상태에서 빠졌으므로 승인을 기다립니다.",
                why: "더 오래된 상태를 되돌렸거나, 누군가 직접 상태에서 뺐을 수 있습니다.",
                remedy: "`plumb approve PLAN`을 실행하거나, 그 서버가 있던 상태를 되돌리십시오.")),
    ]
}
