extension Catalogue {
    /// What is said when guests and the files of earlier systems are taken in.
    package static let imports: [SentenceEntry] = importReasons + importRemains + importLabels

    private static let importReasons: [SentenceEntry] = [
        SentenceEntry(
            "import.template",
            english: SentenceText(
                what: "{0} ({1}) is a template.", remedy: "Name it in `template` of a server or a cluster's defaults."),
            korean: SentenceText(what: "{0}({1})은(는) 템플릿입니다.", remedy: "서버나 클러스터 기본값의 `template`에 적으십시오.")),
        SentenceEntry(
            "import.managed",
            english: SentenceText(
                what: "{0} ({1}) is the server {2} already.",
                remedy: "Nothing is to be done; `plumb plan` says how it stands."),
            korean: SentenceText(what: "{0}({1})은(는) 이미 서버 {2}입니다.", remedy: "할 일이 없습니다. 상태는 `plumb plan`으로 보십시오.")),
        SentenceEntry(
            "import.tagged",
            english: SentenceText(
                what: "{0} ({1}) bears the tag of Plumb.", why: "Another Plumb may manage it.",
                remedy: "Work with that one's state directory, or take the tag off if nobody manages it."),
            korean: SentenceText(
                what: "{0}({1})에 Plumb의 태그가 있습니다.", why: "다른 Plumb이 관리하고 있을 수 있습니다.",
                remedy: "그 Plumb의 상태 디렉터리를 쓰거나, 아무도 관리하지 않으면 태그를 지우십시오.")),
        SentenceEntry(
            "import.marked",
            english: SentenceText(
                what: "{0} ({1}) bears the mark `{2}`.", why: "Another Plumb manages it, or a registry was lost.",
                remedy:
                    "Work with that one's state directory; if there is none any more, declare the server under the mark's name and approve the take-over."
            ),
            korean: SentenceText(
                what: "{0}({1})에 표식 `{2}`이(가) 있습니다.", why: "다른 Plumb이 관리하고 있거나, 레지스트리를 잃었습니다.",
                remedy: "그 Plumb의 상태 디렉터리를 쓰십시오. 더 이상 없다면 표식의 이름으로 서버를 선언하고 인수를 승인하십시오.")),
        SentenceEntry(
            "import.name",
            english: SentenceText(
                what: "{0} is named `{1}`, which no server can be.",
                why: "A server's name is a DNS label, and its guest bears the same.",
                remedy: "Rename the guest in Proxmox, to `{2}` for example, and import again."),
            korean: SentenceText(
                what: "{0}의 이름 `{1}`은(는) 서버 이름이 될 수 없습니다.", why: "서버 이름은 DNS 레이블이고 게스트도 같은 이름을 씁니다.",
                remedy: "Proxmox에서 이름을 예를 들어 `{2}`(으)로 바꾸고 다시 가져오십시오.")),
        SentenceEntry(
            "import.nameTwice",
            english: SentenceText(
                what: "{0} ({1}) has the same name as guest {2}.", why: "Names of servers are unique.",
                remedy: "Rename one of the two in Proxmox and import again."),
            korean: SentenceText(
                what: "{0}({1})은(는) 게스트 {2}와(과) 이름이 같습니다.", why: "서버 이름은 하나뿐이어야 합니다.",
                remedy: "Proxmox에서 둘 중 하나의 이름을 바꾸고 다시 가져오십시오.")),
        SentenceEntry(
            "import.noLimitOfCores",
            english: SentenceText(
                what: "The container {0} ({1}) may use all cores of its node.",
                why:
                    "It has no `cores`, and neither the YAML nor Terraform has a word for that: taken over, it would have one.",
                remedy: "Give it a number with `pct set {0} --cores NUMBER` and import again."),
            korean: SentenceText(
                what: "컨테이너 {0}({1})은(는) 노드의 모든 코어를 쓸 수 있습니다.",
                why: "`cores`가 없는데 YAML에도 Terraform에도 그것을 적을 말이 없어, 인수하면 코어가 하나가 됩니다.",
                remedy: "`pct set {0} --cores 수`로 수를 정하고 다시 가져오십시오.")),
        SentenceEntry(
            "import.nameDeclared",
            english: SentenceText(
                what: "{0} bears the name of the server {1}, which is declared already.",
                remedy: "Set `adopt: true` in that document if it is this guest; else rename the guest."),
            korean: SentenceText(
                what: "{0}은(는) 이미 선언된 서버 {1}과(와) 이름이 같습니다.",
                remedy: "같은 것이면 그 문서에 `adopt: true`를 적고, 아니면 게스트의 이름을 바꾸십시오.")),
        SentenceEntry(
            "import.unread",
            english: SentenceText(
                what: "The configuration of {0} ({1}) could not be read.", remedy: "Import again when its node answers."
            ),
            korean: SentenceText(what: "{0}({1})의 구성을 읽지 못했습니다.", remedy: "노드가 응답하면 다시 가져오십시오.")),
        SentenceEntry(
            "import.differs",
            english: SentenceText(
                what: "Taking {0} over would change it.",
                why: "A guest that somebody else made is taken in only where nothing of it changes.",
                remedy: "Its document was not written; what differs stands below."),
            korean: SentenceText(
                what: "{0}을(를) 넘겨받으면 바뀌는 것이 있습니다.", why: "다른 사람이 만든 게스트는 아무것도 바뀌지 않을 때만 넘겨받습니다.",
                remedy: "문서를 쓰지 않았습니다. 다른 점은 아래와 같습니다.")),
        SentenceEntry(
            "import.otherStep",
            english: SentenceText(
                what: "{0} would not be taken over; the plan says `{1}`.", remedy: "Look at it with `plumb plan`."),
            korean: SentenceText(
                what: "{0}은(는) 넘겨받는 대상이 아닙니다. 계획은 `{1}`입니다.", remedy: "`plumb plan`으로 확인하십시오.")),
        SentenceEntry(
            "import.fileUnreadable",
            english: SentenceText(
                what: "{0} is there and cannot be read: {1}.",
                why: "What it declares would be lost if it were written anew.",
                remedy: "Make it readable for whoever runs Plumb, or name another file. Nothing was written."),
            korean: SentenceText(
                what: "{0}이(가) 있지만 읽을 수 없습니다: {1}.", why: "새로 쓰면 그 안의 선언이 사라집니다.",
                remedy: "Plumb을 실행하는 사용자가 읽을 수 있게 하거나 다른 파일을 지정하십시오. 아무것도 쓰지 않았습니다.")),
        SentenceEntry(
            "import.fileChanged",
            english: SentenceText(
                what: "{0} has changed while the import was at work, and was left as it is now.",
                why: "Somebody saved it, or git brought another one: that must not be lost.",
                remedy: "Look at what it holds, then run the import again."),
            korean: SentenceText(
                what: "가져오는 동안 {0}이(가) 바뀌어 지금 상태 그대로 두었습니다.",
                why: "누군가 저장했거나 git이 바꾼 내용을 잃어서는 안 됩니다.",
                remedy: "내용을 확인한 뒤 다시 가져오십시오.")),
        SentenceEntry(
            "import.file",
            english: SentenceText(
                what: "{0} is no file that Plumb would read.",
                why: "It reads *.yaml and *.yml below the configuration's directory, hidden ones left out.",
                remedy: "Give a relative path such as servers/imported.yaml."),
            korean: SentenceText(
                what: "{0}은(는) Plumb이 읽는 파일이 아닙니다.", why: "설정 디렉터리 아래의 숨기지 않은 *.yaml과 *.yml만 읽습니다.",
                remedy: "servers/imported.yaml 같은 상대 경로를 적으십시오.")),
        SentenceEntry(
            "import.fileIgnored",
            english: SentenceText(
                what: "{0} would not be read: line {1} of .plumbignore leaves it out, `{2}`.",
                why: "Its servers would be taken over and be declared nowhere. Nothing was written.",
                remedy: "Name another file, or take that line out."),
            korean: SentenceText(
                what: "{0}은(는) 읽히지 않습니다. .plumbignore {1}번째 줄 `{2}`이(가) 제외합니다.",
                why: "그 안의 서버는 인수된 뒤 어디에도 선언되지 않은 것이 됩니다. 아무것도 쓰지 않았습니다.",
                remedy: "다른 파일을 지정하거나 그 줄을 지우십시오.")),
        SentenceEntry(
            "import.fileElsewhere",
            english: SentenceText(
                what: "{0} would not be read: {1} is no part of this configuration.",
                why:
                    "Plumb reads neither behind a link that leads out of the directory, nor its own files, nor another configuration. Nothing was written.",
                remedy: "Give a path in a directory of this configuration, such as servers/imported.yaml."),
            korean: SentenceText(
                what: "{0}은(는) 읽히지 않습니다. {1}은(는) 이 설정의 일부가 아닙니다.",
                why: "디렉터리 밖으로 나가는 링크, Plumb 자신의 파일, 다른 설정은 읽지 않습니다. 아무것도 쓰지 않았습니다.",
                remedy: "servers/imported.yaml처럼 이 설정의 디렉터리 안 경로를 적으십시오.")),
        SentenceEntry(
            "import.noCluster",
            english: SentenceText(
                what: "No cluster is declared.", remedy: "Write a Cluster document first; `plumb init` shows one."),
            korean: SentenceText(
                what: "선언된 클러스터가 없습니다.", remedy: "먼저 Cluster 문서를 쓰십시오. `plumb init`이 보기를 만들어 줍니다.")),
        SentenceEntry(
            "import.noSuchCluster",
            english: SentenceText(
                what: "There is no cluster '{0}'.", remedy: "Give the name of a declared Cluster document."),
            korean: SentenceText(what: "클러스터 '{0}'이(가) 없습니다.", remedy: "선언된 Cluster 문서의 이름을 적으십시오.")),
        SentenceEntry(
            "import.invalid",
            english: SentenceText(
                what: "Nothing was written: {0} would have {1} mistakes beside what is declared already.",
                remedy: "Resolve what is said above, in the configuration or in what is imported, and import again."),
            korean: SentenceText(
                what: "아무것도 쓰지 않았습니다. {0}에 이미 선언된 것과 맞지 않는 곳이 {1}개 생깁니다.",
                remedy: "위의 내용을 설정이나 가져올 대상에서 해결한 뒤 다시 가져오십시오.")),
        SentenceEntry(
            "import.unreadable",
            english: SentenceText(
                what: "{0} cannot be imported: {1}.", remedy: "Give the file of the earlier system, unchanged."),
            korean: SentenceText(what: "{0}을(를) 가져올 수 없습니다: {1}.", remedy: "이전 시스템의 파일을 고치지 말고 그대로 주십시오.")),
        SentenceEntry(
            "import.notRunning",
            english: SentenceText(
                what: "{0} is in the file, and no guest of that name or number is in cluster {1}.",
                why: "What does not exist is not taken over, and an import makes nothing.",
                remedy: "Declare it by hand if it is still wanted."),
            korean: SentenceText(
                what: "{0}은(는) 파일에 있지만 클러스터 {1}에 그 이름이나 번호의 게스트가 없습니다.",
                why: "없는 것은 넘겨받을 수 없고, 가져오기는 아무것도 만들지 않습니다.", remedy: "아직 필요하면 직접 선언하십시오.")),
        SentenceEntry(
            "import.otherGuest",
            english: SentenceText(
                what: "The earlier state says that {0} is guest {1}, which is named `{2}`.",
                why: "A number that was given again is another guest.",
                remedy: "Rename the guest if it is the server, and import again."),
            korean: SentenceText(
                what: "이전 상태에는 {0}이(가) 게스트 {1}이지만, 그 게스트의 이름은 `{2}`입니다.", why: "번호가 다시 쓰였다면 다른 게스트입니다.",
                remedy: "같은 서버라면 게스트의 이름을 바꾸고 다시 가져오십시오.")),
        SentenceEntry(
            "import.serverTwice",
            english: SentenceText(
                what: "{0} is in the file, and so is {1}: two servers of one name.",
                why: "Upper and lower case make no difference to a server's name, so neither of them is taken over.",
                remedy:
                    "Take over the guest that is meant with `plumb import live --selector vmid=NUMBER`, once no other guest bears its name."
            ),
            korean: SentenceText(
                what: "{0}와(과) {1}이(가) 파일에 함께 있습니다. 두 서버의 이름이 같습니다.",
                why: "서버 이름은 대소문자를 구분하지 않으므로 둘 다 넘겨받지 않습니다.",
                remedy: "이름이 같은 다른 게스트가 없을 때, 원하는 게스트를 `plumb import live --selector vmid=번호`로 넘겨받으십시오."
            )),
        SentenceEntry(
            "import.whichCluster",
            english: SentenceText(
                what: "The file does not say which of the declared clusters it is about.",
                remedy: "Say it with --cluster NAME."),
            korean: SentenceText(what: "파일만으로는 어느 클러스터인지 알 수 없습니다.", remedy: "--cluster NAME으로 알려 주십시오.")),
        SentenceEntry(
            "import.secrets",
            english: SentenceText(
                what: "Passwords of the earlier system put into files of mode 0600 below {1}: {0}.",
                why: "The documents refer to them; a password never stands in YAML.",
                remedy: "Delete the earlier file when it is needed no longer: its passwords are in the clear."),
            korean: SentenceText(
                what: "이전 시스템의 비밀번호 {0}개를 {1} 아래 권한 0600 파일로 옮겼습니다.", why: "문서는 그 파일을 가리킵니다. 비밀번호는 YAML에 쓰지 않습니다.",
                remedy: "이전 파일에는 비밀번호가 평문으로 있으니 필요 없어지면 지우십시오.")),
        SentenceEntry(
            "import.otherPassword",
            english: SentenceText(
                what: "{1} holds something else than the earlier system's password of {0}, and stays as it is.",
                why: "It may be a newer one. The earlier system's goes to {2}, which the document names.",
                remedy: "Find out which of the two holds, and let `passwordFrom` name that file."),
            korean: SentenceText(
                what: "{1} 파일에 이전 시스템이 쓰던 {0}의 비밀번호와 다른 내용이 있어 그대로 둡니다.",
                why: "더 새로운 비밀번호일 수 있습니다. 이전 시스템의 비밀번호는 문서가 가리키는 {2} 파일로 옮깁니다.",
                remedy: "둘 중 맞는 것을 확인하고 `passwordFrom`이 그 파일을 가리키게 하십시오.")),
        SentenceEntry(
            "import.activity",
            english: SentenceText(
                what: "The earlier activity log stays where it is; its entries: {0}.",
                why: "It is about another program's deeds.",
                remedy: "Keep the file as long as somebody may ask for them."),
            korean: SentenceText(
                what: "이전 활동 로그 {0}건은 그대로 둡니다.", why: "다른 프로그램이 한 일의 기록입니다.", remedy: "필요할 수 있는 동안 파일을 보관하십시오.")),
        SentenceEntry(
            "import.noEngine",
            english: SentenceText(
                what: "{0} has the database kind `{1}`, which Plumb does not know.",
                remedy: "Declare it by hand with one of mssql, postgresql, mysql, oracle."),
            korean: SentenceText(
                what: "{0}의 DB 종류 `{1}`은(는) 지원하지 않습니다.", remedy: "mssql, postgresql, mysql, oracle 중 하나로 직접 선언하십시오.")),
        SentenceEntry(
            "import.declared",
            english: SentenceText(
                what: "{0} is declared already.", remedy: "Nothing is to be done; its document stays as it is."),
            korean: SentenceText(what: "{0}은(는) 이미 선언되어 있습니다.", remedy: "할 일이 없습니다. 문서는 그대로입니다.")),
        SentenceEntry(
            "import.orphan",
            english: SentenceText(
                what: "{0} lies on a database server that the file does not have.",
                remedy: "Declare it by hand with the server it is on."),
            korean: SentenceText(what: "{0}이(가) 놓인 DB 서버가 파일에 없습니다.", remedy: "해당 서버와 함께 직접 선언하십시오.")),
    ]

    private static let importLabels: [SentenceEntry] = [
        importLabel("view.import.enrolled", "taken over", "인수함"),
        importLabel("view.import.wouldEnrol", "can be taken over, unchanged", "변경 없이 인수 가능"),
        importLabel("view.import.refused", "not taken over", "인수하지 않음"),
        importLabel("view.import.waiting", "waits", "대기"),
        importLabel("view.import.failed", "failed", "실패"),
        importLabel("view.import.leftOut", "left out", "제외"),
        importLabel("view.import.declare", "To leave it as it is, declare:", "그대로 두려면 이렇게 선언하십시오:"),
        importLabel("view.import.nothing", "There is nothing to import.", "가져올 것이 없습니다."),
        importLabel("view.import.wrote", "Documents written to {0}: {1}.", "{0}에 쓴 문서: {1}개."),
        importLabel(
            "view.import.planOfImported",
            "The plan below is only of what was imported; `plumb plan` shows the other servers too.",
            "아래 계획은 가져온 것만 다룹니다. 다른 서버는 `plumb plan`으로 확인하십시오."),
        importLabel(
            "view.import.onlyShown", "Only shown; --write FILE writes it and takes over what stays unchanged.",
            "보여 주기만 했습니다. --write FILE로 쓰고, 바뀌지 않는 것을 인수합니다."),
    ]

    private static func importLabel(_ code: SentenceCode, _ english: String, _ korean: String) -> SentenceEntry {
        SentenceEntry(
            code, english: SentenceText(what: english, remedy: ""), korean: SentenceText(what: korean, remedy: ""))
    }
}
