import PlumblineCore
import PlumblineKit
import Testing

@MainActor
struct CoachModelTests {
    private static let inMemory = CoachConfig(historyPath: nil, language: "en")

    @Test("the model ends where the coach ends", .timeLimit(.minutes(1)))
    func follow() async throws {
        let clock = ScriptClock()
        let model = try CoachModel(config: Self.inMemory, clock: clock)
        var player = Player(coach: model.coach, clock: clock)
        try player.play(Script.firstSession.get(), from: ScriptClock.startUs)
        while model.view != model.coach.view() { await Task.yield() }
        guard case .finished = model.view.phase else {
            Issue.record("expected a finished drill, not \(model.view.phase)")
            return
        }
        #expect(model.cue != nil)
    }

    @Test("a refused tap is shown until the next one that is not")
    func refuse() throws {
        let model = try CoachModel(config: Self.inMemory)
        model.startDrill(.d0)
        #expect(model.refusal == .NoPod)
        model.checkIn(CheckIn(pain: []))
        #expect(model.refusal == nil)
    }
}
