extension Catalogue {
    /// Values that a field cannot have.
    static let loadingValues: [SentenceEntry] = [
        SentenceEntry(
            "value.name",
            english: .init(
                what: "`{1}` cannot be a name.",
                why: """
                    Names become host names: letters, digits and hyphens, at most 63, no hyphen at either \
                    end.
                    """,
                remedy: "Choose such a name; `metadata.displayName` takes any text."),
            korean: .init(
                what: "`{1}`은(는) 이름이 될 수 없습니다.",
                why: "이름은 호스트 이름이 되므로 글자, 숫자, 하이픈만으로 63자까지이며 양 끝에 하이픈이 올 수 없습니다.",
                remedy: "그런 이름을 고르십시오. `metadata.displayName`에는 어떤 텍스트나 쓸 수 있습니다.")),
        SentenceEntry(
            "value.numericName",
            english: .init(
                what: "`{1}` cannot be a name, because it is a number.",
                why: "Wherever a name is taken, a number means the registry's number.",
                remedy: "Add a letter."),
            korean: .init(
                what: "`{1}`은(는) 숫자이므로 이름이 될 수 없습니다.",
                why: "이름을 받는 곳에서 숫자는 등록 번호를 뜻합니다.",
                remedy: "글자를 더하십시오.")),
        SentenceEntry(
            "value.reservedName",
            english: .init(
                what: "`{1}` cannot be a name, because the HTTP API has a path of that word.",
                remedy: "Choose another name."),
            korean: .init(
                what: "`{1}`은(는) HTTP API의 경로에 쓰이는 낱말이므로 이름이 될 수 없습니다.",
                remedy: "다른 이름을 고르십시오.")),
        SentenceEntry(
            "value.displayName",
            english: .init(
                what: "`{0}` must be one line of 1 to 200 characters, without a space at either end.",
                remedy: "Shorten it to one line."),
            korean: .init(
                what: "`{0}`은(는) 양 끝에 공백이 없는 1자에서 200자까지의 한 줄이어야 합니다.",
                remedy: "한 줄로 줄이십시오.")),
        SentenceEntry(
            "value.word",
            english: .init(
                what: "`{1}` is no value that `{0}` can have.",
                why: "It holds a character that is not allowed there, or is too long.",
                remedy: "Use letters, digits, `-`, `_` and `.`, beginning with a letter."),
            korean: .init(
                what: "`{1}`은(는) `{0}`의 값이 될 수 없습니다.",
                why: "허용되지 않는 문자가 있거나 너무 깁니다.",
                remedy: "글자로 시작하여 글자, 숫자, `-`, `_`, `.`만 쓰십시오.")),
        SentenceEntry(
            "value.tag",
            english: .init(
                what: "`{1}` cannot be a tag.",
                why: """
                    Proxmox takes tags in lower case: letters, digits, `_`, `+`, `.` and `-`, beginning with \
                    a letter, a digit or `_`.
                    """,
                remedy: "Write it that way."),
            korean: .init(
                what: "`{1}`은(는) 태그가 될 수 없습니다.",
                why: "Proxmox의 태그는 소문자, 숫자, `_`, `+`, `.`, `-`로 되어 있고 글자, 숫자, `_`로 시작합니다.",
                remedy: "그렇게 쓰십시오.")),
        SentenceEntry(
            "value.labelKey",
            english: .init(
                what: "`{0}` cannot be the name of a label or variable.",
                why: """
                    Letters, digits, `_`, `.`, `/` and `-` are allowed (in a variable only letters, digits \
                    and `_`).
                    """,
                remedy: "Rename it."),
            korean: .init(
                what: "`{0}`은(는) 레이블이나 변수의 이름이 될 수 없습니다.",
                why: "글자, 숫자, `_`, `.`, `/`, `-`만 쓸 수 있습니다(변수는 글자, 숫자, `_`만).",
                remedy: "이름을 바꾸십시오.")),
        SentenceEntry(
            "value.glob",
            english: .init(
                what: "`{1}` is no pattern of names.",
                why: """
                    A pattern holds letters, digits, hyphens, `*` for any characters and `?` for one; it is \
                    no regular expression.
                    """,
                remedy: "Write a pattern such as `web-*`."),
            korean: .init(
                what: "`{1}`은(는) 이름의 패턴이 아닙니다.",
                why: "패턴은 글자, 숫자, 하이픈, 여러 문자를 뜻하는 `*`, 한 문자를 뜻하는 `?`로 되어 있으며 정규식이 아닙니다.",
                remedy: "`web-*`와 같은 패턴을 쓰십시오.")),
        SentenceEntry(
            "value.quantity",
            english: .init(
                what: "`{1}` is no amount.",
                remedy: "Write a number with KiB, MiB, GiB or TiB, such as `2GiB`."),
            korean: .init(
                what: "`{1}`은(는) 크기가 아닙니다.",
                remedy: "`2GiB`처럼 숫자에 KiB, MiB, GiB, TiB를 붙여 쓰십시오.")),
        SentenceEntry(
            "value.quantityUnit",
            english: .init(
                what: "The unit `{2}` of `{0}` is not clear.",
                why: "GB is 1000^3 bytes to some and 1024^3 to others; Proxmox counts in powers of 1024.",
                remedy: "Write KiB, MiB, GiB or TiB."),
            korean: .init(
                what: "`{0}`의 단위 `{2}`이(가) 분명하지 않습니다.",
                why: "GB는 1000^3바이트일 수도 1024^3바이트일 수도 있는데, Proxmox는 1024의 거듭제곱으로 셉니다.",
                remedy: "KiB, MiB, GiB, TiB로 쓰십시오.")),
        SentenceEntry(
            "value.quantityStep",
            english: .init(
                what: "`{0}` must be a whole number of {2}, and `{1}` is not.",
                why: "Proxmox counts it in {2}.",
                remedy: "Round it."),
            korean: .init(
                what: "`{0}`은(는) {2}의 정수배여야 하는데 `{1}`은(는) 아닙니다.",
                why: "Proxmox는 {2} 단위로 셉니다.",
                remedy: "반올림하십시오.")),
        SentenceEntry(
            "value.duration",
            english: .init(
                what: "`{1}` is no duration.",
                remedy: "Write a number with its unit: `30s`, `5m`, `1h30m`, `7d`."),
            korean: .init(
                what: "`{1}`은(는) 시간의 길이가 아닙니다.",
                remedy: "숫자에 단위를 붙여 쓰십시오: `30s`, `5m`, `1h30m`, `7d`.")),
        SentenceEntry(
            "value.budget",
            english: .init(
                what: "`{1}` is neither a count nor a percentage.",
                remedy: "Write a count such as `3`, or a percentage from `0%` to `100%`."),
            korean: .init(
                what: "`{1}`은(는) 개수도 백분율도 아닙니다.",
                remedy: "`3`과 같은 개수나 `0%`에서 `100%`까지의 백분율을 쓰십시오.")),
        SentenceEntry(
            "value.timestamp",
            english: .init(
                what: "`{1}` is no date and no moment.",
                remedy: "Write `2026-12-31`, or `2026-12-31T18:00:00Z`."),
            korean: .init(
                what: "`{1}`은(는) 날짜도 시각도 아닙니다.",
                remedy: "`2026-12-31`이나 `2026-12-31T18:00:00Z`로 쓰십시오.")),
        SentenceEntry(
            "value.cron",
            english: .init(
                what: "`{1}` is no schedule.",
                why:
                    "A schedule has five fields, in numbers: minute (0-59), hour (0-23), day (1-31), month (1-12), weekday (0-7; Sunday is 0 and 7).",
                remedy: "Write one such as `0 2 * * 6`."),
            korean: .init(
                what: "`{1}`은(는) 일정이 아닙니다.",
                why: "일정은 숫자로 된 다섯 필드입니다. 분(0-59), 시(0-23), 일(1-31), 월(1-12), 요일(0-7, 일요일은 0과 7)입니다.",
                remedy: "`0 2 * * 6`처럼 쓰십시오.")),
        SentenceEntry(
            "value.vmid",
            english: .init(
                what: "`{1}` cannot be a VMID.",
                why: "Proxmox numbers its guests from {2} to {3}.",
                remedy: "Use a number in that range, or leave it out: Plumb takes the lowest free one."),
            korean: .init(
                what: "`{1}`은(는) VMID가 될 수 없습니다.",
                why: "Proxmox의 게스트 번호는 {2}에서 {3}까지입니다.",
                remedy: "그 범위의 숫자를 쓰거나 비워 두십시오. Plumb가 비어 있는 가장 작은 번호를 씁니다.")),
        SentenceEntry(
            "value.vmidRange",
            english: .init(
                what: "`{1}` is no range of VMIDs.",
                remedy: "Write the lowest and the highest one, such as `1000-1999`."),
            korean: .init(
                what: "`{1}`은(는) VMID의 범위가 아닙니다.",
                remedy: "가장 낮은 것과 높은 것을 `1000-1999`처럼 쓰십시오.")),
        SentenceEntry(
            "value.cidr",
            english: .init(
                what: "`{1}` is no address with its prefix.",
                why: "The prefix says how large the network is.",
                remedy: "Write one such as `10.0.0.11/24`, or `dhcp`."),
            korean: .init(
                what: "`{1}`은(는) 접두사가 있는 주소가 아닙니다.",
                why: "접두사는 네트워크의 크기를 나타냅니다.",
                remedy: "`10.0.0.11/24`처럼 쓰거나 `dhcp`를 쓰십시오.")),
        SentenceEntry(
            "value.ipv6",
            english: .init(
                what: "`{0}` is an IPv6 address, and guests get IPv4 addresses only.",
                why: "Terraform's root writes IPv4 addresses, and Proxmox would refuse this one among them.",
                remedy: "Give an IPv4 address, or `dhcp`; set IPv6 inside the guest, or let it configure itself."),
            korean: .init(
                what: "`{0}`은(는) IPv6 주소인데 게스트에는 IPv4 주소만 줄 수 있습니다.",
                why: "Terraform 루트는 IPv4 주소를 쓰므로 Proxmox가 이 주소를 거부합니다.",
                remedy: "IPv4 주소나 `dhcp`를 쓰고, IPv6는 게스트 안에서 설정하거나 자동으로 설정되게 하십시오.")),
        SentenceEntry(
            "value.hostAddress",
            english: .init(
                what: "`{1}` is the address of the whole network, or its broadcast address.",
                why: "No host of a /{2} can have it.",
                remedy: "Use an address between the first and the last one."),
            korean: .init(
                what: "`{1}`은(는) 네트워크 전체의 주소이거나 브로드캐스트 주소입니다.",
                why: "/{2} 안의 어떤 호스트도 가질 수 없습니다.",
                remedy: "처음과 마지막 사이의 주소를 쓰십시오.")),
        SentenceEntry(
            "value.address",
            english: .init(
                what: "`{1}` is no IP address.",
                remedy: """
                    Write one such as `10.0.0.1` or `2001:db8::1`, without a prefix and without leading \
                    zeros.
                    """),
            korean: .init(
                what: "`{1}`은(는) IP 주소가 아닙니다.",
                remedy: "접두사와 앞의 0 없이 `10.0.0.1`이나 `2001:db8::1`처럼 쓰십시오.")),
        SentenceEntry(
            "value.mac",
            english: .init(
                what: "`{1}` is no MAC address of a single device.",
                remedy: "Write six pairs of hexadecimal digits such as `BC:24:11:00:00:01`, the first pair even."),
            korean: .init(
                what: "`{1}`은(는) 한 장치의 MAC 주소가 아닙니다.",
                remedy: "`BC:24:11:00:00:01`처럼 16진수 두 자리씩 여섯 쌍을 쓰되 첫 쌍은 짝수여야 합니다.")),
        SentenceEntry(
            "value.host",
            english: .init(
                what: "`{1}` is neither a host name nor an address.",
                remedy: "Write one such as `db1.example.org` or `10.0.0.5`, without a scheme and without a port."),
            korean: .init(
                what: "`{1}`은(는) 호스트 이름도 주소도 아닙니다.",
                remedy: "`db1.example.org`나 `10.0.0.5`처럼 스킴과 포트 없이 쓰십시오.")),
        SentenceEntry(
            "value.endpoint",
            english: .init(
                what: "`{1}` is not the address of a Proxmox API.",
                remedy: "Write `https://HOST:8006`, without a path, a user or a password."),
            korean: .init(
                what: "`{1}`은(는) Proxmox API의 주소가 아닙니다.",
                remedy: "경로, 사용자, 암호 없이 `https://HOST:8006`으로 쓰십시오.")),
        SentenceEntry(
            "value.fingerprint",
            english: .init(
                what: "`{1}` is no SHA-256 fingerprint.",
                remedy: """
                    Copy the one that Proxmox shows under System, Certificates: 32 pairs of digits with \
                    colons.
                    """),
            korean: .init(
                what: "`{1}`은(는) SHA-256 지문이 아닙니다.",
                remedy: "Proxmox의 시스템, 인증서에 보이는 것을 복사하십시오: 콜론으로 이은 32쌍입니다.")),
        SentenceEntry(
            "value.call",
            english: .init(
                what: "`{1}` is no call of the API.",
                remedy: "Write a method and a path, such as `POST /nodes/*/qemu/*/clone`."),
            korean: .init(
                what: "`{1}`은(는) API 호출이 아닙니다.",
                remedy: "`POST /nodes/*/qemu/*/clone`처럼 메서드와 경로를 쓰십시오.")),
        SentenceEntry(
            "value.diskInterface",
            english: .init(
                what: "`{1}` is no interface of a disk.",
                remedy: """
                    Use `scsi0` to `scsi30`, `virtio0` to `virtio15`, `sata0` to `sata5`, `ide0` to `ide3`; \
                    of a container `rootfs`.
                    """),
            korean: .init(
                what: "`{1}`은(는) 디스크 인터페이스가 아닙니다.",
                remedy: """
                    `scsi0`-`scsi30`, `virtio0`-`virtio15`, `sata0`-`sata5`, `ide0`-`ide3` 중에서 쓰십시오. 컨테이너는 \
                    `rootfs`입니다.
                    """)),
        SentenceEntry(
            "value.sshKey",
            english: .init(
                what: "`{0}` wants a public key in OpenSSH's form on one line.",
                remedy: "Copy the line of a `.pub` file, such as `ssh-ed25519 AAAA… name`."),
            korean: .init(
                what: "`{0}`에는 OpenSSH 형식의 공개 키 한 줄이 와야 합니다.",
                remedy: "`.pub` 파일의 줄을 복사하십시오: `ssh-ed25519 AAAA… 이름`.")),
        SentenceEntry(
            "value.path",
            english: .init(
                what: "`{1}` is no path to an attribute of a server.",
                remedy: "Write one such as `spec.tags` or `spec.networks[0].mac`."),
            korean: .init(
                what: "`{1}`은(는) 서버 속성의 경로가 아닙니다.",
                remedy: "`spec.tags`나 `spec.networks[0].mac`처럼 쓰십시오.")),
        SentenceEntry(
            "value.namePattern",
            english: .init(
                what: "`{1}` is no pattern that counts names.",
                remedy: "Write one such as `web-{01..20}`, the lower number first; it must give DNS labels."),
            korean: .init(
                what: "`{1}`은(는) 이름을 세는 패턴이 아닙니다.",
                remedy: "작은 수를 앞에 두어 `web-{01..20}`처럼 쓰십시오. 결과는 DNS 레이블이어야 합니다.")),
        SentenceEntry(
            "value.companyCode",
            english: .init(
                what: "`{1}` cannot be a company's code.",
                remedy: "Use at least 3 letters or digits, and nothing else."),
            korean: .init(
                what: "`{1}`은(는) 법인 코드가 될 수 없습니다.",
                remedy: "글자와 숫자만으로 3자 이상 쓰십시오.")),
        SentenceEntry(
            "value.literalSecret",
            english: .init(
                what: "`{0}` wants a reference to a secret, and a value stands there.",
                why: "Whoever can read the configuration could read the secret, and git never forgets it.",
                remedy: """
                    Write `{env: NAME}` or `{file: PATH}`, and change the secret if this file was ever \
                    committed.
                    """),
            korean: .init(
                what: "`{0}`에는 비밀 값의 참조가 와야 하는데 값이 직접 쓰여 있습니다.",
                why: "설정을 읽을 수 있는 사람은 비밀 값도 읽게 되고, git은 그것을 잊지 않습니다.",
                remedy: "`{env: 이름}`이나 `{file: 경로}`로 쓰고, 이 파일을 커밋한 적이 있으면 비밀 값을 바꾸십시오.")),
        SentenceEntry(
            "value.vault",
            english: .init(
                what: "`{1}` is no key of a Vault secret.",
                remedy: "Write `PATH#KEY`, such as `secret/data/proxmox#token`."),
            korean: .init(
                what: "`{1}`은(는) Vault 비밀 값의 키가 아닙니다.",
                remedy: "`secret/data/proxmox#token`처럼 `경로#키`로 쓰십시오.")),
    ]
}
