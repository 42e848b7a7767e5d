package plumbline.contract

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.TestMethodOrder
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachException
import plumbline.core.CueKind
import plumbline.core.DrillId
import plumbline.core.Estimate
import plumbline.core.LeanClass
import plumbline.core.PhaseView
import plumbline.core.RepetitionOutcome
import plumbline.core.SessionKind
import plumbline.core.coreVersion
import java.nio.file.Path

/** The ten calls; ContractTests.swift makes the same ones and asserts the same things. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation::class)
class ContractTest {
    private lateinit var folder: Path
    private lateinit var days: TwoDays

    private val history get() = days.coach.history()

    @BeforeAll
    fun playTwoDays(
        @TempDir folder: Path,
    ) {
        this.folder = folder
        days = TwoDays(folder.resolve("history.sqlite"))
        days.play()
    }

    @AfterAll
    fun close() = days.close()

    @Test
    @Order(1)
    fun `create gives an idle coach with every drill`() {
        assertTrue(coreVersion().matches(Regex("""\d+\.\d+\.\d+""")))
        Coach(CoachConfig(null, "en"), null).use { coach ->
            val view = coach.view()
            assertEquals(PhaseView.Idle, view.phase)
            assertEquals(DrillId.entries, view.drills.map { it.drill })
            assertEquals(listOf(DrillId.D0), view.drills.filter { it.unlocked }.map { it.drill })
            assertTrue(view.nextStep.isNotBlank())
            assertEquals(null, view.calibration)
            assertEquals(null, coach.nextDeadlineUs())
        }
    }

    @Test
    @Order(2)
    fun `observe tells each phase and each cue in the order it happened`() {
        val phases = days.views.map { name(it.phase) }.filterNot { it == "idle" }
        val changes = phases.filterIndexed { i, phase -> i == 0 || phase != phases[i - 1] }
        val drills = listOf("drilling D0", "finished D0", "drilling D3", "finished D3")
        val run = listOf("drilling D0", "finished D0", "running", "finished run")
        assertEquals(drills + run, changes)

        assertTrue(days.cues.size >= 20, "${days.cues.size} cues")
        assertTrue(days.cues.all { it.text.isNotBlank() })
        assertEquals(days.cues.map { it.atUs }.sorted(), days.cues.map { it.atUs })
        assertTrue(days.cues.first().atUs >= ScriptClock.START_US)

        val live = days.views.mapNotNull { (it.phase as? PhaseView.Running)?.live }.filter { it.trunkLeanDeg != null }
        val running = live.last { it.elapsedS < 150 }
        assertNear(Truth.RUN_LEAN_DEG, running.trunkLeanDeg, 2.0)
        assertNear(Truth.RUN_CADENCE_SPM, running.cadenceSpm, 3.0)
        assertTrue(running.elapsedS > 140, "${running.elapsedS} s")
    }

    @Test
    @Order(3)
    fun `calibrate finds the neutral of both pods from their frames`() {
        val calibration = checkNotNull(days.coach.view().calibration)
        assertTrue(calibration.spreadDeg > 0 && calibration.spreadDeg < 1.5, "${calibration.spreadDeg} degrees")
        val drill = checkNotNull(history.report(days.finished.first()).drill)
        assertEquals(DrillId.D0, drill.drill)
        assertTrue(drill.met)
        assertEquals(listOf(DrillId.D1, DrillId.D2, DrillId.D3), drill.unlocked)
        val pods = days.views.last { name(it.phase) == "drilling D0" }.pods
        assertEquals(WORN, pods.map { it.site })
        for (pod in pods) {
            assertTrue(pod.live)
            assertEquals(0.0, pod.missing)
            assertNear(Truth.RATE_HZ, pod.rateHz, 0.5)
        }
    }

    @Test
    @Order(4)
    fun `start drill shows the drill and says what to do`() {
        val (view, cues) = days.drillStart
        val drill = (view.phase as PhaseView.Drilling).drill
        assertEquals(DrillId.D3, drill.drill)
        assertEquals(1u, drill.phase)
        assertEquals(0u, drill.repetitionsDone)
        assertEquals(6u, drill.repetitionsAsked)
        assertEquals(0u, drill.passed)
        // Its title, whom it is not for, the image, what to do.
        val kinds = List(3) { CueKind.INSTRUCTION } + CueKind.IMAGE + CueKind.INSTRUCTION
        assertEquals(kinds, cues.map { it.kind })
        assertEquals(drill.instruction, cues.last().text)
        assertTrue(cues.first().text.contains(drill.title), cues.first().text)
    }

    @Test
    @Order(5)
    fun `finish keeps the session under an id and does so once`() {
        assertEquals(4, days.finished.toSet().size)
        assertThrows<CoachException.NotNow> { days.coach.finish() }
        val shown = (days.coach.view().phase as PhaseView.Finished).report
        assertEquals(shown, history.report(days.finished.last()))
    }

    @Test
    @Order(6)
    fun `report counts the tilts and measures the run`() {
        val tilts = history.report(days.finished[1])
        val drill = checkNotNull(tilts.drill)
        assertEquals(Truth.TILTS, drill.repetitions.size)
        assertEquals(Truth.JUDGED_TILTS, drill.asked.toInt())
        val judged = drill.repetitions.take(Truth.JUDGED_TILTS)
        val passed = judged.filter { it.outcome == RepetitionOutcome.Passed }
        assertEquals(drill.passed.toInt(), passed.size)
        assertTrue(drill.met && passed.size >= 10, "${passed.size} passed")
        passed.forEach { assertNear(Truth.TILT_DEG, it.trunkLeanDeg, 2.0) }
        val told = days.views.mapNotNull { (it.phase as? PhaseView.Drilling)?.drill }.last { it.drill == DrillId.D3 }
        assertEquals(drill.passed, told.passed)

        val run = history.report(days.finished.last())
        assertEquals(SessionKind.Run, run.kind)
        val summary = run.summary
        assertTrue(summary.steadySteps >= 400u, "${summary.steadySteps} steady steps")
        assertNear(Truth.RUN_LEAN_DEG, summary.trunkLeanDeg, 2.0)
        assertNear(Truth.RUN_BEND_DEG, summary.waistBendDeg, 2.0)
        assertNear(Truth.RUN_CADENCE_SPM, summary.cadenceSpm, 1.0)
        assertNear(Truth.RUN_CONTACT_MS, summary.groundContactMs, 30.0)
        assertTrue(run.windows.size >= 10, "${run.windows.size} windows")
        assertTrue(run.windows.all { it.startS < it.endS && it.endS <= run.durationS && it.probability in 0.0..1.0 })
        assertEquals(LeanClass.entries, run.classSeconds.map { it.leanClass })
        assertNear(run.windows.sumOf { it.endS - it.startS }, run.classSeconds.sumOf { it.seconds }, 1e-6)
        assertTrue(run.headline.isNotBlank() && run.model.isNotBlank() && run.untold.isNotEmpty())
    }

    @Test
    @Order(7)
    fun `list gives the newest session first and page by page`() {
        val rows = history.sessions(null, 10u)
        assertEquals(days.finished.reversed(), rows.map { it.id })
        val calibration = SessionKind.Drill(DrillId.D0)
        val kinds = listOf(SessionKind.Run, calibration, SessionKind.Drill(DrillId.D3), calibration)
        assertEquals(kinds, rows.map { it.kind })
        assertEquals(rows.drop(1), history.sessions(rows.first().startedAtUs, 10u))
        assertEquals(rows.take(1), history.sessions(null, 1u))

        val run = history.report(rows.first().id)
        assertEquals(checkNotNull(run.summary.trunkLeanDeg).mean, rows.first().trunkLeanDeg)
        assertEquals(run.durationS, rows.first().durationS)
        assertEquals(run.headline, rows.first().headline)
        assertEquals(ScriptClock.START_US, rows.last().startedAtUs)
    }

    @Test
    @Order(8)
    fun `delete hides a session until it is restored`() {
        val rows = history.sessions(null, 10u)
        history.deleteSession(rows.first().id)
        assertEquals(rows.drop(1), history.sessions(null, 10u))
        history.restoreSession(rows.first().id)
        assertEquals(rows, history.sessions(null, 10u))
    }

    @Test
    @Order(9)
    fun `suspend answers not now until resume brings everything back`() {
        val rows = history.sessions(null, 10u)
        days.coach.suspend()
        assertThrows<CoachException.NotNow> { history.sessions(null, 10u) }
        assertThrows<CoachException.NotNow> { history.report(rows.first().id) }
        days.coach.resume()
        assertEquals(rows, history.sessions(null, 10u))
    }

    @Test
    @Order(10)
    fun `error tells apart what a caller can do next`() {
        Coach(CoachConfig(null, "en"), null).use { coach ->
            assertThrows<CoachException.NoPod> { coach.startDrill(DrillId.D0) }
            assertThrows<CoachException.Invalid> { coach.history().report("nothing") }
        }
        val row =
            days.views
                .first { it.phase is PhaseView.Finished }
                .drills
                .single { it.drill == DrillId.D4 }
        assertFalse(row.unlocked)
        assertTrue(days.locked.detail.startsWith(checkNotNull(row.lockedBecause)), days.locked.detail)
        assertTrue(days.stale is CoachException.NotCalibrated, "${days.stale}")
        assertTrue(days.busy.detail.isNotBlank())
        val missing = folder.resolve("missing").resolve("history.sqlite").toString()
        val store = assertThrows<CoachException.Store> { Coach(CoachConfig(missing, "en"), null) }
        assertTrue(store.detail.contains("cannot be written"), store.detail)
    }

    private fun name(phase: PhaseView) =
        when (phase) {
            PhaseView.Idle -> "idle"
            is PhaseView.Drilling -> "drilling ${phase.drill.drill}"
            is PhaseView.Running -> "running"
            is PhaseView.Finished ->
                when (val kind = phase.report.kind) {
                    is SessionKind.Drill -> "finished ${kind.drill}"
                    SessionKind.Run -> "finished run"
                }
        }

    private fun assertNear(
        expected: Double,
        actual: Double?,
        tolerance: Double,
    ) = assertEquals(expected, checkNotNull(actual), tolerance)

    /** The mean is near, and lies in its interval. */
    private fun assertNear(
        expected: Double,
        actual: Estimate?,
        tolerance: Double,
    ) {
        val estimate = checkNotNull(actual)
        assertNear(expected, estimate.mean, tolerance)
        assertTrue(estimate.ci90.low < estimate.mean && estimate.mean < estimate.ci90.high, "$estimate")
    }
}
