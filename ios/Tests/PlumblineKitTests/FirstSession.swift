import Foundation
import PlumblineCore

/// Plays a script of pod notifications and taps to a coach, on the script's own clock, and keeps all it answers.
///
/// A line is a time in microseconds and `chest|pelvis <hex bytes>|connected|lost`, `command <words>` or `tick`;
/// `#` begins a comment.
struct FirstSession: Sendable {
    let coach: Coach
    let views: [CoachView]
    let cues: [Cue]
    let finished: [String]
    /// What `startDrill(.d4)` said before the drill that opens it.
    let refusedEarly: CoachError?

    /// Played once for all tests, into a history file of its own.
    static let played = Result { try FirstSession() }

    private init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "history.sqlite").path

        let clock = ScriptClock()
        let recorder = Recorder()
        let config = CoachConfig(historyPath: path, language: "en")
        let coach = try Coach.withClock(config: config, observer: recorder, clock: clock)
        var player = Player(coach: coach)
        try player.play(Script.lines(), on: clock)

        self.coach = coach
        (views, cues) = recorder.heard
        finished = player.finished.compactMap { $0 }
        refusedEarly = player.refusedEarly
    }
}

/// The lines of the script named by PLUMBLINE_FRAMES, as words.
enum Script {
    struct NotUnderstood: Error { let words: [Substring] }

    static func lines() throws -> [[Substring]] {
        let path = ProcessInfo.processInfo.environment["PLUMBLINE_FRAMES"] ?? "../target/fixtures/first-session.frames"
        return try String(contentsOfFile: path, encoding: .utf8)
            .split(separator: "\n")
            .map { $0.prefix { $0 != "#" }.split(separator: " ") }
            .filter { !$0.isEmpty }
    }

    static func bytes(hex: Substring) throws -> Data {
        let digits = hex.compactMap(\.hexDigitValue).map(UInt8.init)
        guard digits.count == hex.count, digits.count.isMultiple(of: 2) else { throw NotUnderstood(words: [hex]) }
        return Data(stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }
}

/// Hands the lines to the coach.
struct Player {
    let coach: Coach
    var finished: [String?] = []
    var refusedEarly: CoachError?

    init(coach: Coach) { self.coach = coach }

    mutating func play(_ lines: [[Substring]], on clock: ScriptClock) throws {
        for words in lines {
            guard words.count > 1, let at = Int64(words[0]) else { throw Script.NotUnderstood(words: words) }
            clock.set(at)
            switch (words[1], words.dropFirst(2)) {
            case ("chest", let rest): try pod(.chest, rest)
            case ("pelvis", let rest): try pod(.pelvis, rest)
            case ("command", let rest): try command(rest)
            case ("tick", _): try coach.tick()
            default: throw Script.NotUnderstood(words: words)
            }
        }
    }

    private func pod(_ site: Site, _ words: ArraySlice<Substring>) throws {
        switch words.first {
        case "connected": try coach.connected(site: site)
        case "lost": try coach.lost(site: site)
        case let hex?: try coach.notification(site: site, bytes: Script.bytes(hex: hex))
        case nil: throw Script.NotUnderstood(words: [])
        }
    }

    private mutating func command(_ words: ArraySlice<Substring>) throws {
        switch words.joined(separator: " ") {
        case "start_drill D0":
            try coach.startDrill(drill: .d0)
        case "start_drill D3":
            do { try coach.startDrill(drill: .d4) } catch let error as CoachError { refusedEarly = error }
            try coach.startDrill(drill: .d3)
        case "check_in none":
            try coach.checkIn(checkIn: CheckIn(pain: []))
        case "finish":
            finished.append(try coach.finish())
        default:
            throw Script.NotUnderstood(words: Array(words))
        }
    }
}

/// A clock that shows the time of the line being played.
final class ScriptClock: HostClock, @unchecked Sendable {
    private let lock = NSLock()
    private var us: Int64 = 0

    func set(_ us: Int64) { lock.withLock { self.us = us } }

    func nowUs() -> Int64 { lock.withLock { us } }
}

/// Keeps what the coach says.
final class Recorder: CoachObserver, @unchecked Sendable {
    private let lock = NSLock()
    private var views: [CoachView] = []
    private var cues: [Cue] = []

    var heard: ([CoachView], [Cue]) { lock.withLock { (views, cues) } }

    func viewChanged(view: CoachView) { lock.withLock { views.append(view) } }

    func cue(cue: Cue) { lock.withLock { cues.append(cue) } }
}
