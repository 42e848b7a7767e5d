package plumbline.contract

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.DrillId
import plumbline.core.PhaseView
import java.util.concurrent.Callable
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

/** Several threads at one coach, as a phone has them: a radio queue for each pod, and the screens. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadsTest {
    @Test
    fun `no frame and no answer is lost between threads`() {
        val threads = Executors.newFixedThreadPool(3)
        val clock = ScriptClock()
        try {
            Coach.withClock(CoachConfig(null, "en"), null, clock).use { coach ->
                val player = Player(coach, clock)
                player.play(Script.calibration(), ScriptClock.START_US)
                val drill = Script.named("first-session").drop(Script.calibration().size)
                coach.startDrill(DrillId.D3)
                drill
                    .filterIsInstance<Line.Frame>()
                    .groupBy { it.atUs / SLICE_US }
                    .values
                    .forEach { threads.play(it, coach, clock) }
                coach.view().pods.forEach { assertEquals(0.0, it.missing, "$it") }
                val report = coach.history().report(checkNotNull(coach.finish()))
                val result = checkNotNull(report.drill)
                assertEquals(Truth.TILTS, result.repetitions.size)
                assertTrue(result.passed >= 10u, "$result")
            }
        } finally {
            threads.shutdownNow()
        }
    }

    /** Both pods' frames of a slice and a look at everything, at the same time. */
    private fun ExecutorService.play(
        slice: List<Line.Frame>,
        coach: Coach,
        clock: ScriptClock,
    ) {
        val pods =
            WORN.map { site ->
                Callable {
                    slice.filter { it.site == site }.forEach {
                        clock.reach(ScriptClock.START_US + it.atUs)
                        coach.notification(site, it.bytes)
                    }
                }
            }
        val look =
            Callable {
                assertTrue(coach.view().phase is PhaseView.Drilling)
                assertEquals(2, coach.history().use { it.sessions(null, 10u) }.size)
                coach.tick()
            }
        invokeAll(pods + look).forEach { it.get() }
    }

    private companion object {
        /** Both pods' queues stay within this much of each other, as they do on a phone. */
        const val SLICE_US = 200_000L
    }
}
