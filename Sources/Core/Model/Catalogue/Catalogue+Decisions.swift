extension Catalogue {
    /// What is said of a person's yes and no, and of how they were given.
    package static let decisions: [SentenceEntry] = [
        SentenceEntry(
            "pass.rejected",
            english: SentenceText(
                what: "Plan {0} was rejected by {1} at {2}; nothing of it is carried out.",
                why: "A no holds for as long as nothing has moved that the plan rests on.",
                remedy:
                    "{1} takes it back with `plumb approve {0}`; whoever else wants something else declares it, which makes another plan."
            ),
            korean: SentenceText(
                what: "계획 {0}은(는) {2}에 {1}이(가) 거부했으며, 아무 단계도 수행하지 않습니다.",
                why: "계획이 근거로 하는 것이 바뀌지 않는 한 거부는 유효합니다.",
                remedy: "{1}이(가) `plumb approve {0}`로 철회할 수 있습니다. 다른 것을 원하면 선언을 바꾸십시오. 그러면 다른 계획이 됩니다.")),
        SentenceEntry(
            "pass.stepRejected",
            english: SentenceText(
                what: "{2} said no to {0} at {3}, in plan {1}.",
                why:
                    "A no to what takes a guest down or ends it holds for as long as nothing has moved that the step rests on.",
                remedy:
                    "{2} takes it back with `plumb approve {1}`; whoever else wants something else declares it."),
            korean: SentenceText(
                what: "{2}이(가) {3}에 계획 {1}에서 {0}을(를) 거부했습니다.",
                why: "게스트를 멈추거나 없애는 단계의 거부는 그 단계가 근거로 하는 것이 바뀌지 않는 한 유효합니다.",
                remedy: "{2}이(가) `plumb approve {1}`로 철회할 수 있습니다. 다른 것을 원하면 선언을 바꾸십시오.")),
        SentenceEntry(
            "cli.noTakenBack",
            english: SentenceText(
                what: "{1} has taken the no to plan {0} back.",
                remedy: "What others had approved of it before has to be approved again."),
            korean: SentenceText(
                what: "{1}이(가) 계획 {0}에 대한 거부를 철회했습니다.", remedy: "그 전에 다른 사람이 승인한 것은 다시 승인해야 합니다.")),
        SentenceEntry(
            "cli.noWhileAtWork",
            english: SentenceText(
                what: "A run (process {1}) has these in hand already: {0}.",
                why: "What it has begun is not stopped in the middle; the no holds for what it has not begun.",
                remedy: "`plumb history` shows what came of it."),
            korean: SentenceText(
                what: "실행 중인 프로세스 {1}이(가) 이미 다음을 수행하고 있습니다: {0}.",
                why: "시작한 일은 중간에 멈추지 않으며, 거부는 아직 시작하지 않은 일에 적용됩니다.",
                remedy: "결과는 `plumb history`에서 볼 수 있습니다.")),
        SentenceEntry(
            "cli.planDone",
            english: SentenceText(
                what:
                    "Of these {2} {2|step|steps} of plan {0}, {1} {1|was|were} done already, the last by {3} at {4}.",
                why:
                    "A yes or a no undoes nothing; it counts where the same comes up again and rests on the same facts.",
                remedy: "`plumb history` shows what was done, and `plumb plan` what is to be done now."),
            korean: SentenceText(
                what: "계획 {0}의 이 단계 {2}개 가운데 {1}개는 이미 수행되었으며, 마지막은 {4}에 {3}이(가) 했습니다.",
                why: "승인이나 거부는 아무것도 되돌리지 않으며, 같은 단계가 같은 근거로 다시 나올 때 유효합니다.",
                remedy: "`plumb history`가 수행한 일을, `plumb plan`이 지금 할 일을 보여 줍니다.")),
        SentenceEntry(
            "cli.planReplacedBy",
            english: SentenceText(
                what:
                    "Plan {0} was replaced at {1}. The plan that stands now is {2}, and it has {3} of these {4} {4|step|steps} with the same facts.",
                why: "A yes or a no is to a step and to what it rests on; to the others it says nothing.",
                remedy: "Look at `plumb plan`, and say yes or no to the plan that it shows."),
            korean: SentenceText(
                what: "계획 {0}은(는) {1}에 다른 계획으로 바뀌었습니다. 지금 유효한 계획은 {2}이며, 이 단계 {4}개 가운데 {3}개가 같은 근거로 들어 있습니다.",
                why: "승인이나 거부는 단계와 그 근거에 대한 것이며, 나머지에는 아무 뜻이 없습니다.",
                remedy: "`plumb plan`을 확인하고, 그것이 보여 주는 계획을 승인하거나 거부하십시오.")),
        SentenceEntry(
            "cli.planReplaced",
            english: SentenceText(
                what: "Plan {0} was replaced by a later one at {1}.",
                why: "A yes or a no counts where a later plan has the same step, and it rests on the same facts.",
                remedy: "Look at `plumb plan`, and say yes or no to the plan that it shows."),
            korean: SentenceText(
                what: "계획 {0}은(는) {1}에 이후의 계획으로 바뀌었습니다.",
                why: "승인이나 거부는 이후의 계획에 같은 단계가 같은 근거로 있을 때 유효합니다.",
                remedy: "`plumb plan`을 확인하고, 그것이 보여 주는 계획을 승인하거나 거부하십시오.")),
        SentenceEntry(
            "cli.noTakenBackInPart",
            english: SentenceText(
                what: "{1} has taken a part of the no to plan {0} back: {2}.",
                why: "The plan that was approved does nothing else of it, so that the no still holds for: {3}.",
                remedy:
                    "`plumb approve {0}` takes all of it back. What others had approved of it before has to be approved again."
            ),
            korean: SentenceText(
                what: "{1}이(가) 계획 {0}에 대한 거부의 일부를 철회했습니다: {2}.",
                why: "승인한 계획은 그 밖의 것은 하지 않으므로 다음에 대한 거부는 여전히 유효합니다: {3}.",
                remedy: "`plumb approve {0}`로 모두 철회할 수 있습니다. 그 전에 다른 사람이 승인한 것은 다시 승인해야 합니다.")),
        SentenceEntry(
            "cli.noStands",
            english: SentenceText(
                what: "Not approved, because {2} said no to it at {3}, in plan {1}: {0}.",
                why:
                    "A no to what takes a guest down or ends it holds for as long as nothing has moved that the step rests on.",
                remedy: "{2} takes it back with `plumb approve {1}`; whoever else wants something else declares it."),
            korean: SentenceText(
                what: "{2}이(가) {3}에 계획 {1}에서 거부했으므로 승인하지 않았습니다: {0}.",
                why: "게스트를 멈추거나 없애는 단계의 거부는 그 단계가 근거로 하는 것이 바뀌지 않는 한 유효합니다.",
                remedy: "{2}이(가) `plumb approve {1}`로 철회할 수 있습니다. 다른 것을 원하면 선언을 바꾸십시오.")),
        SentenceEntry(
            "cli.approveWhich",
            english: SentenceText(
                what: "Say which plan you approve.",
                why: "A yes is to one plan, by its id. These wait for one: {0}.",
                remedy: "Run `plumb approve ID`; `plumb plan` shows what stands in the latest one."),
            korean: SentenceText(
                what: "승인할 계획을 지정하십시오.", why: "승인은 ID로 지정한 계획 하나에 대한 것입니다. 승인을 기다리는 계획: {0}.",
                remedy: "`plumb approve ID`를 실행하십시오. 최신 계획의 내용은 `plumb plan`이 보여 줍니다.")),
        SentenceEntry(
            "cli.nothingWaits",
            english: SentenceText(
                what: "No plan waits for approval.", why: "No plan that is kept and still stands has a step that asks.",
                remedy: "Run `plumb plan` to make a fresh one."),
            korean: SentenceText(
                what: "승인을 기다리는 계획이 없습니다.", why: "남아 있는 유효한 계획 중에 승인이 필요한 단계가 없습니다.",
                remedy: "`plumb plan`으로 새 계획을 만드십시오.")),
        SentenceEntry(
            "cli.destroyHeld",
            english: SentenceText(
                what:
                    "Nothing was done: of what the plan would destroy, {2} {2|server is|servers are} held back and {0} {0|is|are} free to go, and --approve-destroy says {1}.",
                why: "Held back: {3}. {4}",
                remedy: "Settle that first (the plan says how), or give the number {0}."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다. 계획이 삭제할 서버 중 {2}개는 보류되어 있고 {0}개만 삭제할 수 있는데, --approve-destroy는 {1}개입니다.",
                why: "보류: {3}. {4}",
                remedy: "먼저 그것을 해결하거나(방법은 계획에 있습니다) 숫자 {0}을(를) 적으십시오.")),
        SentenceEntry(
            "cli.endHeld",
            english: SentenceText(
                what: "Nothing was done: --approve-destroy names {0}, whose end is held back.", why: "{1}",
                remedy: "Settle that first (the plan says how), or leave {0} out."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다. --approve-destroy에 적은 {0}의 삭제는 보류되어 있습니다.", why: "{1}",
                remedy: "먼저 그것을 해결하거나(방법은 계획에 있습니다) {0}을(를) 빼십시오.")),
        SentenceEntry(
            "cli.endBlocked",
            english: SentenceText(
                what: "Nothing was done: --approve-destroy names {0}, for which this plan has no step.", why: "{1}",
                remedy: "Settle that first (the plan says how), or leave {0} out."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다. --approve-destroy에 적은 {0}에 대해 이 계획에는 단계가 없습니다.", why: "{1}",
                remedy: "먼저 그것을 해결하거나(방법은 계획에 있습니다) {0}을(를) 빼십시오.")),
        SentenceEntry(
            "cli.notEnded",
            english: SentenceText(
                what: "Nothing was done: --approve-destroy names {0}, and the plan does not destroy {1|it|them}.",
                why: "Who is named may be declared again, or gone. The plan destroys: {2}.",
                remedy: "Look at the plan again, and name whom it destroys."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다. --approve-destroy에 적은 {0}을(를) 이 계획은 삭제하지 않습니다.",
                why: "다시 선언되었거나 이미 없을 수 있습니다. 계획이 삭제하는 서버: {2}.",
                remedy: "계획을 다시 보고 삭제되는 서버의 이름을 적으십시오.")),
        SentenceEntry(
            "cli.endsUnnamed",
            english: SentenceText(
                what: "Nothing was done: the plan also destroys {0}, which --approve-destroy does not name.",
                why: "That wants no further yes: a policy lets it through, or people approved it before.",
                remedy: "Name {1|it|them} too, confine the run with `--target`, or run `plumb reject PLAN`."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다. 계획은 --approve-destroy에 없는 {0}도 삭제합니다.",
                why: "정책이 허용하거나 이미 승인되어 더 이상의 승인이 필요하지 않습니다.",
                remedy: "함께 적거나, `--target`으로 범위를 좁히거나, `plumb reject PLAN`을 실행하십시오.")),
        SentenceEntry(
            "cli.endNotNamed",
            english: SentenceText(
                what: "{0} is not destroyed: it came free only after the plan was shown.",
                why: "What --approve-destroy says is about those whom that plan would have ended.",
                remedy: "Look at `plumb plan`, and run it again."),
            korean: SentenceText(
                what: "{0}을(를) 삭제하지 않습니다. 계획을 보인 뒤에야 삭제할 수 있게 되었습니다.",
                why: "--approve-destroy는 그 계획이 삭제할 서버에 대한 것입니다.",
                remedy: "`plumb plan`을 확인하고 다시 실행하십시오.")),
        SentenceEntry(
            "cli.endsByCount",
            english: SentenceText(
                what: "--approve-destroy {0} ends: {1}.",
                remedy: "Give the names in place of the number, and no other can end."),
            korean: SentenceText(
                what: "--approve-destroy {0}(으)로 삭제되는 서버: {1}.",
                remedy: "숫자 대신 이름을 적으면 다른 서버는 없어지지 않습니다.")),
        SentenceEntry(
            "cli.terraformDashes",
            english: SentenceText(
                what: "What Terraform is told stands behind `--`: `plumb terraform {0} -- {1}`.",
                why: "Before it the options are Plumb's own.", remedy: "Run it like that."),
            korean: SentenceText(
                what: "Terraform에 전할 말은 `--` 뒤에 적습니다: `plumb terraform {0} -- {1}`.",
                why: "그 앞의 옵션은 Plumb의 것입니다.", remedy: "그렇게 실행하십시오.")),
    ]
}
