/// A duration as Go writes it: `15m`, `1h30m`, `500ms`.
enum GoDuration {
    static func parse(_ text: String, usual: Duration) -> Duration {
        var total = Duration.zero
        var rest = text[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let number = Double(digits), number.isFinite, number < 1_000_000_000 else { return usual }
            switch unit {
            case "h": total += .seconds(number * 3600)
            case "m": total += .seconds(number * 60)
            case "s": total += .seconds(number)
            case "ms": total += .milliseconds(number)
            default: return usual
            }
            rest = rest.dropFirst(digits.count + unit.count)
        }
        return text.isEmpty ? usual : total
    }
}
