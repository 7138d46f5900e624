/// Pauses that double, each shortened by chance, so that those who failed together do not come back together.
package struct BackOff: Hashable, Sendable {
    package var first: Duration
    /// How often it doubles at most; 0 to 30.
    package var doublings: Int

    package init(first: Duration, doublings: Int) {
        self.first = first
        self.doublings = min(30, max(0, doublings))
    }

    /// The pause after so many failures in a row: between half of `first`, doubled for each failure but the first, and
    /// all of it; never longer than a day, or `first` where that is longer.
    ///
    /// - Parameters:
    ///   - failures: at least one.
    ///   - seed: the same seed and key, the same pause.
    ///   - key: what failed.
    package func pause(after failures: Int, seed: UInt64, key: String) -> Duration {
        var hash = seed &+ 0xCBF2_9CE4_8422_2325
        for byte in "\(key)#\(failures)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        // The upper bits of a FNV hash of short texts are alike; this spreads them (SplitMix64's last steps).
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        let share = 512 + Int64((hash ^ (hash >> 31)) >> 55)
        let doubled = first.wholeMilliseconds << Int64(min(max(0, failures - 1), doublings))
        let whole = min(doubled, max(Self.longest, first.wholeMilliseconds))
        return .milliseconds(whole * share / 1023)
    }

    /// A day, in milliseconds.
    private static var longest: Int64 { 86_400_000 }
}
