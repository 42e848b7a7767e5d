package plumbline.contract

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachException
import plumbline.core.DrillId
import plumbline.core.PhaseView
import plumbline.core.RepetitionOutcome
import plumbline.core.SessionKind
import plumbline.core.coreVersion
import java.nio.file.Path

/** The ten calls of a first session; ios/Tests asserts the same things. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private lateinit var session: FirstSession
    private lateinit var refusedEarly: CoachException.DrillLocked

    private val history get() = session.coach.history()

    @BeforeAll
    fun playTheFirstSession(@TempDir folder: Path) {
        session = FirstSession(folder.resolve("history.sqlite"))
        session.beforeDrill = { drill ->
            if (drill == DrillId.D3) {
                refusedEarly = assertThrows { session.coach.startDrill(DrillId.D4) }
            }
        }
        session.play(Path.of(System.getProperty("frames")))
    }

    @AfterAll
    fun close() = session.close()

    @Test
    fun `the core says its version`() = assertTrue(coreVersion().matches(Regex("""\d+\.\d+\.\d+""")))

    @Test
    fun `a new coach is idle and lists its drills`() {
        Coach(CoachConfig(null, "en"), null).use { coach ->
            val view = coach.view()
            assertEquals(PhaseView.Idle, view.phase)
            assertEquals(DrillId.entries, view.drills.map { it.drill })
            assertTrue(view.nextStep.isNotBlank())
        }
    }

    @Test
    fun `the observer sees both drills begin and end, in order`() {
        val phases = session.views.map { view ->
            when (val phase = view.phase) {
                PhaseView.Idle -> "idle"
                is PhaseView.Drilling -> "drilling ${phase.drill.drill}"
                is PhaseView.Running -> "running"
                is PhaseView.Finished -> "finished ${(phase.report.kind as SessionKind.Drill).drill}"
            }
        }
        val changes = phases.filterIndexed { i, phase -> i == 0 || phase != phases[i - 1] }.filterNot { it == "idle" }
        assertEquals(listOf("drilling D0", "finished D0", "drilling D3", "finished D3"), changes)
        assertTrue(session.cues.isNotEmpty())
        assertTrue(session.cues.all { it.text.isNotBlank() })
        assertEquals(session.cues.sortedBy { it.atUs }, session.cues)
    }

    @Test
    fun `standing still gives a neutral`() {
        val calibration = checkNotNull(session.coach.view().calibration)
        assertTrue(calibration.spreadDeg in 0.0..1.5, "spread ${calibration.spreadDeg} degrees")
    }

    @Test
    fun `the report counts the repetitions the runner was told of`() {
        val report = history.report(session.finished.last())
        val drill = checkNotNull(report.drill)
        assertEquals(DrillId.D3, drill.drill)
        assertEquals(12, drill.repetitions.size)
        assertEquals(drill.passed.toInt(), drill.repetitions.count { it.outcome == RepetitionOutcome.Passed })
        val told = session.views.mapNotNull { ((it.phase as? PhaseView.Drilling)?.drill)?.passed }.last()
        assertEquals(told, drill.passed)
        assertTrue(report.headline.isNotBlank())
    }

    @Test
    fun `the history lists the newest session first, page by page`() {
        val rows = history.sessions(null, 10u)
        assertEquals(session.finished.reversed(), rows.map { it.id })
        assertEquals(rows.drop(1), history.sessions(rows.first().startedAtUs, 10u))
        assertEquals(rows.take(1), history.sessions(null, 1u))
    }

    @Test
    fun `a deleted session is hidden until it is restored`() {
        val rows = history.sessions(null, 10u)
        history.deleteSession(rows.first().id)
        assertEquals(rows.drop(1), history.sessions(null, 10u))
        history.restoreSession(rows.first().id)
        assertEquals(rows, history.sessions(null, 10u))
    }

    @Test
    fun `a suspended history answers not now, and comes back whole`() {
        val rows = history.sessions(null, 10u)
        session.coach.suspend()
        assertThrows<CoachException.NotNow> { history.sessions(null, 10u) }
        assertThrows<CoachException.NotNow> { history.report(rows.first().id) }
        session.coach.resume()
        assertEquals(rows, history.sessions(null, 10u))
    }

    @Test
    fun `a locked drill says why, in the list and when it is tapped`() {
        assertTrue(refusedEarly.detail.isNotBlank())
        val row = session.views.first { it.phase is PhaseView.Finished }.drills.single { it.drill == DrillId.D4 }
        assertFalse(row.unlocked)
        assertEquals(refusedEarly.detail, row.lockedBecause)
    }

    @Test
    fun `without a pod nothing starts, and an unknown session is the caller's fault`() {
        Coach(CoachConfig(null, "en"), null).use { coach ->
            assertThrows<CoachException.NoPod> { coach.startDrill(DrillId.D0) }
            assertThrows<CoachException.Invalid> { coach.history().report("nothing") }
        }
    }
}
