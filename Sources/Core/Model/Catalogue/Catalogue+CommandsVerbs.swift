extension Catalogue {
    /// What is said of verbs that other tools have and that are no verbs here, because documents say what is to be.
    static let commandsVerbs: [SentenceEntry] = [
        SentenceEntry(
            "cli.verbAdopt",
            english: SentenceText(
                what: "There is no verb `{0}`.",
                why: "A guest is taken over because a document declares it.",
                remedy:
                    "`plumb import live` writes the documents of guests that run, and takes them over. In a document of your own write `vmid` and `adopt: true`, then look at `plumb plan`."
            ),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다.",
                why: "게스트는 문서가 선언하기 때문에 인수됩니다.",
                remedy:
                    "`plumb import live`가 실행 중인 게스트의 문서를 쓰고 인수합니다. 직접 쓰는 문서에는 `vmid`와 `adopt: true`를 쓰고 `plumb plan`을 확인하십시오."
            )),
        SentenceEntry(
            "cli.verbDestroy",
            english: SentenceText(
                what: "There is no verb `{0}`.",
                why: "A server ends when no document declares it any more.",
                remedy:
                    "Remove its document and look at `plumb plan`; `plumb apply --approve-destroy NAME` carries that out. `plumb rebuild NAME` destroys a server and makes it again."
            ),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다.",
                why: "서버는 더 이상 어떤 문서도 선언하지 않을 때 없어집니다.",
                remedy:
                    "문서를 지우고 `plumb plan`을 확인하십시오. 서버 하나라면 `plumb apply --approve-destroy 1`이 그것을 실행합니다. `plumb rebuild NAME`은 서버를 없애고 다시 만듭니다."
            )),
        SentenceEntry(
            "cli.verbCreate",
            english: SentenceText(
                what: "There is no verb `{0}`.",
                why: "A server is made because a document declares it.",
                remedy:
                    "Write its document: `plumb init` writes a first one, `plumb schema Server` prints what may stand in it. Then look at `plumb plan`, and `plumb apply` makes the server."
            ),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다.",
                why: "서버는 문서가 선언하기 때문에 만들어집니다.",
                remedy:
                    "문서를 쓰십시오. `plumb init`이 첫 문서를 쓰고, `plumb schema Server`가 쓸 수 있는 것을 보여 줍니다. 그다음 `plumb plan`을 확인하면 `plumb apply`가 서버를 만듭니다."
            )),
        SentenceEntry(
            "cli.verbRollback",
            english: SentenceText(
                what: "There is no verb `{0}`.",
                why: "The fleet becomes what the documents say, whichever commit they are of.",
                remedy:
                    "Take the change back there (`git revert COMMIT`), look at `plumb plan`, and apply it. A guest that was destroyed is made anew, without its data."
            ),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다.",
                why: "어느 커밋의 것이든 문서가 말하는 대로 됩니다.",
                remedy:
                    "문서에서 변경을 되돌리고(`git revert COMMIT`) `plumb plan`을 확인한 뒤 적용하십시오. 없어진 게스트는 데이터 없이 새로 만들어집니다."
            )),
        SentenceEntry(
            "cli.verbPower",
            english: SentenceText(
                what: "There is no verb `{0}`.",
                why: "A document says whether its guest runs, and a restart that a change needs is a step of a plan.",
                remedy:
                    "Write `power: running` or `power: stopped` into the document, then `plumb apply`. With `power: unmanaged` it is started and stopped in Proxmox."
            ),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다.",
                why: "게스트를 실행할지는 문서가 말하며, 변경에 필요한 재시작은 계획의 한 단계입니다.",
                remedy:
                    "문서에 `power: running`이나 `power: stopped`를 쓰고 `plumb apply`를 실행하십시오. `power: unmanaged`이면 Proxmox에서 시작하고 정지합니다."
            )),
        SentenceEntry(
            "cli.verbUnlock",
            english: SentenceText(
                what: "There is no verb `{0}`.",
                why: "A stack's lock is that of the process which works there, and ends with it.",
                remedy:
                    "`plumb status` names who is at work. What a run that was cut off left open, `plumb recover` closes, or the next `plumb apply`. A guest that Proxmox locks is freed there once no task of it runs any more (`qm unlock VMID`)."
            ),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다.",
                why: "스택의 잠금은 그곳에서 작업하는 프로세스의 것이며 그 프로세스와 함께 없어집니다.",
                remedy:
                    "누가 작업 중인지는 `plumb status`가 알려 줍니다. 중단된 실행이 남긴 것은 `plumb recover`나 다음 `plumb apply`가 정리합니다. Proxmox가 잠근 게스트는 실행 중인 작업이 없을 때 그곳에서 풉니다(`qm unlock VMID`)."
            )),
        SentenceEntry(
            "cli.rebuildYes",
            english: SentenceText(
                what: "`plumb rebuild` has no `{0}`.",
                why: "A rebuild destroys what is on the disks, and a yes to it says whose.",
                remedy: "Answer at the terminal, or name them: `plumb rebuild {1} --approve-destroy {2}`."),
            korean: SentenceText(
                what: "`plumb rebuild`에는 `{0}`이(가) 없습니다.",
                why: "재구축은 디스크의 내용을 없애므로, 승인은 어느 서버인지 말해야 합니다.",
                remedy: "터미널에서 답하거나 이름을 대십시오: `plumb rebuild {1} --approve-destroy {2}`.")),
    ]
}
