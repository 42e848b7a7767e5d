import Foundation
import PlumblineCore
import Testing

/// A shell with a radio and motion sensors of its own; PodsTest.kt makes the same calls and asserts the same things.
struct PodsTests {
    @Test("a pod is found, worn at the chest and streams by the shell's own radio")
    func streams() throws {
        let shell = try Shell()
        try shell.pairAtTheChest()
        try shell.coach.startRun()
        try shell.stream(0..<10_000_000)

        let paired = try shell.paired()
        #expect(paired.id == FakeRadio.pod)
        #expect(paired.site == .chest)
        #expect(paired.kind == .leanPod)
        #expect(paired.state == .streaming)
        let stream = try #require(paired.stream)
        #expect(abs(try #require(stream.rateHz) - Truth.rateHz) < 0.5)
        #expect(stream.missing == 0)
        #expect(stream.trouble == nil)
        #expect(stream.doubts.isEmpty)
        let shown = try shell.shown()
        #expect(shown.site == .chest)
        #expect(shown.live)
        #expect(abs(try #require(shown.rateHz) - Truth.rateHz) < 0.5)
    }

    @Test("a pod that is lost comes back by itself and its hole is told")
    func comesBack() throws {
        let shell = try Shell()
        try shell.pairAtTheChest()
        try shell.coach.startRun()
        try shell.stream(0..<10_000_000)
        try shell.coach.radioEvent(event: .disconnected(pod: FakeRadio.pod))
        let lost = try shell.paired()
        #expect(lost.state == .lost)
        #expect(lost.stream == nil)
        #expect(!lost.sentence.isEmpty)
        try shell.look(10_200_000)
        #expect(shell.coach.view().pods.isEmpty)

        shell.pass(15_000_000)
        #expect(try shell.radio.answer(shell.coach) == ["connect", "discover", "subscribe"])
        #expect(try shell.paired().state == .streaming)
        try shell.stream(15_000_000..<25_000_000)
        #expect(try shell.shown().live)
        let id = try #require(try shell.coach.finish())
        let holes = try shell.coach.history().report(id: id).gaps.filter { $0.reason == .missing }
        #expect(holes.count == 1)
        let hole = try #require(holes.first)
        #expect(hole.site == .chest)
        #expect(abs(hole.startS - 10) < 0.5)
        #expect(abs(hole.endS - 15) < 0.5)
    }

    @Test("a pod that is forgotten is let go and one that is not nearby is refused")
    func forgotten() throws {
        let shell = try Shell()
        try shell.pairAtTheChest()
        try shell.coach.forget(site: .chest)
        #expect(try shell.radio.answer(shell.coach) == ["disconnect"])
        #expect(shell.coach.pods().paired.isEmpty)
        #expect(shell.coach.view().pods.isEmpty)
        let refused = refusal { try shell.coach.pair(pod: "a stranger", site: .pelvis) }
        #expect(refused == .NotNow(detail: "This pod is not nearby. Switch it on and look again."))
    }

    @Test("a radio that is off says what to do and one that throws costs nothing")
    func trouble() throws {
        let shell = try Shell()
        try shell.coach.radioEvent(event: .adapter(state: .off))
        #expect(try #require(shell.coach.pods().radioTrouble).hasPrefix("Bluetooth is off."))
        try shell.coach.radioEvent(event: .adapter(state: .on))
        #expect(shell.coach.pods().radioTrouble == nil)
        shell.radio.fails = true
        try shell.coach.scan()
        #expect(shell.coach.pods().looking)
        #expect(try shell.radio.answer(shell.coach).isEmpty)
    }

    @Test("earbuds are a pod on the head that begins no run alone")
    func earbuds() throws {
        let shell = try Shell()
        try shell.motion(atRest: -1, 0..<10) {
            try shell.coach.headMotion(source: .coreMotion, samples: $0)
        }
        let earbuds = try shell.shown()
        #expect(earbuds.site == .head)
        #expect(earbuds.live)
        #expect(throws: CoachError.NoPod) { try shell.coach.startRun() }
        try shell.coach.endHeadMotion()
        try shell.look(1_200_000)
        #expect(shell.coach.view().pods.isEmpty)
    }

    @Test("a phone in a belt is a pelvis pod in either system's units")
    func phone() throws {
        for (source, atRest) in [(MotionSource.android, 9.81), (.coreMotion, -1)] {
            let shell = try Shell()
            try shell.phone(source, atRest: atRest, 0..<1)
            try shell.coach.startRun()
            try shell.phone(source, atRest: atRest, 1..<60)
            let phone = try shell.shown()
            #expect(phone.site == .pelvis)
            #expect(phone.live)
            #expect(abs(try #require(phone.rateHz) - 100) < 0.5)
            #expect(phone.missing == 0)
            #expect(phone.trouble == nil)
            #expect(phone.doubts.count == 1)
            try shell.coach.endPhoneMotion(site: .pelvis)
            try shell.look(6_200_000)
            #expect(shell.coach.view().pods.isEmpty)
        }
    }
}

/// A coach on a clock of the script's, with a radio of the shell's own.
private struct Shell {
    let clock = ScriptClock()
    let coach: Coach
    let radio = FakeRadio()

    init() throws {
        coach = try Coach.withClock(
            config: CoachConfig(historyPath: nil, language: "en"), observer: nil, clock: clock)
        try coach.useRadio(radio: radio)
        try coach.radioEvent(event: .adapter(state: .on))
    }

    func pass(_ us: Int64) { clock.reach(ScriptClock.startUs + us) }

    /// As a shell does by its deadline: a screen changes ten times a second at most.
    func look(_ us: Int64) throws {
        pass(us)
        try coach.tick()
    }

    func pairAtTheChest() throws {
        try coach.scan()
        #expect(try radio.answer(coach) == ["startScan"])
        let found = try #require(coach.pods().found.first)
        #expect(found.name == FakeRadio.name)
        #expect(found.kind == .leanPod)
        #expect(found.canIdentify && !found.sentence.isEmpty)
        try coach.pair(pod: found.id, site: .chest)
        try coach.stopScan()
        #expect(try radio.answer(coach) == ["connect", "stopScan", "discover", "subscribe"])
        #expect(try paired().state == .streaming)
        #expect(try shown().site == .chest)
    }

    func paired() throws -> PairedPodView {
        let paired = coach.pods().paired
        #expect(paired.count == 1)
        return try #require(paired.first)
    }

    func shown() throws -> PodView {
        let pods = coach.view().pods
        #expect(pods.count == 1)
        return try #require(pods.first)
    }

    /// The chest pod's notifications between two moments of the script.
    func stream(_ moments: Range<Int64>) throws {
        for line in try Script.runGood.get() where moments.contains(line.atUs) {
            guard case .frame(.chest, let bytes) = line.what else { continue }
            pass(line.atUs)
            let event = RadioEvent.value(pod: FakeRadio.pod, characteristic: FakeRadio.live, bytes: bytes)
            try coach.radioEvent(event: event)
        }
    }

    /// Batches of ten samples at 100 Hz of a phone at rest, its trembling apart.
    func phone(_ source: MotionSource, atRest: Double, _ batches: Range<Int>) throws {
        try motion(atRest: atRest, batches) { try coach.phoneMotion(site: .pelvis, source: source, samples: $0) }
    }

    /// The same for anything that is worn.
    func motion(atRest: Double, _ batches: Range<Int>, hand: ([MotionSample]) throws -> Void) throws {
        for batch in batches {
            pass(Int64(batch + 1) * 100_000)
            let samples = (0..<10).map { k in
                let nth = Double(10 * batch + k)
                let tremble = 0.001 * sin(nth)
                return MotionSample(
                    timeS: 5_000 + 0.01 * nth, acceleration: Axes(x: tremble, y: atRest, z: -tremble),
                    rotationRadps: Axes(x: tremble, y: 0, z: tremble))
            }
            try hand(samples)
        }
    }
}

/// A radio with one pod in reach. As a phone's, it answers later: when it is told to.
private final class FakeRadio: NativeRadio, @unchecked Sendable {
    static let pod = "C7:C9"
    static let name = "LeanPod-C7C9"
    static let live = PodCharacteristic(
        service: "43590100-5f8b-463e-8d5c-dc22cafd3ef7",
        characteristic: "43590103-5f8b-463e-8d5c-dc22cafd3ef7")

    private struct NoRadio: Error {}
    private struct OffersNothingElse: Error { let request: RadioRequest }

    private let lock = NSLock()
    private var asked: [RadioRequest] = []
    private var failing = false

    var fails: Bool {
        get { lock.withLock { failing } }
        set { lock.withLock { failing = newValue } }
    }

    func perform(request: RadioRequest) throws {
        guard !fails else { throw NoRadio() }
        lock.withLock { asked.append(request) }
    }

    /// Answers what was asked, and what is asked thereupon; what that was.
    func answer(_ coach: Coach) throws -> [String] {
        var answered: [String] = []
        while let request = lock.withLock({ asked.isEmpty ? nil : asked.removeFirst() }) {
            let (word, event) = try answer(to: request)
            answered.append(word)
            if let event { try coach.radioEvent(event: event) }
        }
        return answered
    }

    private func answer(to request: RadioRequest) throws -> (String, RadioEvent?) {
        switch request {
        case .startScan(let services): ("startScan", found(services))
        case .stopScan: ("stopScan", nil)
        case .connect(let pod): ("connect", .connected(pod: pod))
        case .discover(let pod): ("discover", .discovered(pod: pod, offered: [Self.live]))
        case .disconnect(let pod): ("disconnect", .disconnected(pod: pod))
        case .subscribe(let pod, let characteristic):
            ("subscribe", .subscribed(pod: pod, characteristic: characteristic))
        case .read, .write: throw OffersNothingElse(request: request)
        }
    }

    private func found(_ filter: [String]) -> RadioEvent? {
        guard filter.contains(Self.live.service) else { return nil }
        return .found(
            pod: Self.pod, name: Self.name, services: [Self.live.service], manufacturerData: [], rssiDbm: -48)
    }
}
