import PlumblineCore
import Testing

/// The ten calls of a first session; android/jvm/contract asserts the same things.
@Suite(.serialized)
struct ContractTests {
    let session: FirstSession
    let history: History

    init() throws {
        session = try FirstSession.played.get()
        history = session.coach.history()
    }

    @Test("the core says its version")
    func version() {
        #expect(coreVersion().wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    }

    @Test("a new coach is idle and lists its drills")
    func create() throws {
        let view = try Coach(config: CoachConfig(historyPath: nil, language: "en"), observer: nil).view()
        #expect(view.phase == .idle)
        #expect(view.drills.map(\.drill) == [.d0, .d3, .d4])
        #expect(!view.nextStep.isEmpty)
    }

    @Test("the observer sees both drills begin and end, in order")
    func observe() {
        let phases = session.views.map { view in
            switch view.phase {
            case .idle: "idle"
            case .drilling(let drill): "drilling \(drill.drill)"
            case .running: "running"
            case .finished(let report): "finished \(report.kind)"
            }
        }
        var changes: [String] = []
        for phase in phases where phase != "idle" && phase != changes.last { changes.append(phase) }
        #expect(changes == [
            "drilling \(DrillId.d0)", "finished \(SessionKind.drill(drill: .d0))",
            "drilling \(DrillId.d3)", "finished \(SessionKind.drill(drill: .d3))",
        ])
        #expect(!session.cues.isEmpty)
        #expect(session.cues.allSatisfy { !$0.text.isEmpty })
        #expect(session.cues.map(\.atUs) == session.cues.map(\.atUs).sorted())
    }

    @Test("standing still gives a neutral")
    func calibrate() throws {
        let calibration = try #require(session.coach.view().calibration)
        #expect((0...1.5).contains(calibration.spreadDeg))
    }

    @Test("the report counts the repetitions the runner was told of")
    func report() throws {
        let report = try history.report(id: #require(session.finished.last))
        let drill = try #require(report.drill)
        #expect(drill.drill == .d3)
        #expect(drill.repetitions.count == 12)
        #expect(drill.repetitions.filter { $0.outcome == .passed }.count == Int(drill.passed))
        let told = session.views.compactMap { view -> UInt32? in
            guard case .drilling(let drill) = view.phase else { return nil }
            return drill.passed
        }
        #expect(told.last == drill.passed)
        #expect(!report.headline.isEmpty)
    }

    @Test("the history lists the newest session first, page by page")
    func list() throws {
        let rows = try history.sessions(beforeUs: nil, limit: 10)
        #expect(rows.map(\.id) == session.finished.reversed())
        #expect(try history.sessions(beforeUs: #require(rows.first).startedAtUs, limit: 10) == Array(rows.dropFirst()))
        #expect(try history.sessions(beforeUs: nil, limit: 1) == Array(rows.prefix(1)))
    }

    @Test("a deleted session is hidden until it is restored")
    func delete() throws {
        let rows = try history.sessions(beforeUs: nil, limit: 10)
        let newest = try #require(rows.first).id
        try history.deleteSession(id: newest)
        #expect(try history.sessions(beforeUs: nil, limit: 10) == Array(rows.dropFirst()))
        try history.restoreSession(id: newest)
        #expect(try history.sessions(beforeUs: nil, limit: 10) == rows)
    }

    @Test("a suspended history answers not now, and comes back whole")
    func suspend() throws {
        let rows = try history.sessions(beforeUs: nil, limit: 10)
        let newest = try #require(rows.first).id
        try session.coach.suspend()
        #expect(refusal { _ = try history.sessions(beforeUs: nil, limit: 10) } == "NotNow")
        #expect(refusal { _ = try history.report(id: newest) } == "NotNow")
        try session.coach.resume()
        #expect(try history.sessions(beforeUs: nil, limit: 10) == rows)
    }

    @Test("a locked drill says why, in the list and when it is tapped")
    func locked() throws {
        guard case .DrillLocked(let detail) = session.refusedEarly else {
            Issue.record("expected a locked drill, not \(String(describing: session.refusedEarly))")
            return
        }
        #expect(!detail.isEmpty)
        let view = try #require(session.views.first { if case .finished = $0.phase { true } else { false } })
        let row = try #require(view.drills.first { $0.drill == .d4 })
        #expect(!row.unlocked)
        #expect(row.lockedBecause == detail)
    }

    @Test("without a pod nothing starts, and an unknown session is the caller's fault")
    func refuse() throws {
        let coach = try Coach(config: CoachConfig(historyPath: nil, language: "en"), observer: nil)
        #expect(throws: CoachError.NoPod) { try coach.startDrill(drill: .d0) }
        #expect(refusal { _ = try coach.history().report(id: "nothing") } == "Invalid")
    }
}

/// The name of the error a call ends in, its detail left out; `nil` when it ends well.
private func refusal(_ call: () throws -> Void) -> String? {
    do {
        try call()
        return nil
    } catch CoachError.NotNow {
        return "NotNow"
    } catch CoachError.Invalid {
        return "Invalid"
    } catch {
        return String(describing: error)
    }
}
