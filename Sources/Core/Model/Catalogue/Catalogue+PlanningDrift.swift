extension Catalogue {
    /// What differs and is a person's to change, or nobody's.
    static let planningDrift: [SentenceEntry] = [
        SentenceEntry(
            "plan.becameTemplate",
            english: SentenceText(
                what: "Guest {1} of {0} was turned into a template.",
                why: "A template cannot run, and nothing of it is changed: others may be linked to its disks.",
                remedy: """
                    If no guest was cloned from it, turn it back on {2} (`qm set {1} --template 0`, or `pct set`). If \
                    it is to stay a template, clone it under another VMID first, and turn this one back.
                    """),
            korean: SentenceText(
                what: "{0}의 게스트 {1}이(가) 템플릿으로 바뀌었습니다.",
                why: "템플릿은 실행할 수 없고, 다른 게스트가 그 디스크에 연결되어 있을 수 있으므로 아무것도 바꾸지 않습니다.",
                remedy: """
                    복제된 게스트가 없으면 {2}에서 되돌리십시오(`qm set {1} --template 0` 또는 `pct set`). 템플릿으로 남겨야 \
                    하면 먼저 다른 VMID로 복제한 뒤 되돌리십시오.
                    """)),
        SentenceEntry(
            "plan.growthHeld",
            english: SentenceText(
                what: "{0} runs, and its disk grows with the plan after this one: {1}.",
                why: """
                    The provider does not grow a disk of a running VM in one go with {2}, which waits for its next start.
                    """,
                remedy: """
                    Apply, and plan again: the disk then grows without a restart. To grow it first, take the other \
                    change out of the YAML until it has.
                    """),
            korean: SentenceText(
                what: "{0}은(는) 실행 중이므로 디스크는 이다음 계획에서 커집니다: {1}.",
                why: "제공자는 실행 중인 VM의 디스크를, 다음 시작을 기다리는 {2}와(과) 함께 키우지 않습니다.",
                remedy: "적용한 뒤 다시 계획하십시오. 그때 재시작 없이 커집니다. 먼저 키우려면 그동안 다른 변경을 YAML에서 빼십시오.")),
        SentenceEntry(
            "plan.noCloudInitDrive",
            english: SentenceText(
                what: "{0} runs without a cloud-init drive, so it cannot be given {1}.",
                why: """
                    Addresses and name servers reach a VM on that drive, and the provider adds one only to a VM that \
                    is switched off.
                    """,
                remedy: """
                    Shut guest {2} down, or declare `power: stopped` and apply; then plan again and start it. Or set them \
                    inside the guest and take the lines out of the YAML.
                    """),
            korean: SentenceText(
                what: "{0}은(는) cloud-init 드라이브 없이 실행 중이어서 다음을 줄 수 없습니다: {1}.",
                why: "주소와 이름 서버는 그 드라이브로 VM에 전해지며, 제공자는 꺼져 있는 VM에만 드라이브를 붙입니다.",
                remedy: """
                    게스트 {2}을(를) 끄거나 `power: stopped`를 선언해 적용한 뒤, 다시 계획하고 시작하십시오. 또는 게스트 안에서 \
                    설정하고 YAML에서 그 줄을 지우십시오.
                    """)),
        SentenceEntry(
            "plan.cloudInitDriveLost",
            english: SentenceText(
                what: "{0} has no cloud-init drive any more, so it cannot be given {1}.",
                why: """
                    Its configuration has values for cloud-init and no drive that carries them, and the provider knows no \
                    storage for a new one.
                    """,
                remedy: """
                    Give guest {2} one in Proxmox (`qm set {2} --ide2 STORAGE:cloudinit`), then plan again: what is written \
                    counts from its next start.
                    """),
            korean: SentenceText(
                what: "{0}에 cloud-init 드라이브가 더는 없어서 다음을 줄 수 없습니다: {1}.",
                why: "구성에 cloud-init 값은 있으나 이를 전할 드라이브가 없고, 제공자는 새 드라이브를 둘 저장소를 모릅니다.",
                remedy: """
                    Proxmox에서 게스트 {2}에 드라이브를 주고(`qm set {2} --ide2 STORAGE:cloudinit`) 다시 계획하십시오. 쓴 값은 다음 \
                    시작부터 적용됩니다.
                    """)),
        SentenceEntry(
            "plan.diskLarger",
            english: SentenceText(
                what: "{0} has larger disks than the YAML says: {1}.",
                why: "A disk cannot be made smaller, so nothing is planned.",
                remedy: "Write the size that it has into the YAML: {2}."),
            korean: SentenceText(
                what: "{0}의 디스크가 YAML보다 큽니다: {1}.",
                why: "디스크는 줄일 수 없으므로 계획하지 않습니다.",
                remedy: "지금 크기를 YAML에 적으십시오: {2}.")),
        SentenceEntry(
            "plan.diskUndeclared",
            english: SentenceText(
                what: "{0} has disks that the YAML does not have: {1}.",
                why: "A disk holds data, and Plumb takes none away.",
                remedy: "Declare it, or detach and remove it in Proxmox."),
            korean: SentenceText(
                what: "{0}에 YAML에 없는 디스크가 있습니다: {1}.",
                why: "디스크에는 데이터가 있으므로 Plumb은 떼어 내지 않습니다.",
                remedy: "YAML에 선언하거나, Proxmox에서 분리하고 제거하십시오.")),
        SentenceEntry(
            "plan.accountChanged",
            english: SentenceText(
                what: "The cloud-init account of {0} was changed in Proxmox: {1}.",
                why: "Plumb sets it at birth only: written anew, it changes nothing in a guest that lives.",
                remedy: """
                    Set it back in Proxmox (guest {2}, Cloud-Init), or declare what it has now; the next apply then \
                    takes it over.
                    """),
            korean: SentenceText(
                what: "{0}의 cloud-init 계정이 Proxmox에서 바뀌었습니다: {1}.",
                why: "Plumb은 생성 때만 정합니다. 다시 써도 이미 있는 게스트 안은 바뀌지 않습니다.",
                remedy: "Proxmox에서 되돌리거나(게스트 {2}, Cloud-Init), 지금 값을 선언하십시오. 다음 적용이 그대로 받아들입니다.")),
        SentenceEntry(
            "plan.observedPower",
            english: SentenceText(
                what: "{0} should be {1}, and is {2}.",
                why: "It is only observed, and Plumb starts and stops nothing that it does not manage.",
                remedy: "Start or stop it in Proxmox, or take `power` out of its document."),
            korean: SentenceText(
                what: "{0}의 상태는 {1}이어야 하지만 {2}입니다.",
                why: "관찰만 하는 서버이며, Plumb은 관리하지 않는 것을 시작하거나 멈추지 않습니다.",
                remedy: "Proxmox에서 시작하거나 멈추고, 아니면 문서에서 `power`를 지우십시오.")),
        SentenceEntry(
            "plan.guestPaused",
            english: SentenceText(
                what: "{0} should run, and guest {1} is paused.",
                why: "Somebody suspended it, or a task of Proxmox did, and Plumb does not know what for.",
                remedy: "Resume it on {2}, or stop it: the next apply then starts it."),
            korean: SentenceText(
                what: "{0}은(는) 실행 중이어야 하지만 게스트 {1}이(가) 일시 중지되어 있습니다.",
                why: "누군가 또는 Proxmox 작업이 멈췄으며, Plumb은 그 이유를 모릅니다.",
                remedy: "{2}에서 재개하거나 멈추십시오. 멈추면 다음 적용이 시작합니다.")),
        SentenceEntry(
            "plan.followed",
            english: SentenceText(
                what: "{0} is declared on node {1} and lives on {2}.",
                why: "`node` says where a server is born. One that moved is followed, and Plumb migrates none.",
                remedy: "Migrate it in Proxmox, write `node: {2}`, or leave `node` out."),
            korean: SentenceText(
                what: "{0}은(는) 노드 {1}에 선언되었으나 {2}에 있습니다.",
                why: "`node`는 생성될 곳입니다. 옮겨진 서버는 따라가며, Plumb은 옮기지 않습니다.",
                remedy: "Proxmox에서 옮기거나 `node: {2}`로 적거나 `node`를 지우십시오.")),
        SentenceEntry(
            "plan.stateBehind",
            english: SentenceText(
                what: "Only Terraform's state says otherwise of {0}: {1}.",
                why: "Terraform reads the guest again before it compares, so nothing comes of it.",
                remedy: "Nothing to do."),
            korean: SentenceText(
                what: "{0}에 대해 Terraform 상태만 다르게 말합니다: {1}.",
                why: "Terraform은 비교하기 전에 게스트를 다시 읽으므로 아무 일도 일어나지 않습니다.",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "plan.driftLeft",
            english: SentenceText(
                what: "Nothing is planned for this difference of {0}.",
                remedy: "Look at `plumb plan --target {0}`."),
            korean: SentenceText(
                what: "{0}의 이 차이에 대해 계획된 것이 없습니다.",
                remedy: "`plumb plan --target {0}`을 확인하십시오.")),
    ]
}
