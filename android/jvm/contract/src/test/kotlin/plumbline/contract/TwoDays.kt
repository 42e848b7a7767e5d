package plumbline.contract

import org.junit.jupiter.api.assertThrows
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachException
import plumbline.core.CoachObserver
import plumbline.core.CoachView
import plumbline.core.Cue
import plumbline.core.DrillId
import java.nio.file.Path

/** What the synthetic runner of the scripts does; the core is to find it in the pods' bytes. */
object Truth {
    const val RATE_HZ = 104.0
    const val TILTS = 16

    /** The last four, with closed eyes, are practice. */
    const val JUDGED_TILTS = 12
    const val TILT_DEG = 6.0
    const val RUN_LEAN_DEG = 9.0
    const val RUN_BEND_DEG = 4.0
    const val RUN_CADENCE_SPM = 170.0
    const val RUN_CONTACT_MS = 250.0
}

/** A calibration and the wall on one day, a calibration and a run on the next: everything the coach said to it. */
class TwoDays(
    historyPath: Path,
) : AutoCloseable {
    val views = mutableListOf<CoachView>()
    val cues = mutableListOf<Cue>()

    /** The view and the cues right after D3 was started. */
    lateinit var drillStart: Pair<CoachView, List<Cue>>

    /** What a tap on D4 said before the drill that opens it. */
    lateinit var locked: CoachException.DrillLocked

    /** What a tap on D3 said before the second day's calibration, a day after the first one's. */
    lateinit var stale: CoachException

    /** What a tap on *run* said during a drill. */
    lateinit var busy: CoachException.NotNow

    private val observer =
        object : CoachObserver {
            override fun viewChanged(view: CoachView) {
                views += view
            }

            override fun cue(cue: Cue) {
                cues += cue
            }
        }

    private val clock = ScriptClock()
    val coach = Coach.withClock(CoachConfig(historyPath.toString(), "en"), observer, clock)

    private val player =
        object : Player(coach, clock) {
            override fun command(words: List<String>) {
                val isDrill = words == listOf("start_drill", "D3")
                if (isDrill) locked = assertThrows { coach.startDrill(DrillId.D4) }
                if (words == listOf("start_drill", "D0")) stale = assertThrows { coach.startDrill(DrillId.D3) }
                val said = cues.size
                super.command(words)
                if (isDrill) {
                    drillStart = coach.view() to cues.drop(said)
                    busy = assertThrows { coach.startRun() }
                }
            }
        }

    val finished: List<String> get() = player.finished

    fun play() {
        player.play(Script.named("first-session"), ScriptClock.START_US)
        player.play(Script.named("run-good"), ScriptClock.START_US + ScriptClock.DAY_US)
    }

    override fun close() = coach.close()
}
