extension Catalogue {
    /// A guest that is not the one that was planned for, where no mark said so.
    static let executionIdentity: [SentenceEntry] = [
        SentenceEntry(
            "execution.guestReplaced",
            english: SentenceText(
                what: "VMID {0} is not the guest any more that was planned for: it was `{1}`, and is `{2}`.",
                why: "It bore no mark, so that its tag, its name and its machine say which guest it is.",
                remedy: "Nothing was done to it. Plan again; if the VMID is another's now, declare another."),
            korean: SentenceText(
                what: "VMID {0}은(는) 더 이상 계획한 게스트가 아닙니다: `{1}`이었는데 지금은 `{2}`입니다.",
                why: "표식이 없었으므로 태그, 이름, 기계 식별자로 같은 게스트인지 판단합니다.",
                remedy: "아무것도 하지 않았습니다. 다시 계획하고, VMID가 다른 게스트의 것이라면 다른 VMID를 선언하십시오.")),
        SentenceEntry(
            "execution.updatedAnother",
            english: SentenceText(
                what: "While VMID {0} was updated it became another guest: it was `{1}`, and is `{2}`.",
                why:
                    "Somebody put another guest there between the last look and the change. It was not recorded as ours.",
                remedy:
                    "It may have got settings, tag and mark of the old one: look at its configuration, and if it is not yours take off the tag and the last line of its description before you plan again."
            ),
            korean: SentenceText(
                what: "VMID {0}을(를) 변경하는 동안 다른 게스트가 되었습니다: `{1}`이었는데 지금은 `{2}`입니다.",
                why: "마지막 확인과 변경 사이에 누군가 다른 게스트를 그 자리에 두었습니다. 우리 것으로 기록하지 않았습니다.",
                remedy:
                    "예전 게스트의 설정, 태그, 표식이 적용되었을 수 있습니다. 구성을 확인하고, 맞는 게스트가 아니라면 다시 계획하기 전에 태그와 설명의 마지막 줄을 지우십시오."
            )),
    ]
}
