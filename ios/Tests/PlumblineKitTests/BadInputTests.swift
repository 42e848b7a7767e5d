import Foundation
import PlumblineCore
import Testing

/// What a shell, a pod or a disk can get wrong: each an answer to act on.
struct BadInputTests {
    @Test("bytes that are no frame are counted and change no number")
    func noFrame() throws {
        var missing = 0.0
        let report = try calibrate { coach, player in
            var heard = 0
            player.afterFrame = { site, bytes in
                if heard.isMultiple(of: 20) {
                    for bad in spoiled(bytes) { try coach.notification(site: site, bytes: bad) }
                }
                heard += 1
                missing = coach.view().pods.map(\.missing).max() ?? 0
            }
        }
        #expect(missing > 0.1)
        #expect(try report == calibrate())
    }

    @Test("an unknown language is English")
    func language() throws {
        let english = try nextStep("en")
        for unknown in ["tlh", "", "-", "\0", String(repeating: "x", count: 100_000)] {
            #expect(try nextStep(unknown) == english)
        }
        #expect(try nextStep("de") != english)
    }

    @Test("a path that holds no history is a store error that says why")
    func path() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let garbage = folder.appending(path: "garbage.sqlite")
        let bytes = Data(repeating: 0xA5, count: 9_000)
        try bytes.write(to: garbage)
        let refusals = [
            (folder.appending(path: "missing/history.sqlite").path, "cannot be written"),
            (folder.path, "cannot be written"),
            (garbage.path, "not a history"),
            ("", "no file"),
            ("nul\0byte", ""),
        ]
        for (path, why) in refusals {
            let config = CoachConfig(historyPath: path, language: "en")
            let answer = try #require(refusal { _ = try Coach(config: config, observer: nil) }).parts
            #expect(answer.kind == "Store" && !answer.detail.isEmpty)
            #expect(why.isEmpty || answer.detail.contains(why))
        }
        #expect(try Data(contentsOf: garbage) == bytes)
    }

    @Test("a clock that fails is the fault of the host")
    func clock() throws {
        let config = CoachConfig(historyPath: nil, language: "en")
        let coach = try Coach.withClock(config: config, observer: nil, clock: BrokenClock())
        let fault = try #require(refusal { try coach.startDrill(drill: .d0) }).parts
        #expect(fault.kind == "Invalid" && fault.detail.contains("no battery"))
    }

    @Test("a pain beyond the scale is the fault of the host")
    func pain() throws {
        let coach = try Coach(config: CoachConfig(historyPath: nil, language: "en"), observer: nil)
        let pain = { (level: UInt8) in
            CheckIn(pain: [Pain(place: .calf, level: level, sharp: false, limping: false, rising: false)])
        }
        #expect(refusal { try coach.checkIn(checkIn: pain(11)) }?.parts.kind == "Invalid")
        try coach.checkIn(checkIn: pain(10))
    }
}

private final class BrokenClock: HostClock {
    func nowUs() throws -> Int64 { throw CallbackError.Failed(detail: "no battery") }
}

private func spoiled(_ bytes: Data) -> [Data] {
    var flipped = bytes
    flipped[bytes.count / 2] ^= 0x10
    return [Data(), bytes.dropLast(), bytes + [0], flipped, Data(repeating: 0xA5, count: 100_000)]
}

private func nextStep(_ language: String) throws -> String {
    try Coach(config: CoachConfig(historyPath: nil, language: language), observer: nil).view().nextStep
}
