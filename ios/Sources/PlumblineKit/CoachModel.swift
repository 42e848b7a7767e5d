import Observation
import PlumblineCore

/// What the screens watch: the coach's latest view, on the main actor.
///
/// Decides nothing about running. Invariant: views and cues arrive in the order the coach gave them.
@MainActor @Observable
public final class CoachModel {
    /// What the screens show now.
    public private(set) var view: CoachView
    /// The last thing said to the runner; `nil` before the first.
    public private(set) var cue: Cue?
    /// Why the last tap was refused; `nil` when it was not.
    public private(set) var refusal: CoachError?

    /// For the radio, which may call it from any thread.
    @ObservationIgnored public nonisolated let coach: Coach

    /// Opens the history at `config.historyPath`; `clock` is for replay and for tests.
    public init(config: CoachConfig, clock: (any HostClock)? = nil) throws {
        let (news, teller) = AsyncStream.makeStream(of: News.self)
        let observer = Observer(teller: teller)
        if let clock {
            coach = try Coach.withClock(config: config, observer: observer, clock: clock)
        } else {
            coach = try Coach(config: config, observer: observer)
        }
        view = coach.view()
        // Ends with the coach, because the observer then goes and closes the stream.
        Task { [weak self] in
            for await item in news { self?.take(item) }
        }
    }

    /// The runner tapped a drill; D0 is the calibration.
    public func startDrill(_ drill: DrillId) { attempt { try coach.startDrill(drill: drill) } }

    /// The runner tapped *run*.
    public func startRun() { attempt { try coach.startRun() } }

    /// The runner said how it feels.
    public func checkIn(_ checkIn: CheckIn) { attempt { try coach.checkIn(checkIn: checkIn) } }

    /// The runner tapped *stop*; the id finds the report in the history.
    @discardableResult
    public func finish() -> String? { attempt { try coach.finish() } ?? nil }

    @discardableResult
    private func attempt<Answer>(_ tap: () throws -> Answer) -> Answer? {
        do {
            let answer = try tap()
            refusal = nil
            return answer
        } catch {
            refusal = error as? CoachError ?? .Invalid(detail: String(describing: error))
            return nil
        }
    }

    private func take(_ item: News) {
        switch item {
        case .view(let view): self.view = view
        case .cue(let cue): self.cue = cue
        }
    }
}

private enum News: Sendable {
    case view(CoachView)
    case cue(Cue)
}

/// Stands between the core's threads and the main actor; holds no owner.
private final class Observer: CoachObserver {
    private let teller: AsyncStream<News>.Continuation

    init(teller: AsyncStream<News>.Continuation) { self.teller = teller }

    deinit { teller.finish() }

    func viewChanged(view: CoachView) { teller.yield(.view(view)) }

    func cue(cue: Cue) { teller.yield(.cue(cue)) }
}
