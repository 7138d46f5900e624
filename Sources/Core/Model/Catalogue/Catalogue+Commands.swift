extension Catalogue {
    /// What the commands and their views say.
    package static let commands: [SentenceEntry] = commandMistakes + viewLabels + policyViews

    private static let commandMistakes: [SentenceEntry] = [
        SentenceEntry(
            "cli.cancelled",
            english: SentenceText(
                what: "The command was cancelled.",
                remedy: "Run it again; what was begun is resolved from the journal first."),
            korean: SentenceText(what: "명령이 취소되었습니다.", remedy: "다시 실행하십시오. 시작된 작업은 먼저 저널을 보고 정리합니다.")),
        SentenceEntry(
            "cli.declined",
            english: SentenceText(
                what: "Nothing was done.", why: "The answer was not yes.",
                remedy: "Run the command again to be asked again."),
            korean: SentenceText(what: "아무것도 하지 않았습니다.", why: "대답이 예가 아니었습니다.", remedy: "다시 묻게 하려면 명령을 다시 실행하십시오.")),
        SentenceEntry(
            "cli.nobodyToAsk",
            english: SentenceText(
                what: "Nothing was done.", why: "There is no terminal on which to ask.",
                remedy:
                    """
                    Add --yes for what is approved already and what destroys, stops and restarts nothing, --approve-destroy NAME \
                    for what destroys, or run `plumb approve {0}` before, which is for all of it.
                    """
            ),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다.", why: "물어볼 터미널이 없습니다.",
                remedy:
                    "이미 승인된 단계와 삭제, 정지, 재시작이 없는 단계는 --yes, 삭제는 --approve-destroy NAME을 붙이거나, 먼저 `plumb approve {0}`을(를) 실행해 전체를 승인하십시오."
            )),
        SentenceEntry(
            "cli.nobodyToAskOfReady",
            english: SentenceText(
                what: "Nothing was done.", why: "There is no terminal on which to ask.",
                remedy: "Add --yes: what the plan shows needs no further approval."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다.", why: "물어볼 터미널이 없습니다.",
                remedy: "--yes를 붙이십시오. 계획에 있는 것은 더 이상의 승인이 필요하지 않습니다.")),
        SentenceEntry(
            "cli.nobodyToAskOfRebuild",
            english: SentenceText(
                what: "Nothing was done.", why: "There is no terminal on which to ask.",
                remedy: """
                    Add --approve-destroy NAME, or run `plumb approve {0}`: the next `plumb apply` or the daemon carries it out \
                    then.
                    """),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다.", why: "물어볼 터미널이 없습니다.",
                remedy: """
                    --approve-destroy NAME을 붙이거나 `plumb approve {0}`을(를) 실행하십시오. 그러면 다음 `plumb apply`나 데몬이 \
                    실행합니다.
                    """)),
        SentenceEntry(
            "cli.destroyCount",
            english: SentenceText(
                what: "Nothing was done: the plan destroys {0} {0|server|servers}, and --approve-destroy says {1}.",
                why: "It destroys: {2}.",
                remedy: "Look at the plan again, and name those who may end: `--approve-destroy NAME,NAME`."),
            korean: SentenceText(
                what: "아무것도 하지 않았습니다. 계획은 서버 {0}개를 삭제하는데 --approve-destroy는 {1}개입니다.",
                why: "삭제되는 서버: {2}.",
                remedy: "계획을 다시 보고 없어져도 되는 서버의 이름을 적으십시오: `--approve-destroy NAME,NAME`.")),
        SentenceEntry(
            "cli.noSuchTarget",
            english: SentenceText(
                what: "No server that is declared or recorded matches '{0}'.",
                remedy: "Look at the names with 'plumb servers list'."),
            korean: SentenceText(what: "'{0}'에 맞는 선언된 서버가 없습니다.", remedy: "'plumb servers list'로 이름을 확인하십시오.")),
        SentenceEntry(
            "cli.ambiguousServer",
            english: SentenceText(
                what: "'{0}' means {1} servers: {2}.",
                why: "Nothing is done to one server because of a word that means another as well.",
                remedy: "Give the name of the one that you mean."),
            korean: SentenceText(
                what: "'{0}'에 해당하는 서버가 {1}개입니다: {2}.", why: "다른 서버까지 가리키는 말로는 아무 서버도 건드리지 않습니다.",
                remedy: "원하는 서버의 이름을 적으십시오.")),
        SentenceEntry(
            "cli.noSuchServer",
            english: SentenceText(
                what: "There is no server '{0}'.", why: "No document declares it, and the registry does not know it.",
                remedy: "Look at the names with 'plumb servers list'."),
            korean: SentenceText(
                what: "서버를 찾을 수 없습니다: '{0}'.", why: "선언한 문서도, 등록된 기록도 없습니다.",
                remedy: "'plumb servers list'로 이름을 확인하십시오.")),
        SentenceEntry(
            "cli.noPlanFile",
            english: SentenceText(
                what: "{0} is not a plan that 'plumb plan --out' wrote.",
                remedy: "Make it again with 'plumb plan --out FILE', or give a plan's id."),
            korean: SentenceText(
                what: "{0} 파일은 'plumb plan --out'이 쓴 계획이 아닙니다.",
                remedy: "'plumb plan --out FILE'로 다시 만들거나 계획의 id를 적으십시오.")),
        SentenceEntry(
            "cli.planElsewhere",
            english: SentenceText(
                what: "The plan of {0} is not known here.",
                why:
                    "The file only names it; its steps are in the state directory of the configuration it was made for.",
                remedy: "Run the command where it was made, or with that --config and --state."),
            korean: SentenceText(
                what: "{0}의 계획을 여기에서는 알 수 없습니다.", why: "파일에는 이름만 있고, 단계는 그 계획을 만든 구성의 상태 디렉터리에 있습니다.",
                remedy: "계획을 만든 곳에서, 또는 그 --config와 --state로 실행하십시오.")),
        SentenceEntry(
            "cli.noPlanNamed",
            english: SentenceText(
                what: "There is no file {0}, and it is no plan's id.",
                remedy: "Give a file of 'plumb plan --out', or an id as 'plumb plan' shows it."),
            korean: SentenceText(
                what: "{0} 파일이 없고, 계획 ID도 아닙니다.", remedy: "'plumb plan --out'의 파일이나 'plumb plan'이 보여 주는 ID를 적으십시오.")),
        SentenceEntry(
            "cli.wrongDirectory",
            english: SentenceText(
                what: "There is no *.yaml or *.yml file in {0}, and Plumb has no state in {1}.",
                why: "It is probably the wrong directory.",
                remedy:
                    "Change to that of the configuration, name it with --config, or begin one here with `plumb init`."),
            korean: SentenceText(
                what: "{0}에 *.yaml 또는 *.yml 파일이 없고, {1}에 Plumb의 상태도 없습니다.", why: "잘못된 디렉터리일 가능성이 큽니다.",
                remedy: "구성이 있는 디렉터리로 옮기거나 --config로 지정하십시오. 새로 시작하려면 `plumb init`을 실행하십시오.")),
        SentenceEntry(
            "cli.cannotWrite",
            english: SentenceText(
                what: "{0} could not be written: {1}", remedy: "Check that its directory exists and may be written to."),
            korean: SentenceText(what: "{0} 파일을 쓸 수 없습니다: {1}", remedy: "디렉터리가 있고 쓸 수 있는지 확인하십시오.")),
        SentenceEntry(
            "cli.outputLost",
            english: SentenceText(
                what: "The result could not be written to standard output: {0}.",
                why: "What the command did is done; only its answer is lost.",
                remedy: "Make room where the output goes, then look with `plumb status` and `plumb plan`."),
            korean: SentenceText(
                what: "결과를 표준 출력에 쓸 수 없습니다: {0}.", why: "명령이 한 일은 그대로이며 출력만 사라졌습니다.",
                remedy: "출력할 곳에 공간을 만든 뒤 `plumb status`와 `plumb plan`으로 확인하십시오.")),
        SentenceEntry(
            "cli.planNotKept",
            english: SentenceText(
                what: "The plan cannot be saved: nothing can be written into the registry.",
                why: "A saved plan only names one that the registry keeps.",
                remedy: "Make room or give the right to write there; without `--out` the plan is shown."),
            korean: SentenceText(
                what: "레지스트리에 쓸 수 없어 계획을 저장할 수 없습니다.", why: "저장된 계획은 레지스트리에 있는 계획을 가리킬 뿐입니다.",
                remedy: "공간이나 쓰기 권한을 마련하십시오. `--out` 없이는 계획을 볼 수 있습니다.")),
        SentenceEntry(
            "cli.notAPlanFile",
            english: SentenceText(
                what: "{0} is there already, and is no plan of Plumb's.",
                why: "`--out` overwrites only what an earlier `--out` wrote.",
                remedy: "Give the plan a name of its own, such as change.plan."),
            korean: SentenceText(
                what: "{0} 파일이 이미 있으며 Plumb의 계획이 아닙니다.", why: "`--out`은 이전 `--out`이 쓴 파일만 덮어씁니다.",
                remedy: "change.plan처럼 다른 이름을 쓰십시오.")),
        SentenceEntry(
            "cli.planAsDocument",
            english: SentenceText(
                what: "{0} would be read as a document of the configuration.",
                why:
                    "Every *.yaml and *.yml below its directory is, and a plan is none: nothing could be removed any more.",
                remedy: "Give the plan another name, such as change.plan."),
            korean: SentenceText(
                what: "{0} 파일은 구성의 문서로 읽히게 됩니다.",
                why: "그 디렉터리 아래의 *.yaml과 *.yml은 모두 문서로 읽는데 계획은 문서가 아니므로, 아무것도 제거할 수 없게 됩니다.",
                remedy: "change.plan처럼 다른 이름을 쓰십시오.")),
        SentenceEntry(
            "cli.noSuchVerb",
            english: SentenceText(
                what: "There is no verb `{0}`; did you mean `{1}`?", remedy: "`plumb --help` lists all of them."),
            korean: SentenceText(
                what: "`{0}`이라는 명령은 없습니다. `{1}`을(를) 말씀하셨습니까?", remedy: "`plumb --help`로 모든 명령을 볼 수 있습니다.")),
        SentenceEntry(
            "cli.wouldOverwrite",
            english: SentenceText(
                what: "{0} exists already.", why: "init does not overwrite what is there.",
                remedy: "Choose another directory with --config, or move the file away."),
            korean: SentenceText(
                what: "{0} 파일이 이미 있습니다.", why: "init은 있는 파일을 덮어쓰지 않습니다.", remedy: "--config로 다른 디렉터리를 고르거나 파일을 옮기십시오.")),
        SentenceEntry(
            "cli.initOverRecords",
            english: SentenceText(
                what: "{0} {0|server|servers} on record in {1} {0|is|are} not declared in {2}, so init writes nothing.",
                why: """
                    A starter is for a fleet that begins. Beside these records it would hide that documents are missing, and \
                    whatever it does not declare would be up for removal.
                    """,
                remedy: """
                    Bring the documents back (`git checkout -- .`, `git log`, or a backup), then look at `plumb plan`. For a new \
                    fleet choose an empty directory with --config.
                    """),
            korean: SentenceText(
                what: "{1}에 기록된 서버 {0}개가 {2}에 선언되어 있지 않으므로 init은 아무것도 쓰지 않습니다.",
                why: """
                    첫 설정은 새로 시작하는 구성을 위한 것입니다. 기록 옆에 쓰면 문서가 없어졌다는 사실이 가려지고, 선언되지 않은 것은 제거 대상이 \
                    됩니다.
                    """,
                remedy: """
                    문서를 되돌린 뒤(`git checkout -- .`, `git log` 또는 백업) `plumb plan`을 확인하십시오. 새 구성이라면 --config로 빈 \
                    디렉터리를 고르십시오.
                    """)),
        SentenceEntry(
            "cli.nothingToApprove",
            english: SentenceText(
                what: "Nothing in plan {0} waits for approval.", remedy: "Apply it, or look at it with 'plumb plan'."),
            korean: SentenceText(what: "계획 {0}에는 승인을 기다리는 단계가 없습니다.", remedy: "적용하거나 'plumb plan'으로 확인하십시오.")),
        SentenceEntry(
            "cli.nothingToReject",
            english: SentenceText(
                what: "Plan {0} has no steps to reject.", remedy: "See the plans that do something with 'plumb plan'."),
            korean: SentenceText(what: "계획 {0}에는 거부할 단계가 없습니다.", remedy: "'plumb plan'으로 할 일이 있는 계획을 확인하십시오.")),
        SentenceEntry(
            "cli.schemasDiffer",
            english: SentenceText(
                what: "{0} is not what this program writes.",
                remedy: "Run 'plumb schema --write' and commit what it changed."),
            korean: SentenceText(
                what: "{0} 파일이 이 프로그램이 쓰는 내용과 다릅니다.", remedy: "'plumb schema --write'를 실행하고 바뀐 파일을 커밋하십시오.")),
        SentenceEntry(
            "cli.daemonRuns",
            english: SentenceText(
                what: "A daemon works with {0} already: process {1}.",
                why: "Two would plan the same steps and get in each other's way.",
                remedy: "Leave it to that one, or end it first (`kill {1}`)."),
            korean: SentenceText(
                what: "이미 데몬이 {0}을(를) 맡고 있습니다. 프로세스 {1}입니다.", why: "둘이 같은 단계를 계획해 서로 방해하게 됩니다.",
                remedy: "그 데몬에 맡기거나 먼저 끝내십시오(`kill {1}`).")),
        SentenceEntry(
            "cli.stateIsConfiguration",
            english: SentenceText(
                what: "{0} is the configuration's directory, and was given for Plumb's own files as well.",
                why: "There Plumb would keep git from the YAML, and the daemon would take its own writing for changes.",
                remedy: "Give a directory of its own with --state, inside of the configuration or beside it."),
            korean: SentenceText(
                what: "{0}은(는) 구성 디렉터리인데 Plumb 자신의 파일을 둘 곳으로도 지정되었습니다.",
                why: "그러면 git이 YAML을 무시하게 되고, 데몬은 자신이 쓴 파일을 변경으로 여깁니다.",
                remedy: "구성 디렉터리 안이나 옆에 따로 둔 디렉터리를 --state로 지정하십시오.")),
        SentenceEntry(
            "cli.cannotWatch",
            english: SentenceText(
                what: "{0} cannot be watched: {1}",
                remedy:
                    """
                    Check that the directory exists; where the limit of watches is reached, raise \
                    fs.inotify.max_user_watches.
                    """
            ),
            korean: SentenceText(
                what: "{0} 디렉터리를 지켜볼 수 없습니다: {1}",
                remedy: "디렉터리가 있는지 확인하고, 감시 수 한도에 닿았다면 fs.inotify.max_user_watches를 늘리십시오.")),
    ]

    /// Words and short sentences that need no remedy.
    private static let viewLabels: [SentenceEntry] =
        words + headings

    private static let headings: [SentenceEntry] = [
        label("view.verb.create", "create", "생성"),
        label("view.verb.recreate", "recreate", "재생성"),
        label("view.verb.update", "update", "변경"),
        label("view.verb.destroy", "destroy", "삭제"),
        label("view.verb.adopt", "adopt", "편입"),
        label("view.verb.untaint", "untaint", "오염 해제"),
        label("view.verb.move", "move", "이동"),
        label("view.verb.rename", "rename", "이름 변경"),
        label("view.verb.forget", "forget", "놓아줌"),
        label("view.verb.start", "start", "시작"),
        label("view.verb.stop", "stop", "정지"),
        label("view.verb.restart", "restart", "재시작"),
        label("view.verb.rebuild", "rebuild", "재구축"),
        label("view.verb.repair", "repair", "복구"),
        label("view.verb.record", "record", "기록"),
        label("view.verb.retire", "retire", "기록 삭제"),
        label("view.verb.register", "register", "등록"),
        label("view.verb.reregister", "reregister", "재등록"),
        label("view.verb.unregister", "unregister", "등록 해제"),
        label("view.count.create", "{0} to create", "생성 {0}"),
        label("view.count.recreate", "{0} to recreate", "재생성 {0}"),
        label("view.count.update", "{0} to update", "변경 {0}"),
        label("view.count.destroy", "{0} to destroy", "삭제 {0}"),
        label("view.count.adopt", "{0} to adopt", "편입 {0}"),
        label("view.count.untaint", "{0} to untaint", "오염 해제 {0}"),
        label("view.count.move", "{0} to move", "이동 {0}"),
        label("view.count.rename", "{0} to rename", "이름 변경 {0}"),
        label("view.count.forget", "{0} to forget", "놓아줌 {0}"),
        label("view.count.start", "{0} to start", "시작 {0}"),
        label("view.count.stop", "{0} to stop", "정지 {0}"),
        label("view.count.restart", "{0} to restart", "재시작 {0}"),
        label("view.count.rebuild", "{0} to rebuild", "재구축 {0}"),
        label("view.count.repair", "{0} to repair", "복구 {0}"),
        label("view.count.record", "{0} to record", "기록 {0}"),
        label("view.count.retire", "{0} to retire", "기록 삭제 {0}"),
        label("view.count.register", "{0} to register", "등록 {0}"),
        label("view.count.reregister", "{0} to reregister", "재등록 {0}"),
        label("view.count.unregister", "{0} to unregister", "등록 해제 {0}"),
        label("view.count.needingApproval", "{0} waiting for approval", "승인 대기 {0}"),
        label("view.count.blocked", "{0} blocked", "막힘 {0}"),
        label("view.count.waiting", "{0} waiting", "대기 {0}"),
        label("view.outcome.done", "done", "완료"),
        label("view.outcome.stale", "stale", "낡음"),
        label("view.outcome.refused", "refused", "거부"),
        label("view.outcome.failed", "failed", "실패"),
        label("view.outcome.skipped", "skipped", "건너뜀"),
        label("view.outcome.unsettled", "unsettled", "미확정"),
        label("view.outcome.gone", "not needed", "불필요"),
        label("view.outcome.leftOut", "left out", "제외"),
        label("view.outcomes.done", "{0} done", "완료 {0}"),
        label("view.outcomes.stale", "{0} stale", "낡음 {0}"),
        label("view.outcomes.refused", "{0} refused", "거부 {0}"),
        label("view.outcomes.failed", "{0} failed", "실패 {0}"),
        label("view.outcomes.skipped", "{0} skipped", "건너뜀 {0}"),
        label("view.outcomes.unsettled", "{0} unsettled", "미확정 {0}"),
        label("view.outcomes.leftOut", "{0} left out", "제외 {0}"),
        label("view.head.server", "SERVER", "서버"),
        label("view.head.displayName", "DISPLAY NAME", "표시 이름"),
        label("view.head.condition", "CONDITION", "상태"),
        label("view.head.stack", "STACK", "스택"),
        label("view.head.type", "TYPE", "종류"),
        label("view.head.manage", "MANAGE", "관리"),
        label("view.head.mark", "MARK", "표식"),
        label("view.head.node", "NODE", "노드"),
        label("view.head.vmid", "VMID", "VMID"),
        label("view.head.power", "POWER", "전원"),
        label("view.head.roles", "ROLES", "역할"),
        label("view.head.addresses", "ADDRESSES", "주소"),
    ]

    private static let words: [SentenceEntry] = [
        label("view.effect.none", "no effect on the running guest", "실행 중인 게스트에 영향 없음"),
        label("view.effect.hotplug", "takes effect at once", "즉시 적용"),
        label(
            "view.apply.stopping",
            "Stopping after what is in hand; press Ctrl-C again to leave Terraform to finish by itself.",
            "진행 중인 작업을 마친 뒤 멈춥니다. Ctrl-C를 한 번 더 누르면 Terraform이 혼자 끝내도록 둡니다."),
        label("view.effect.restart", "restarts the guest", "게스트를 재시작"),
        label("view.effect.pendingRestart", "takes effect at the next restart", "다음 재시작 때 적용"),
        label("view.effect.stop", "the guest is shut down", "게스트가 종료됨"),
        label("view.effect.destroy", "the guest is destroyed", "게스트가 삭제됨"),
        label("view.finding.blocked", "blocked", "막힘"),
        label("view.finding.waiting", "waiting", "대기"),
        label("view.finding.notice", "notice", "알림"),
        label("view.disposition.needsApproval", "needs approval", "승인 필요"),
        label("view.plan.title", "Plan {0}:", "계획 {0}:"),
        label("view.plan.nothing", "nothing to do", "할 일 없음"),
        label("view.plan.uncertain", "no steps, as not everything could be read", "읽지 못한 것이 있어 단계 없음"),
        label(
            "view.plan.moreNotices", "and {0} more of rule {1} (--diff shows all)", "규칙 {1}에 {0}건 더 있음 (--diff로 모두 표시)"),
        label(
            "view.plan.basis", "{0}: {1} {1|guest|guests} listed, {2} of them read in detail, at {3}",
            "{0}: 게스트 {1}개 조회, 그중 {2}개 상세 조회, {3} 기준"),
        label("view.plan.noBasis", "{0}: nothing could be read, at {1}", "{0}: 아무것도 읽지 못함, {1} 기준"),
        label("view.plan.endsWith", "ends with it: {0}", "함께 사라짐: {0}"),
        label("view.plan.volume", "{0} ({1})", "{0} ({1})"),
        label("view.plan.unrecordedVolume", "{0} ({1}; not on record)", "{0} ({1}; 기록에 없음)"),
        label("view.group.servers", "{0} {0|server|servers}", "서버 {0}개"),
        label("view.group.others", "{0} {0|object|objects}", "대상 {0}개"),
        label("view.group.steps", "{0} {0|step|steps}", "단계 {0}개"),
        label("view.group.names", "These are {0}.", "해당: {0}."),
        label("view.group.more", "{0} and {1} more", "{0} 외 {1}개"),
        label("view.plan.terraform", "Terraform's own plan in {0}:", "{0} 스택의 Terraform 계획:"),
        label(
            "view.plan.terraformUnknown", "Terraform's own plan in {0} could not be had:",
            "{0} 스택의 Terraform 계획을 얻지 못했습니다:"),
        label("view.run.title", "Applied {0}:", "적용 {0}:"),
        label("view.run.nothing", "nothing to do", "할 일 없음"),
        label("view.run.backup", "backup", "백업"),
        label(
            "view.backup", "{0} (storage {1}) holds the guest as it was before.",
            "{0}(저장소 {1})에 이전 상태의 게스트가 있습니다."),
        label("view.run.gone", "A fresh look finds it no longer necessary.", "다시 살펴보니 더 이상 필요하지 않습니다."),
        label("view.progress.more", "and {0} more", "외 {0}건"),
        label("view.fleet.auditAge", "{0} ago:", "{0} 전:"),
        label("view.validate.read", "Files read: {0}; objects: {1}.", "파일 {0}개를 읽음: {1}."),
        label("view.validate.clean", "No mistakes.", "문제 없음."),
        label("view.validate.mistakes", "Errors: {0}, warnings: {1}.", "오류 {0}건, 경고 {1}건."),
        label("view.condition.inPlumb", "in plumb", "일치"),
        label("view.condition.outOfPlumb", "out of plumb", "불일치"),
        label("view.condition.blocked", "blocked", "막힘"),
        label("view.condition.waiting", "waiting", "대기"),
        label("view.fleet.inPlumb", "{0} of {1} {1|server is|servers are} in plumb.", "서버 {1}개 중 {0}개가 선언과 일치합니다."),
        label("view.fleet.allInPlumb", "All {0} servers are in plumb.", "서버 {0}개가 모두 선언과 일치합니다."),
        label("view.fleet.oneInPlumb", "The only server is in plumb.", "하나뿐인 서버가 선언과 일치합니다."),
        label("view.fleet.none", "There is no server, declared or recorded.", "선언되거나 기록된 서버가 없습니다."),
        label("view.fleet.unmanaged", "{0} {0|guest is|guests are} not Plumb's.", "Plumb이 관리하지 않는 게스트가 {0}개 있습니다."),
        label("view.history.empty", "Nothing was done yet.", "아직 실행한 일이 없습니다."),
        label("view.history.unfinished", "not ended", "끝나지 않음"),
        label(
            "view.decision.approved", "{2} approved {1} {1|step|steps} of plan {0}.", "{2} 님이 계획 {0}의 {1}단계를 승인했습니다."),
        label(
            "view.decision.rejected", "{2} rejected plan {0} with {1} {1|step|steps}.", "{2} 님이 {1}단계의 계획 {0}을 거부했습니다."),
        label(
            "view.history.notMade", "was to change, and is not known to have:", "바꾸려 했으나 바뀌었는지 알 수 없는 것:"),
        label("view.history.interrupted", "interrupted", "중단됨"),
        label("view.verdict.well", "ok", "정상"),
        label("view.verdict.warning", "warning", "주의"),
        label("view.verdict.failure", "failure", "실패"),
        label("view.drift.changed", "changed", "변경됨"),
        label("view.drift.deleted", "deleted", "삭제됨"),
        label("view.drift.moved", "moved", "이동됨"),
        label("view.drift.power", "power", "전원"),
        label("view.drift.replaced", "replaced", "바뀜"),
        label("view.drift.template", "turned into a template", "템플릿으로 바뀜"),
        label("view.drift.misplaced", "in another cluster", "다른 클러스터"),
        label("view.drift.unborn", "not made yet", "아직 없음"),
        label("view.drift.undeclared", "not declared any more", "선언 없음"),
        label("view.drift.pendingRestart", "waits for a restart", "재시작 대기"),
        label("view.drift.task", "by {0} at {1} ({2}, {3})", "{0} 사용자가 {1}에 변경 ({2}, {3})"),
        label("view.drift.oneOf", "one of: {0}", "다음 중 하나: {0}"),
        label("view.drift.appeared", "appeared", "생김"),
        label("view.drift.different", "changed again", "다시 바뀜"),
        label("view.drift.healed", "healed", "해소됨"),
        label("view.drift.unreadable", "cannot be seen", "확인 불가"),
        label("view.drift.readable", "can be seen again", "다시 확인됨"),
        label("view.drift.next", "Looking again every {0} s; Ctrl-C ends.", "{0}초마다 다시 확인합니다. Ctrl-C로 끝냅니다."),
        label("view.drift.between", "between {0} and {1}, no task recorded", "{0}부터 {1} 사이, 기록된 작업 없음"),
        label("view.drift.before", "some time before {0}, no task recorded", "{0} 이전, 기록된 작업 없음"),
        label("view.drift.span", "between {0} and {1}", "{0}부터 {1} 사이"),
        label("view.drift.until", "some time before {0}", "{0} 이전"),
        label(
            "view.drift.toldSince", "no task recorded since {0}; older task logs were not read",
            "{0} 이후 기록된 작업 없음, 그 이전의 작업 기록은 읽지 않음"),
        label("view.drift.untold", "the task log was not read", "작업 기록을 읽지 않음"),
        label(
            "view.drift.untracked", "accepted as it is; since when is not kept", "차이로 세지 않으며, 언제부터인지는 기록하지 않습니다"),
        label("view.drift.declaration", "the YAML changed", "YAML이 바뀌었습니다"),
        label("view.drift.heals", "the next apply brings it about", "다음 적용 때 반영됩니다"),
        label("view.source.desired", "YAML", "YAML"),
        label("view.source.recorded", "recorded", "기록"),
        label("view.source.state", "state", "상태 파일"),
        label("view.source.live", "live", "실제"),
        label("view.drift.none", "Nothing differs.", "차이가 없습니다."),
        label(
            "view.drift.noneCounts", "Nothing differs but what is accepted as it is.", "고려하지 않는 것 말고는 차이가 없습니다."),
        label(
            "view.drift.noneSeen", "Nothing differs in what could be seen.", "확인할 수 있는 범위에서는 차이가 없습니다."),
        label("view.drift.count", "{0} {0|server differs|servers differ}.", "서버 {0}개에 차이가 있습니다."),
        label(
            "view.simulate.served",
            "Cluster {0} is served already, by process {3}; it answers at {1}, and its certificate is in {2}.",
            "클러스터 {0}은(는) 이미 프로세스 {3}이(가) 제공하고 있습니다. {1}에서 응답하며 인증서는 {2}에 있습니다."),
        label("view.simulate.try", "To try it: {0}", "사용 예: {0}"),
        label(
            "view.simulate.ready", "Cluster {0} answers at {1}; its certificate is in {2}.",
            "클러스터 {0}이(가) {1}에서 응답합니다. 인증서는 {2}에 있습니다."),
        label("view.simulate.token", "  token {0}", "  토큰 {0}"),
        label("view.init.wrote", "Wrote {0}.", "{0} 파일을 썼습니다."),
        label("view.daemon.watching", "Watching {0}.", "{0} 디렉터리를 지켜봅니다."),
        label(
            "view.daemon.stopping", "Stopping after the step in hand; a second signal cancels it.",
            "진행 중인 단계를 마치고 멈춥니다. 신호를 한 번 더 보내면 취소합니다."),
        label("view.daemon.stopped", "Stopped.", "멈췄습니다."),
        label("view.daemon.start", "started", "시작"),
        label("view.daemon.change", "changed", "변경 감지"),
        label("view.daemon.resync", "resync", "정기 점검"),
        label("cli.error", "Error:", "오류:"),
        label("cli.applyQuestion", "Apply this plan?", "이 계획을 적용할까요?"),
        label(
            "cli.approveQuestion", "Approve and apply this plan, with everything that waits for approval?",
            "승인 대기 중인 단계까지 모두 승인하고 이 계획을 적용할까요?"),
    ]

    private static func label(_ code: SentenceCode, _ english: String, _ korean: String) -> SentenceEntry {
        SentenceEntry(
            code, english: SentenceText(what: english, remedy: ""), korean: SentenceText(what: korean, remedy: ""))
    }
}
