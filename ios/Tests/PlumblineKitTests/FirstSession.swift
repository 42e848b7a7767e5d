import Foundation
import PlumblineCore

/// Plays a script of pod notifications and taps to a coach, on the script's own clock, and keeps all it answers.
///
/// A line is `<at_us> <chest|pelvis> <hex bytes>` or `<at_us> command <words>`; `#` begins a comment.
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
        finished = player.finished
        refusedEarly = player.refusedEarly
    }
}

/// The lines of the script named by PLUMBLINE_FRAMES.
enum Script {
    struct Unreadable: Error { let line: String }

    static func lines() throws -> [(atUs: Int64, who: String, rest: String)] {
        let path = ProcessInfo.processInfo.environment["PLUMBLINE_FRAMES"] ?? "../target/fixtures/first-session.frames"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let at = Int64(words[0]) else { throw Unreadable(line: String(line)) }
            return (at, String(words[1]), String(words[2]))
        }
    }

    static func bytes(hex: String) throws -> Data {
        let digits = Array(hex.utf8)
        return try Data(stride(from: 0, to: digits.count, by: 2).map { at in
            guard at + 1 < digits.count,
                let byte = UInt8(String(decoding: digits[at...at + 1], as: UTF8.self), radix: 16)
            else { throw Unreadable(line: hex) }
            return byte
        })
    }
}

/// Hands the lines to the coach.
struct Player {
    let coach: Coach
    var finished: [String] = []
    var refusedEarly: CoachError?

    init(coach: Coach) { self.coach = coach }

    mutating func play(_ lines: [(atUs: Int64, who: String, rest: String)], on clock: ScriptClock) throws {
        clock.set(lines.first?.atUs ?? 0)
        try coach.connected(site: .chest)
        try coach.connected(site: .pelvis)
        for line in lines {
            clock.set(line.atUs)
            switch line.who {
            case "chest": try coach.notification(site: .chest, bytes: Script.bytes(hex: line.rest))
            case "pelvis": try coach.notification(site: .pelvis, bytes: Script.bytes(hex: line.rest))
            case "command": try command(line.rest)
            default: throw Script.Unreadable(line: line.who)
            }
        }
    }

    private mutating func command(_ words: String) throws {
        switch words {
        case "start_drill D0":
            try coach.startDrill(drill: .d0)
        case "start_drill D3":
            do { try coach.startDrill(drill: .d4) } catch let error as CoachError { refusedEarly = error }
            try coach.startDrill(drill: .d3)
        case "check_in none":
            try coach.checkIn(checkIn: CheckIn(pain: []))
        case "finish":
            if let id = try coach.finish() { finished.append(id) }
        default:
            throw Script.Unreadable(line: words)
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
