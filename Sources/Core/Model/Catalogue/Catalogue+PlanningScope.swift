extension Catalogue {
    /// What the scope guard says of a Terraform plan that is not what was announced.
    static let planningScope: [SentenceEntry] = [
        SentenceEntry(
            "plan.scopeErrored",
            english: SentenceText(
                what: "Terraform's plan of stack {0} did not come to its end, and nothing of it is applied.",
                why: "What else it would have done is not known.",
                remedy: "`plumb terraform {0} -- plan` says what keeps it from planning. Mend that, then plan again."),
            korean: SentenceText(
                what: "스택 {0}의 Terraform 계획이 끝까지 만들어지지 않아 아무것도 적용하지 않습니다.",
                why: "그 밖에 무엇을 하려 했는지 알 수 없습니다.",
                remedy: "`plumb terraform {0} -- plan`이 이유를 보여 줍니다. 고친 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "plan.scopeForeign",
            english: SentenceText(
                what: "In stack {2} Terraform would {1} {0}, which is no server of Plumb's.",
                why: "A plan does exactly what was announced, or nothing. Plumb puts nothing but servers into a stack.",
                remedy:
                    "`plumb terraform {2} -- plan` shows it. What only the state holds, `plumb terraform {2} -- state rm '{0}'` takes out of it; what a file in the stack's directory declares goes with that file."
            ),
            korean: SentenceText(
                what: "스택 {2}에서 Terraform이 Plumb의 서버가 아닌 {0}에 {1}을(를) 하려 합니다.",
                why: "계획은 예고한 일만 하거나 아무것도 하지 않습니다. Plumb은 스택에 서버만 둡니다.",
                remedy:
                    "`plumb terraform {2} -- plan`으로 확인하십시오. 상태에만 있는 것은 `plumb terraform {2} -- state rm '{0}'`로 빼고, 스택 디렉터리의 파일이 선언한 것은 그 파일을 옮기십시오."
            )),
        SentenceEntry(
            "plan.scopeUnannounced",
            english: SentenceText(
                what: "In stack {3} Terraform would {1} {0}, which was not announced.",
                why: "The address is {2}; `-target` does not confine Terraform.",
                remedy:
                    "Nothing was done. Compare `plumb terraform {3} -- state list` with the servers in the stack's terraform.tfvars.json, then plan again."
            ),
            korean: SentenceText(
                what: "스택 {3}에서 Terraform이 예고하지 않은 {0}에 {1}을(를) 하려 합니다.",
                why: "주소는 {2}입니다. `-target`은 Terraform을 제한하지 못합니다.",
                remedy:
                    "아무것도 하지 않았습니다. `plumb terraform {3} -- state list`와 스택의 terraform.tfvars.json에 있는 서버를 비교한 뒤 다시 계획하십시오."
            )),
        SentenceEntry(
            "plan.scopeNothing",
            english: SentenceText(
                what: "Terraform would do nothing to {0}, although {1} was announced.",
                why: "It may have lost sight of the guest, or the guest is already so.",
                remedy: "The next pass looks again. If it stays so, check the token's rights with `plumb doctor`."),
            korean: SentenceText(
                what: "{1}을(를) 예고했으나 Terraform은 {0}에 아무것도 하지 않으려 합니다.",
                why: "게스트를 보지 못하거나 이미 그런 상태일 수 있습니다.",
                remedy: "다음 차례에 다시 확인합니다. 계속되면 `plumb doctor`로 토큰의 권한을 확인하십시오.")),
        SentenceEntry(
            "plan.scopeOther",
            english: SentenceText(
                what: "In stack {4} Terraform would {2} {0}, although {1} was announced.",
                why: "A plan does exactly what was announced, or nothing. The address is {3}.",
                remedy:
                    "Nothing was done to it. `plumb terraform {4} -- plan` shows Terraform's own reason; plan again once it is gone."
            ),
            korean: SentenceText(
                what: "{1}을(를) 예고했으나 스택 {4}에서 Terraform은 {0}에 {2}을(를) 하려 합니다.",
                why: "계획은 예고한 일만 하거나 아무것도 하지 않습니다. 주소는 {3}입니다.",
                remedy:
                    "아무것도 하지 않았습니다. `plumb terraform {4} -- plan`이 Terraform의 이유를 보여 줍니다. 그 이유가 없어지면 다시 계획하십시오."
            )),
        SentenceEntry(
            "plan.scopeTwice",
            english: SentenceText(
                what: "In stack {3} Terraform would change {2} resources of {0}, although one {1} was announced.",
                why: "A server is one resource; two would be two guests, or one that is changed twice.",
                remedy:
                    "Nothing was done to it. `plumb terraform {3} -- plan` shows both; take the one that is not the server's out of the state with `plumb terraform {3} -- state rm ADDRESS`."
            ),
            korean: SentenceText(
                what: "{1} 하나를 예고했으나 스택 {3}에서 Terraform은 {0}의 리소스 {2}개를 바꾸려 합니다.",
                why: "서버 하나는 리소스 하나입니다. 둘이면 게스트가 둘이거나 하나를 두 번 바꾸게 됩니다.",
                remedy:
                    "아무것도 하지 않았습니다. `plumb terraform {3} -- plan`으로 둘을 확인하고, 그 서버의 것이 아닌 쪽을 `plumb terraform {3} -- state rm ADDRESS`로 상태에서 빼십시오."
            )),
        SentenceEntry(
            "plan.scopeReplace",
            english: SentenceText(
                what: "Terraform would replace {0}, although {1} was announced.",
                why: "What forces it: {2}.",
                remedy: "Take the change of that attribute back, or run `plumb rebuild {0}`."),
            korean: SentenceText(
                what: "{1}을(를) 예고했으나 Terraform은 {0}을(를) 교체하려 합니다.",
                why: "원인: {2}.",
                remedy: "그 속성의 변경을 되돌리거나 `plumb rebuild {0}`을 실행하십시오.")),
        SentenceEntry(
            "plan.scopeForgotten",
            english: SentenceText(
                what: "Terraform lost sight of {0} and would drop it from its state.",
                why: "The guest is not known to be gone; a token that lost VM.Audit looks the same.",
                remedy: "Check the token's rights with `plumb doctor`."),
            korean: SentenceText(
                what: "Terraform이 {0}을(를) 보지 못해 상태에서 지우려 합니다.",
                why: "게스트가 없어졌다는 확인이 없습니다. VM.Audit 권한을 잃은 토큰도 이와 같습니다.",
                remedy: "`plumb doctor`로 토큰의 권한을 확인하십시오.")),
        SentenceEntry(
            "plan.scopeForgottenOther",
            english: SentenceText(
                what: "Terraform lost sight of {0}, which this batch is not about.",
                why: "A token that lost VM.Audit looks the same.",
                remedy: "Check the token's rights with `plumb doctor`."),
            korean: SentenceText(
                what: "Terraform이 이 작업과 무관한 {0}을(를) 보지 못합니다.",
                why: "VM.Audit 권한을 잃은 토큰도 이와 같습니다.",
                remedy: "`plumb doctor`로 토큰의 권한을 확인하십시오.")),
    ]
}
