import Foundation
import PlumblineCore
import Testing

/// An observer that calls back, and one that fails. A deadlock ends in the time limit.
struct ObserverTests {
    @Test("an observer may call the coach from within every answer", .timeLimit(.minutes(2)))
    func callBack() async throws {
        let observer = CallsBack()
        let report = try await Task.detached {
            try calibrate(observer) { coach, _ in observer.coach = coach }
        }.value
        observer.coach = nil
        #expect(observer.views > 10 && observer.cues > 3)
        #expect(try report == calibrate())
    }

    @Test("an observer that throws costs no number and hears the rest")
    func fail() throws {
        let observer = Fails()
        #expect(try calibrate(observer) == calibrate())
        #expect(observer.calls > 10)
    }
}

/// Calls everything a shell may call, from within each answer; only the thread that plays the script is here.
private final class CallsBack: CoachObserver, @unchecked Sendable {
    var coach: Coach?
    private(set) var views = 0
    private(set) var cues = 0

    func viewChanged(view: CoachView) throws {
        views += 1
        try callBack()
    }

    func cue(cue: Cue) throws {
        cues += 1
        try callBack()
    }

    private func callBack() throws {
        guard let coach else { return }
        try coach.tick()
        _ = (coach.view(), coach.nextDeadlineUs())
        _ = try coach.history().sessions(beforeUs: nil, limit: 1)
        // No frame: it is counted, and changes no number.
        try coach.notification(site: .chest, bytes: Data([1, 2, 3]))
    }
}

private final class Fails: CoachObserver, @unchecked Sendable {
    private struct NoScreen: Error {}
    private(set) var calls = 0

    func viewChanged(view: CoachView) throws {
        calls += 1
        throw NoScreen()
    }

    func cue(cue: Cue) throws {
        calls += 1
        throw CallbackError.Failed(detail: "no voice")
    }
}
