extension Catalogue {
    /// VMIDs and names that are another's, and what `adopt: true` makes of them.
    package static let takenNumbers: [SentenceEntry] = [
        SentenceEntry(
            "plan.vmidTaken",
            english: SentenceText(
                what: "{0} wants VMID {1}, which guest {2} of cluster {3} has.",
                why: "Plumb never touches a guest that it does not own.",
                remedy: "Choose another `vmid`, or leave it out; with `adopt: true` the guest becomes this server."),
            korean: SentenceText(
                what: "{0}이(가) 원하는 VMID {1}은(는) 클러스터 {3}의 게스트 {2}이(가) 쓰고 있습니다.",
                why: "Plumb은 자기 소유가 아닌 게스트를 건드리지 않습니다.",
                remedy: "다른 `vmid`를 고르거나 지우십시오. `adopt: true`면 그 게스트가 이 서버가 됩니다.")),
        SentenceEntry(
            "plan.vmidOfTemplate",
            english: SentenceText(
                what: "{0} wants VMID {1}, which {2}, a template of cluster {3}, has.",
                why: "Plumb makes servers from templates, and takes none over, with `adopt: true` neither.",
                remedy: "Choose another `vmid`, or leave it out; to be made from the template, name it as `template`."),
            korean: SentenceText(
                what: "{0}이(가) 원하는 VMID {1}은(는) 클러스터 {3}의 템플릿 {2}이(가) 쓰고 있습니다.",
                why: "Plumb은 템플릿으로 서버를 만들며, `adopt: true`여도 템플릿을 넘겨받지 않습니다.",
                remedy: "다른 `vmid`를 고르거나 지우십시오. 그 템플릿으로 만들려면 `template`에 적으십시오.")),
        SentenceEntry(
            "plan.vmidDeclaredTwice",
            english: SentenceText(
                what: "{0} wants VMID {1}, which {2} has.",
                remedy: "Choose another `vmid` for one of them, or leave it out."),
            korean: SentenceText(
                what: "{0}이(가) 원하는 VMID {1}은(는) {2}의 것입니다.",
                remedy: "둘 중 하나의 `vmid`를 바꾸거나 지우십시오.")),
        SentenceEntry(
            "plan.nameTaken",
            english: SentenceText(
                what: "Guest {1} of cluster {2} has the name {0} already.",
                why: "It is no guest of this Plumb, and two guests of one name would be confused.",
                remedy:
                    "Rename one of them, or declare `adopt: true` to take the guest over. One that bears another Plumb's mark is that one's."
            ),
            korean: SentenceText(
                what: "클러스터 {2}의 게스트 {1}이(가) 이미 {0}(이)라는 이름을 쓰고 있습니다.",
                why: "이 Plumb의 게스트가 아니며, 이름이 같은 두 게스트는 혼동됩니다.",
                remedy: "이름을 바꾸거나, `adopt: true`로 게스트를 넘겨받으십시오. 다른 Plumb의 표식이 있는 게스트는 그 Plumb의 것입니다.")),
        SentenceEntry(
            "plan.vmidOfUndeclared",
            english: SentenceText(
                what: "{0} wants VMID {1}, which is that of {2}, and no document declares {2} any more.",
                why: "That is how a rename looks that was not declared: as a new server and one that ends.",
                remedy: """
                    If {0} is {2} under a new name, write `formerName: {2}` into its `metadata`, and the guest stays. If \
                    it is another server, choose another `vmid` for it, or leave it out.
                    """),
            korean: SentenceText(
                what: "{0}이(가) 원하는 VMID {1}은(는) 어떤 문서도 더는 선언하지 않는 {2}의 것입니다.",
                why: "선언하지 않은 이름 변경은 이렇게 새 서버 하나와 끝나는 서버 하나로 보입니다.",
                remedy: """
                    {0}이(가) {2}의 새 이름이면 `metadata`에 `formerName: {2}`를 적으십시오. 게스트는 그대로 남습니다. 다른 \
                    서버라면 다른 `vmid`를 고르거나 지우십시오.
                    """)),
        SentenceEntry(
            "plan.endClaimed",
            english: SentenceText(
                what: "{0} is not destroyed: the new server {1} is declared with its VMID {2}.",
                why: "{1} may be {0} under a new name, and the guest that its document points at would be lost.",
                remedy: """
                    If it is, write `formerName: {0}` into the `metadata` of {1}. If {0} shall end, take `vmid: {2}` out \
                    of {1}, or add {1} after {0} is gone.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 없애지 않습니다. 새 서버 {1}이(가) 그 VMID {2}로 선언되어 있습니다.",
                why: "{1}이(가) {0}의 새 이름일 수 있으며, 그러면 문서가 가리키는 게스트를 잃게 됩니다.",
                remedy: """
                    맞으면 {1}의 `metadata`에 `formerName: {0}`을 적으십시오. {0}을(를) 끝내려면 {1}에서 `vmid: {2}`를 \
                    지우거나, {0}이(가) 사라진 뒤에 {1}을(를) 추가하십시오.
                    """)),
        SentenceEntry(
            "plan.endObserved",
            english: SentenceText(
                what: "{0} is not destroyed: {1} is declared to observe its guest {2}.",
                why: "Whoever wants a guest observed wants it to live.",
                remedy: """
                    To let go of the guest and go on observing it, declare {0} again with `manage: observe` instead of \
                    {1}. If {0} shall end, take the document of {1} away.
                    """),
            korean: SentenceText(
                what: "{0}을(를) 없애지 않습니다. {1}이(가) 그 게스트 {2}을(를) 관찰하도록 선언되어 있습니다.",
                why: "관찰하려는 게스트는 남아 있어야 합니다.",
                remedy: """
                    관리에서 놓아주고 계속 관찰하려면 {1} 대신 {0}을(를) `manage: observe`로 다시 선언하십시오. {0}을(를) \
                    끝내려면 {1}의 문서를 지우십시오.
                    """)),
        SentenceEntry(
            "plan.vmidTakenRecorded",
            english: SentenceText(
                what: "{0} should be guest {1}, and guest {1} of cluster {3} is called {2} and does not bear its mark.",
                why: """
                    The registry knows {0} by that number, which another `vmid` does not change, and the state does \
                    not hold {0} any more.
                    """,
                remedy: """
                    If {0} is gone, take its document away, apply, and put it back: then it is made anew. If guest {1} \
                    is {0}, give it the tag `plumb` and make this the last line of its description: `{4}`.
                    """),
            korean: SentenceText(
                what: "{0}은(는) 게스트 {1}이어야 하나, 클러스터 {3}의 게스트 {1}은(는) 이름이 {2}이고 그 표식이 없습니다.",
                why: "레지스트리는 {0}을(를) 그 번호로 알고 있어 `vmid`를 바꾸어도 달라지지 않으며, 상태에는 {0}이(가) 더는 없습니다.",
                remedy: """
                    {0}이(가) 없어졌다면 문서를 지워 적용한 다음 되돌리십시오. 그러면 새로 만듭니다. 게스트 {1}이(가) {0}이라면 \
                    `plumb` 태그를 달고 설명의 마지막 줄을 `{4}`(으)로 하십시오.
                    """)),
        SentenceEntry(
            "plan.vmidOfObserved",
            english: SentenceText(
                what: "{0} was only observed so far, and guest {1} ({2}) of cluster {3} bears no mark of Plumb's.",
                why: "A guest that Plumb did not make becomes a server of its own only where the document asks for it.",
                remedy: "To manage it, add `adopt: true`; to go on observing it, write `manage: observe`."),
            korean: SentenceText(
                what: "{0}은(는) 지금까지 관찰만 했으며, 클러스터 {3}의 게스트 {1}({2})에는 Plumb의 표식이 없습니다.",
                why: "Plumb이 만들지 않은 게스트는 문서가 요청할 때만 넘겨받습니다.",
                remedy: "관리하려면 `adopt: true`를 더하고, 계속 관찰하려면 `manage: observe`로 쓰십시오.")),
        SentenceEntry(
            "plan.formerNameLetGo",
            english: SentenceText(
                what: """
                    {0} is not created: it has `formerName: {1}`, and the mark of {1} is on guest {2} of cluster {3}, \
                    which nobody manages.
                    """,
                why: """
                    This registry gave that mark, as to a server that it was told to forget. A second guest would be \
                    made beside that one, and only what is managed can be renamed.
                    """,
                remedy: """
                    If it is that server, declare it as {1} instead, with `adopt: true` and `vmid: {4}`, apply, and \
                    rename it with `formerName` then. If it is another, take `formerName` out of {0}.
                    """),
            korean: SentenceText(
                what: """
                    {0}을(를) 만들지 않습니다. `formerName: {1}`이(가) 있는데, {1}의 표식이 아무도 관리하지 않는 클러스터 {3}의 \
                    게스트 {2}에 있습니다.
                    """,
                why: """
                    관리에서 놓아준 서버처럼 이 레지스트리가 준 표식입니다. 그 곁에 게스트가 하나 더 생기게 되며, 이름은 관리하는 서버만 \
                    바꿀 수 있습니다.
                    """,
                remedy: """
                    그 서버라면 대신 {1}(으)로 `adopt: true`와 `vmid: {4}`를 써서 선언하고 적용한 뒤 `formerName`으로 이름을 \
                    바꾸십시오. 다른 서버라면 {0}에서 `formerName`을 지우십시오.
                    """)),
        SentenceEntry(
            "plan.vmidMarked",
            english: SentenceText(
                what: "{0} wants VMID {1}, which guest {2} of cluster {3} has; it bears the mark `{4}`.",
                why: "A guest with a mark belongs to the Plumb that gave it, which may still manage it.",
                remedy: """
                    Choose another `vmid`, or leave it out. If nobody manages the guest any more, take the tag `plumb` \
                    and that line of its description off it; with `adopt: true` it becomes this server then.
                    """),
            korean: SentenceText(
                what: "{0}이(가) 원하는 VMID {1}은(는) 클러스터 {3}의 게스트 {2}이(가) 쓰고 있으며, `{4}` 표식이 있습니다.",
                why: "표식이 있는 게스트는 그 표식을 준 Plumb의 것이며, 아직 관리되고 있을 수 있습니다.",
                remedy: """
                    다른 `vmid`를 고르거나 지우십시오. 더는 아무도 관리하지 않는 게스트라면 `plumb` 태그와 설명의 그 줄을 지우십시오. \
                    그러면 `adopt: true`로 이 서버가 됩니다.
                    """)),
        SentenceEntry(
            "plan.vmidTakenLiving",
            english: SentenceText(
                what: "{0} is to be made anew with VMID {1}, which guest {2} of cluster {3} has.",
                why: "Plumb never touches a guest that it does not own.",
                remedy: "Choose another `vmid`, or leave it out, and {0} keeps its number."),
            korean: SentenceText(
                what: "{0}을(를) VMID {1}로 다시 만들어야 하나, 클러스터 {3}의 게스트 {2}이(가) 쓰고 있습니다.",
                why: "Plumb은 자기 소유가 아닌 게스트를 건드리지 않습니다.",
                remedy: "다른 `vmid`를 고르거나 지우십시오. 지우면 {0}의 번호가 그대로 남습니다.")),
        SentenceEntry(
            "plan.vmidTakenMoved",
            english: SentenceText(
                what: "{0} is to be made anew with VMID {1}, which guest {2} of cluster {3} has.",
                why: "Plumb never touches a guest that it does not own, and {0} was another one before.",
                remedy: """
                    Choose another `vmid`, or leave it out. If {2} is the server now, remove the document of {0}, apply, \
                    and declare it again with `adopt: true` and `vmid: {1}`.
                    """),
            korean: SentenceText(
                what: "{0}을(를) VMID {1}로 다시 만들어야 하나, 클러스터 {3}의 게스트 {2}이(가) 쓰고 있습니다.",
                why: "Plumb은 자기 소유가 아닌 게스트를 건드리지 않으며, {0}은(는) 전에 다른 게스트였습니다.",
                remedy: """
                    다른 `vmid`를 고르거나 지우십시오. {2}이(가) 이제 그 서버라면 {0}의 문서를 지워 적용한 뒤 `adopt: true`와 \
                    `vmid: {1}`로 다시 선언하십시오.
                    """)),
        SentenceEntry(
            "plan.adoptOtherNumber",
            english: SentenceText(
                what: "`adopt: true` of {0} points at VMID {1}, which {3} does not have; guest {2} has its name.",
                why: "The number decides who is taken over, and one more of that name would be confused with it.",
                remedy: "If guest {2} is meant, write `vmid: {2}`. If not, rename one of them."),
            korean: SentenceText(
                what: "{0}의 `adopt: true`가 가리키는 VMID {1}에는 클러스터 {3}의 게스트가 없고, 그 이름은 게스트 {2}의 것입니다.",
                why: "넘겨받을 게스트는 번호로 정해지며, 같은 이름의 게스트가 하나 더 있으면 혼동됩니다.",
                remedy: "게스트 {2}을(를) 뜻했다면 `vmid: {2}`로 적고, 아니면 둘 중 하나의 이름을 바꾸십시오.")),
        SentenceEntry(
            "plan.adoptNothing",
            english: SentenceText(
                what: "`adopt: true` of {0} fits no guest of cluster {1}, and the server is made anew.",
                why: "No guest that this token sees has its VMID, or its name where no VMID is declared.",
                remedy: "If a guest is to be taken over, correct `vmid` or the name before you apply."),
            korean: SentenceText(
                what: "{0}의 `adopt: true`에 맞는 게스트가 클러스터 {1}에 없어 서버를 새로 만듭니다.",
                why: "이 토큰이 보는 게스트 가운데 그 VMID나, VMID를 적지 않았다면 그 이름을 가진 것이 없습니다.",
                remedy: "게스트를 넘겨받으려 했다면 적용하기 전에 `vmid`나 이름을 바로잡으십시오.")),
        SentenceEntry(
            "plan.adoptOtherName",
            english: SentenceText(
                what: "{0} takes over guest {1}, which is called {2}.",
                why: "`adopt: true` with a `vmid` goes by the number alone, and the guest is called {0} afterwards.",
                remedy: "Check the number before you approve or apply, for the guest becomes the one that is declared."),
            korean: SentenceText(
                what: "{0}이(가) 이름이 {2}인 게스트 {1}을(를) 넘겨받습니다.",
                why: "`vmid`를 적은 `adopt: true`는 번호만 보며, 게스트의 이름은 {0}이(가) 됩니다.",
                remedy: "승인하거나 적용하기 전에 번호를 확인하십시오. 그 게스트가 선언된 서버가 됩니다.")),
    ]
}
