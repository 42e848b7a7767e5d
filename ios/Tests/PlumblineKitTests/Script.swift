import Foundation
import PlumblineCore

/// One line of a script: what happens so many microseconds after its begin.
struct Line: Sendable {
    enum What: Sendable, Equatable {
        case frame(Site, Data)
        case connected(Site)
        case lost(Site)
        case command(String)
    }

    let atUs: Int64
    let what: What
}

/// The notifications and taps of a simulated runner, as `plumbline simulate` writes them.
///
/// A line is a time in microseconds and `chest|pelvis <hex bytes>|connected|lost` or `command <words>`; `#` begins a
/// comment.
enum Script {
    struct NotUnderstood: Error { let line: String }

    static let firstSession = Result { try named("first-session") }
    static let runGood = Result { try named("run-good") }

    /// The calibration of a first session: three stands, ten steps, and its `finish`.
    static func calibration() throws -> ArraySlice<Line> {
        let lines = try firstSession.get()
        guard let end = lines.firstIndex(where: { $0.what == .command("finish") }) else { return [] }
        return lines[...end]
    }

    private static func named(_ name: String) throws -> [Line] {
        let folder = ProcessInfo.processInfo.environment["PLUMBLINE_FRAMES_DIR"] ?? "../target/fixtures"
        return try String(contentsOfFile: "\(folder)/\(name).frames", encoding: .utf8)
            .split(separator: "\n")
            .map { $0.prefix { $0 != "#" } }
            .filter { !$0.isEmpty }
            .map(line)
    }

    private static func line(_ text: Substring) throws -> Line {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count == 3, let atUs = Int64(words[0]) else { throw NotUnderstood(line: String(text)) }
        let what: Line.What =
            switch words[1] {
            case "chest": try pod(.chest, words[2])
            case "pelvis": try pod(.pelvis, words[2])
            case "head": try pod(.head, words[2])
            case "command": .command(String(words[2]).trimmingCharacters(in: .whitespaces))
            default: throw NotUnderstood(line: String(text))
            }
        return Line(atUs: atUs, what: what)
    }

    private static func pod(_ site: Site, _ word: Substring) throws -> Line.What {
        switch word {
        case "connected": .connected(site)
        case "lost": .lost(site)
        default: .frame(site, try bytes(hex: word))
        }
    }

    private static func bytes(hex: Substring) throws -> Data {
        let digits = hex.compactMap(\.hexDigitValue).map(UInt8.init)
        guard digits.count == hex.count, digits.count.isMultiple(of: 2) else {
            throw NotUnderstood(line: String(hex))
        }
        return Data(stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }
}

/// A clock that shows the time of the line being played, and never goes back.
final class ScriptClock: HostClock, @unchecked Sendable {
    /// 2027-01-15, a time that needs all of a 64-bit integer's upper half.
    static let startUs: Int64 = 1_800_000_000_000_000
    static let dayUs: Int64 = 24 * 3_600_000_000

    private let lock = NSLock()
    private var us = startUs

    func reach(_ newUs: Int64) { lock.withLock { us = max(us, newUs) } }

    func nowUs() -> Int64 { lock.withLock { us } }
}

/// Hands a script to a coach.
struct Player {
    let coach: Coach
    let clock: ScriptClock
    /// What each `finish` answered, in order.
    var finished: [String] = []
    var beforeCommand: (String) throws -> Void = { _ in }
    var afterCommand: (String) throws -> Void = { _ in }
    var afterFrame: (Site, Data) throws -> Void = { _, _ in }

    init(coach: Coach, clock: ScriptClock) {
        self.coach = coach
        self.clock = clock
    }

    /// Both pods connect at `startUs`, then the script runs from there.
    mutating func play(_ lines: some Sequence<Line>, from startUs: Int64) throws {
        clock.reach(startUs)
        for site in [Site.chest, .pelvis] { try coach.connected(site: site) }
        for line in lines {
            clock.reach(startUs + line.atUs)
            switch line.what {
            case .frame(let site, let bytes):
                try coach.notification(site: site, bytes: bytes)
                try afterFrame(site, bytes)
            case .connected(let site): try coach.connected(site: site)
            case .lost(let site): try coach.lost(site: site)
            case .command(let words):
                try beforeCommand(words)
                try command(words)
                try afterCommand(words)
            }
        }
    }

    private mutating func command(_ words: String) throws {
        switch words {
        case "check_in none": try coach.checkIn(checkIn: CheckIn(pain: []))
        case "start_drill D0": try coach.startDrill(drill: .d0)
        case "start_drill D3": try coach.startDrill(drill: .d3)
        case "start_run": try coach.startRun()
        case "finish":
            guard let id = try coach.finish() else { throw Script.NotUnderstood(line: "nothing was kept") }
            finished.append(id)
        default: throw Script.NotUnderstood(line: words)
        }
    }
}

/// A new coach calibrates, told to `observer`; its report.
func calibrate(
    _ observer: (any CoachObserver)? = nil, prepare: (Coach, inout Player) -> Void = { _, _ in }
) throws -> ReportView {
    let clock = ScriptClock()
    let config = CoachConfig(historyPath: nil, language: "en")
    let coach = try Coach.withClock(config: config, observer: observer, clock: clock)
    var player = Player(coach: coach, clock: clock)
    prepare(coach, &player)
    try player.play(Script.calibration(), from: ScriptClock.startUs)
    return try coach.history().report(id: player.finished[0])
}
