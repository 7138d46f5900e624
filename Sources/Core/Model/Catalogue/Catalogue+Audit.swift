extension Catalogue {
    /// What the audit of a stack can say.
    package static let audit: [SentenceEntry] = [
        SentenceEntry(
            "audit.stackUnclean",
            english: SentenceText(
                what: "Terraform would change {1} {1|resource|resources} of stack {0}: {2}.",
                why:
                    "The audit of {3} planned everything that the stack's terraform.tfvars.json says, and a stack that is as Plumb left it needs nothing.",
                remedy:
                    "Look at all of it as it is now with `plumb audit {0}`; where `plumb drift` sees it too, that says who did it. Set the guest right, or declare what it should have and apply. The audit itself changed nothing, and the next one looks again."
            ),
            korean: SentenceText(
                what: "Terraform이 스택 {0}의 리소스 {1}개를 변경하려 합니다: {2}.",
                why: "{3}의 감사에서 스택의 terraform.tfvars.json 전체를 계획했으며, Plumb이 둔 그대로인 스택이라면 변경이 없어야 합니다.",
                remedy:
                    "`plumb audit {0}`로 지금 상태 전체를 확인하십시오. `plumb drift`에도 나타나면 누가 바꾸었는지 알 수 있습니다. 게스트를 바로잡거나 원하는 값을 선언하고 적용하십시오. 감사 자체는 아무것도 바꾸지 않았으며, 다음 감사가 다시 확인합니다."
            )),
        SentenceEntry(
            "audit.unseen",
            english: SentenceText(
                what: "Terraform would make {0} {0|server|servers} anew, because it saw no guest of {0|it|them}.",
                why:
                    "Either {0|the guest is gone or was|the guests are gone or were} never made, or the token lost VM.Audit: what it may not see Proxmox leaves out without a word.",
                remedy: "Look at the token's rights with `plumb doctor`, and run no Terraform by hand before."),
            korean: SentenceText(
                what: "Terraform이 게스트를 찾지 못해 서버 {0}개를 새로 만들려 합니다.",
                why: "게스트가 없어졌거나 만들어진 적이 없거나, 토큰이 VM.Audit 권한을 잃은 것입니다. Proxmox는 볼 수 없는 게스트를 말없이 목록에서 뺍니다.",
                remedy: "`plumb doctor`로 토큰의 권한을 확인하고, 그 전에는 Terraform을 직접 실행하지 마십시오.")),
        SentenceEntry(
            "audit.failed",
            english: SentenceText(
                what: "The audit of stack {0} at {1} could not be made.",
                remedy: "What Plumb compares by itself is still known, and the next audit looks again. The reason:"),
            korean: SentenceText(
                what: "{1}에 스택 {0}의 감사를 하지 못했습니다.",
                remedy: "Plumb 자체 비교 결과는 그대로 유효하며, 다음 감사가 다시 확인합니다. 까닭:")),
        SentenceEntry(
            "audit.batchOpen",
            english: SentenceText(
                what: "Batch {1} of stack {0} is not closed.",
                why: "In the middle of a batch a stack is not what it will be, so an audit would say nothing true.",
                remedy: "Wait until its apply has ended; where it was killed, run `plumb recover`. Then audit again."),
            korean: SentenceText(
                what: "스택 {0}의 배치 {1}이(가) 끝나지 않았습니다.", why: "배치 도중의 스택은 최종 상태가 아니므로 감사 결과가 맞지 않습니다.",
                remedy: "적용이 끝날 때까지 기다리고, 강제 종료되었다면 `plumb recover`를 실행한 뒤 다시 감사하십시오.")),
        SentenceEntry(
            "audit.noSuchStack",
            english: SentenceText(
                what: "There is no stack '{0}'.", remedy: "Give one of these: {1}."),
            korean: SentenceText(what: "스택 '{0}'이(가) 없습니다.", remedy: "다음 중 하나를 지정하십시오: {1}.")),
        SentenceEntry(
            "audit.overdue",
            english: SentenceText(
                what: "The last audit of stack {0} was at {1}.",
                why: "The daemon makes one every {2}, so either it does not run, or the stack was at work each time.",
                remedy: "See that `plumb daemon` runs, or run `plumb audit {0}`."),
            korean: SentenceText(
                what: "스택 {0}의 마지막 감사는 {1}입니다.", why: "데몬이 {2}마다 감사하므로 데몬이 실행 중이 아니거나 매번 스택이 작업 중이었습니다.",
                remedy: "`plumb daemon`이 실행 중인지 확인하거나 `plumb audit {0}`을 실행하십시오.")),
        SentenceEntry(
            "audit.noStacks",
            english: SentenceText(what: "There is no stack yet: nothing was applied.", remedy: ""),
            korean: SentenceText(what: "아직 스택이 없습니다. 적용한 것이 없습니다.", remedy: "")),
        SentenceEntry(
            "audit.clean",
            english: SentenceText(what: "{0}: Terraform would change nothing.", remedy: ""),
            korean: SentenceText(what: "{0}: Terraform이 변경할 것이 없습니다.", remedy: "")),
        SentenceEntry(
            "audit.postponed",
            english: SentenceText(what: "{0} was not audited now.", remedy: ""),
            korean: SentenceText(what: "{0}은(는) 지금 감사하지 않았습니다.", remedy: "")),
        SentenceEntry(
            "audit.lastClean",
            english: SentenceText(what: "Audited at {0}: Terraform would change nothing.", remedy: ""),
            korean: SentenceText(what: "{0}에 감사함: Terraform이 변경할 것이 없습니다.", remedy: "")),
        SentenceEntry(
            "audit.cleanAgain",
            english: SentenceText(what: "Stack {0} is clean again: Terraform would change nothing.", remedy: ""),
            korean: SentenceText(what: "스택 {0}이(가) 다시 정상입니다. Terraform이 변경할 것이 없습니다.", remedy: "")),
    ]
}
