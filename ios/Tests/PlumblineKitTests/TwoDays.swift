import Foundation
import PlumblineCore

/// What the synthetic runner of the scripts does; the core is to find it in the pods' bytes.
enum Truth {
    static let rateHz = 104.0
    static let tilts = 16
    /// The last four, with closed eyes, are practice.
    static let judgedTilts = 12
    static let tiltDeg = 6.0
    static let runLeanDeg = 9.0
    static let runBendDeg = 4.0
    static let runCadenceSpm = 170.0
    static let runContactMs = 250.0
}

/// A calibration and the wall on one day, a calibration and a run on the next: everything the coach said to it.
struct TwoDays: Sendable {
    let coach: Coach
    let folder: URL
    let views: [CoachView]
    let cues: [Cue]
    let finished: [String]
    let taps: Taps

    /// What taps said on the way.
    struct Taps: Sendable {
        /// The view and the cues right after D3 was started.
        var drillStart: (CoachView, [Cue])?
        /// D4, before the drill that opens it.
        var locked: CoachError?
        /// D3, before the second day's calibration, a day after the first one's.
        var stale: CoachError?
        /// *Run*, during a drill.
        var busy: CoachError?
    }

    /// Played once for all tests, into a history file of its own.
    static let played = Result { try TwoDays() }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "history.sqlite").path

        let clock = ScriptClock()
        let recorder = Recorder()
        let config = CoachConfig(historyPath: path, language: "en")
        let coach = try Coach.withClock(config: config, observer: recorder, clock: clock)
        var player = Player(coach: coach, clock: clock)
        var taps = Taps()
        var said = 0
        player.beforeCommand = { words in
            said = recorder.heard.1.count
            if words == "start_drill D3" { taps.locked = refusal { try coach.startDrill(drill: .d4) } }
            if words == "start_drill D0" { taps.stale = refusal { try coach.startDrill(drill: .d3) } }
        }
        player.afterCommand = { words in
            guard words == "start_drill D3" else { return }
            taps.drillStart = (coach.view(), Array(recorder.heard.1.dropFirst(said)))
            taps.busy = refusal { try coach.startRun() }
        }
        try player.play(Script.firstSession.get(), from: ScriptClock.startUs)
        try player.play(Script.runGood.get(), from: ScriptClock.startUs + ScriptClock.dayUs)

        self.coach = coach
        (views, cues) = recorder.heard
        finished = player.finished
        self.taps = taps
    }
}

/// The core's error a call ends in; `nil` when it ends well or in another.
func refusal(_ call: () throws -> Void) -> CoachError? {
    do {
        try call()
        return nil
    } catch {
        return error as? CoachError
    }
}

extension CoachError {
    /// The variant, and what it says.
    var parts: (kind: String, detail: String) {
        switch self {
        case .NoPod: ("NoPod", "")
        case .NotCalibrated: ("NotCalibrated", "")
        case .DrillLocked(let detail): ("DrillLocked", detail)
        case .NotNow(let detail): ("NotNow", detail)
        case .Store(let detail): ("Store", detail)
        case .Invalid(let detail): ("Invalid", detail)
        }
    }
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
