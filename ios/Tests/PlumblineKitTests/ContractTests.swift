import Foundation
import PlumblineCore
import Testing

/// The ten calls; ContractTest.kt makes the same ones and asserts the same things.
@Suite(.serialized)
struct ContractTests {
    let days: TwoDays
    let history: History

    init() throws {
        days = try TwoDays.played.get()
        history = days.coach.history()
    }

    @Test("create gives an idle coach with every drill")
    func create() throws {
        #expect(coreVersion().wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        let coach = try Coach(config: CoachConfig(historyPath: nil, language: "en"), observer: nil)
        let view = coach.view()
        #expect(view.phase == .idle)
        #expect(view.drills.map(\.drill).first == .d0 && view.drills.count == 15)
        #expect(view.drills.filter(\.unlocked).map(\.drill) == [.d0])
        #expect(!view.nextStep.isEmpty)
        #expect(view.calibration == nil)
        #expect(coach.nextDeadlineUs() == nil)
    }

    @Test("observe tells each phase and each cue in the order it happened")
    func observe() throws {
        var changes: [String] = []
        for phase in days.views.map(\.phase.name) where phase != "idle" && phase != changes.last {
            changes.append(phase)
        }
        let drills = ["drilling d0", "finished d0", "drilling d3", "finished d3"]
        let run = ["drilling d0", "finished d0", "running", "finished run"]
        #expect(changes == drills + run)

        #expect(days.cues.count >= 20)
        #expect(days.cues.allSatisfy { !$0.text.isEmpty })
        #expect(days.cues.map(\.atUs) == days.cues.map(\.atUs).sorted())
        #expect(try #require(days.cues.first).atUs >= ScriptClock.startUs)

        let live = days.views.compactMap(\.phase.live).filter { $0.trunkLeanDeg != nil }
        let running = try #require(live.last { $0.elapsedS < 150 })
        #expect(near(Truth.runLeanDeg, running.trunkLeanDeg, within: 2))
        #expect(near(Truth.runCadenceSpm, running.cadenceSpm, within: 3))
        #expect(running.elapsedS > 140)
    }

    @Test("calibrate finds the neutral of both pods from their frames")
    func calibrateFromFrames() throws {
        let calibration = try #require(days.coach.view().calibration)
        #expect(calibration.spreadDeg > 0 && calibration.spreadDeg < 1.5)
        let drill = try #require(try history.report(id: days.finished[0]).drill)
        #expect(drill.drill == .d0)
        #expect(drill.met)
        #expect(drill.unlocked == [.d1, .d2, .d3])
        let pods = try #require(days.views.last { $0.phase.name == "drilling d0" }).pods
        #expect(pods.map(\.site) == [.chest, .pelvis])
        for pod in pods {
            #expect(pod.live)
            #expect(pod.missing == 0)
            #expect(near(Truth.rateHz, pod.rateHz, within: 0.5))
        }
    }

    @Test("start drill shows the drill and says what to do")
    func startDrill() throws {
        let (view, cues) = try #require(days.taps.drillStart)
        let drill = try #require(view.phase.drill)
        #expect(drill.drill == .d3)
        #expect(drill.phase == 1)
        #expect(drill.repetitionsDone == 0)
        #expect(drill.repetitionsAsked == 6)
        #expect(drill.passed == 0)
        // Its title, whom it is not for, the image, what to do.
        #expect(cues.map(\.kind) == [.instruction, .instruction, .instruction, .image, .instruction])
        #expect(cues.last?.text == drill.instruction)
        #expect(try #require(cues.first).text.contains(drill.title))
    }

    @Test("finish keeps the session under an id and does so once")
    func finish() throws {
        #expect(days.finished.count == 4 && Set(days.finished).count == 4)
        #expect(refusal { _ = try days.coach.finish() }?.parts.kind == "NotNow")
        guard case .finished(let shown) = days.coach.view().phase else {
            Issue.record("expected a finished session")
            return
        }
        #expect(try shown == history.report(id: days.finished[3]))
    }

    @Test("report counts the tilts and measures the run")
    func report() throws {
        let tilts = try history.report(id: days.finished[1])
        let drill = try #require(tilts.drill)
        #expect(drill.repetitions.count == Truth.tilts)
        #expect(Int(drill.asked) == Truth.judgedTilts)
        let passed = drill.repetitions.prefix(Truth.judgedTilts).filter { $0.outcome == .passed }
        #expect(Int(drill.passed) == passed.count)
        #expect(drill.met && passed.count >= 10)
        #expect(passed.allSatisfy { near(Truth.tiltDeg, $0.trunkLeanDeg, within: 2) })
        let told = days.views.compactMap(\.phase.drill).last { $0.drill == .d3 }
        #expect(told?.passed == drill.passed)

        let run = try history.report(id: days.finished[3])
        #expect(run.kind == .run)
        let summary = run.summary
        #expect(summary.steadySteps >= 400)
        #expect(near(Truth.runLeanDeg, summary.trunkLeanDeg, within: 2))
        #expect(near(Truth.runBendDeg, summary.waistBendDeg, within: 2))
        #expect(near(Truth.runCadenceSpm, summary.cadenceSpm, within: 1))
        #expect(near(Truth.runContactMs, summary.groundContactMs, within: 30))
        #expect(run.windows.count >= 10)
        #expect(
            run.windows.allSatisfy {
                $0.startS < $0.endS && $0.endS <= run.durationS && (0...1).contains($0.probability)
            })
        #expect(run.classSeconds.map(\.leanClass) == [.under, .good, .over, .waistBend, .notSure])
        let judgedS = run.windows.map { $0.endS - $0.startS }.reduce(0, +)
        #expect(near(judgedS, run.classSeconds.map(\.seconds).reduce(0, +), within: 1e-6))
        #expect(!run.headline.isEmpty && !run.model.isEmpty && !run.untold.isEmpty)
    }

    @Test("list gives the newest session first and page by page")
    func list() throws {
        let rows = try history.sessions(beforeUs: nil, limit: 10)
        #expect(rows.map(\.id) == days.finished.reversed())
        #expect(rows.map(\.kind) == [.run, .drill(drill: .d0), .drill(drill: .d3), .drill(drill: .d0)])
        let newest = try #require(rows.first)
        #expect(try history.sessions(beforeUs: newest.startedAtUs, limit: 10) == Array(rows.dropFirst()))
        #expect(try history.sessions(beforeUs: nil, limit: 1) == [newest])

        let run = try history.report(id: newest.id)
        #expect(run.summary.trunkLeanDeg?.mean == newest.trunkLeanDeg)
        #expect(run.durationS == newest.durationS)
        #expect(run.headline == newest.headline)
        #expect(rows.last?.startedAtUs == ScriptClock.startUs)
    }

    @Test("delete hides a session until it is restored")
    func delete() throws {
        let rows = try history.sessions(beforeUs: nil, limit: 10)
        let newest = try #require(rows.first).id
        try history.deleteSession(id: newest)
        #expect(try history.sessions(beforeUs: nil, limit: 10) == Array(rows.dropFirst()))
        try history.restoreSession(id: newest)
        #expect(try history.sessions(beforeUs: nil, limit: 10) == rows)
    }

    @Test("suspend answers not now until resume brings everything back")
    func suspend() throws {
        let rows = try history.sessions(beforeUs: nil, limit: 10)
        let newest = try #require(rows.first).id
        try days.coach.suspend()
        #expect(refusal { _ = try history.sessions(beforeUs: nil, limit: 10) }?.parts.kind == "NotNow")
        #expect(refusal { _ = try history.report(id: newest) }?.parts.kind == "NotNow")
        try days.coach.resume()
        #expect(try history.sessions(beforeUs: nil, limit: 10) == rows)
    }

    @Test("error tells apart what a caller can do next")
    func error() throws {
        let coach = try Coach(config: CoachConfig(historyPath: nil, language: "en"), observer: nil)
        #expect(throws: CoachError.NoPod) { try coach.startDrill(drill: .d0) }
        #expect(refusal { _ = try coach.history().report(id: "nothing") }?.parts.kind == "Invalid")

        let view = try #require(days.views.first { $0.phase.name == "finished d0" })
        let row = try #require(view.drills.first { $0.drill == .d4 })
        #expect(!row.unlocked)
        let locked = try #require(days.taps.locked).parts
        #expect(locked.kind == "DrillLocked")
        #expect(locked.detail.hasPrefix(try #require(row.lockedBecause)))
        #expect(days.taps.stale == .NotCalibrated)
        let busy = try #require(days.taps.busy).parts
        #expect(busy.kind == "NotNow" && !busy.detail.isEmpty)
        let missing = days.folder.appending(path: "missing/history.sqlite").path
        let config = CoachConfig(historyPath: missing, language: "en")
        let store = try #require(refusal { _ = try Coach(config: config, observer: nil) }).parts
        #expect(store.kind == "Store" && store.detail.contains("cannot be written"))
    }
}

private func near(_ expected: Double, _ actual: Double?, within tolerance: Double) -> Bool {
    actual.map { abs($0 - expected) <= tolerance } ?? false
}

/// The mean is near, and lies in its interval.
private func near(_ expected: Double, _ actual: Estimate?, within tolerance: Double) -> Bool {
    guard let actual else { return false }
    return near(expected, actual.mean, within: tolerance)
        && actual.ci90.low < actual.mean && actual.mean < actual.ci90.high
}

extension PhaseView {
    fileprivate var name: String {
        switch self {
        case .idle: "idle"
        case .drilling(let drill): "drilling \(drill.drill)"
        case .running: "running"
        case .finished(let report):
            switch report.kind {
            case .drill(let drill): "finished \(drill)"
            case .run: "finished run"
            }
        }
    }

    fileprivate var drill: DrillView? {
        if case .drilling(let drill) = self { drill } else { nil }
    }

    fileprivate var live: LiveView? {
        if case .running(let live) = self { live } else { nil }
    }
}
