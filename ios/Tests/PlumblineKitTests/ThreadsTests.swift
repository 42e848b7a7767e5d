import Foundation
import PlumblineCore
import Testing

/// Several threads at one coach, as a phone has them: a radio queue for each pod, and the screens.
struct ThreadsTests {
    /// Both pods' queues stay within this much of each other, as they do on a phone.
    private static let sliceUs: Int64 = 200_000

    @Test("no frame and no answer is lost between threads", .timeLimit(.minutes(2)))
    func together() async throws {
        let clock = ScriptClock()
        let config = CoachConfig(historyPath: nil, language: "en")
        let coach = try Coach.withClock(config: config, observer: nil, clock: clock)
        var player = Player(coach: coach, clock: clock)
        let calibration = try Script.calibration()
        try player.play(calibration, from: ScriptClock.startUs)
        let drill = try Script.firstSession.get().dropFirst(calibration.count)
        try coach.startDrill(drill: .d3)
        let slices = Dictionary(grouping: drill) { $0.atUs / Self.sliceUs }
        for (_, slice) in slices.sorted(by: { $0.key < $1.key }) {
            try await play(slice, coach, clock)
        }
        #expect(coach.view().pods.allSatisfy { $0.missing == 0 })
        let id = try #require(try coach.finish())
        let result = try #require(try coach.history().report(id: id).drill)
        #expect(result.repetitions.count == Truth.tilts)
        #expect(result.passed >= 10)
    }

    /// Both pods' frames of a slice and a look at everything, at the same time.
    private func play(_ slice: [Line], _ coach: Coach, _ clock: ScriptClock) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for site in [Site.chest, .pelvis] {
                group.addTask {
                    for line in slice {
                        guard case .frame(site, let bytes) = line.what else { continue }
                        clock.reach(ScriptClock.startUs + line.atUs)
                        try coach.notification(site: site, bytes: bytes)
                    }
                }
            }
            group.addTask {
                guard case .drilling = coach.view().phase else { throw Script.NotUnderstood(line: "no drill") }
                #expect(try coach.history().sessions(beforeUs: nil, limit: 10).count == 2)
                try coach.tick()
            }
            try await group.waitForAll()
        }
    }
}
