package plumbline.contract

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import plumbline.core.AdapterState
import plumbline.core.Axes
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachException
import plumbline.core.GapReason
import plumbline.core.MotionSample
import plumbline.core.MotionSource
import plumbline.core.NativeRadio
import plumbline.core.PairedPodView
import plumbline.core.PodCharacteristic
import plumbline.core.PodKind
import plumbline.core.PodState
import plumbline.core.PodView
import plumbline.core.RadioEvent
import plumbline.core.RadioRequest
import plumbline.core.Site
import kotlin.math.sin

/** A shell with a radio and motion sensors of its own; PodsTests.swift makes the same calls and asserts the same things. */
class PodsTest {
    @Test
    fun `a pod is found, worn at the chest and streams by the shell's own radio`() =
        Shell().use { shell ->
            shell.pairAtTheChest()
            shell.coach.startRun()
            shell.stream(0, 10_000_000)

            val paired = shell.paired()
            assertEquals(FakeRadio.POD, paired.id)
            assertEquals(Site.CHEST, paired.site)
            assertEquals(PodKind.LEAN_POD, paired.kind)
            assertEquals(PodState.Streaming, paired.state)
            val stream = checkNotNull(paired.stream)
            assertEquals(Truth.RATE_HZ, checkNotNull(stream.rateHz), 0.5)
            assertEquals(0.0, stream.missing)
            assertEquals(null, stream.trouble)
            assertEquals(emptyList<String>(), stream.doubts)
            val shown = shell.shown()
            assertEquals(Site.CHEST, shown.site)
            assertTrue(shown.live)
            assertEquals(Truth.RATE_HZ, checkNotNull(shown.rateHz), 0.5)
        }

    @Test
    fun `a pod that is lost comes back by itself and its hole is told`() =
        Shell().use { shell ->
            shell.pairAtTheChest()
            shell.coach.startRun()
            shell.stream(0, 10_000_000)
            shell.coach.radioEvent(RadioEvent.Disconnected(FakeRadio.POD))
            assertEquals(PodState.Lost, shell.paired().state)
            assertEquals(null, shell.paired().stream)
            assertTrue(shell.paired().sentence.isNotBlank())
            shell.look(10_200_000)
            assertEquals(emptyList<PodView>(), shell.coach.view().pods)

            shell.pass(15_000_000)
            assertEquals(listOf("Connect", "Discover", "Subscribe"), shell.radio.answer(shell.coach))
            assertEquals(PodState.Streaming, shell.paired().state)
            shell.stream(15_000_000, 25_000_000)
            assertTrue(shell.shown().live)
            val id = checkNotNull(shell.coach.finish())
            val report = shell.coach.history().use { it.report(id) }
            val hole = report.gaps.single { it.reason == GapReason.MISSING }
            assertEquals(Site.CHEST, hole.site)
            assertEquals(10.0, hole.startS, 0.5)
            assertEquals(15.0, hole.endS, 0.5)
        }

    @Test
    fun `a pod that is forgotten is let go and one that is not nearby is refused`() =
        Shell().use { shell ->
            shell.pairAtTheChest()
            shell.coach.forget(Site.CHEST)
            assertEquals(listOf("Disconnect"), shell.radio.answer(shell.coach))
            assertEquals(emptyList<PairedPodView>(), shell.coach.pods().paired)
            assertEquals(emptyList<PodView>(), shell.coach.view().pods)
            val refused = runCatching { shell.coach.pair("a stranger", Site.PELVIS) }.exceptionOrNull()
            assertEquals("This pod is not nearby. Switch it on and look again.", (refused as CoachException.NotNow).detail)
        }

    @Test
    fun `a radio that is off says what to do and one that throws costs nothing`() =
        Shell().use { shell ->
            shell.coach.radioEvent(RadioEvent.Adapter(AdapterState.OFF))
            assertTrue(checkNotNull(shell.coach.pods().radioTrouble).startsWith("Bluetooth is off."))
            shell.coach.radioEvent(RadioEvent.Adapter(AdapterState.ON))
            assertEquals(null, shell.coach.pods().radioTrouble)
            shell.radio.fails = true
            shell.coach.scan()
            assertTrue(shell.coach.pods().looking)
            assertEquals(emptyList<String>(), shell.radio.answer(shell.coach))
        }

    @Test
    fun `earbuds are a pod on the head that begins no run alone`() {
        Shell().use { shell ->
            shell.motion(-1.0, 0, 10) { coach, samples -> coach.headMotion(MotionSource.CORE_MOTION, samples) }
            val earbuds = shell.shown()
            assertEquals(Site.HEAD, earbuds.site)
            assertTrue(earbuds.live)
            assertTrue(runCatching { shell.coach.startRun() }.exceptionOrNull() is CoachException.NoPod)
            shell.coach.endHeadMotion()
            shell.look(1_200_000)
            assertEquals(emptyList<PodView>(), shell.coach.view().pods)
        }
    }

    @Test
    fun `a phone in a belt is a pelvis pod in either system's units`() {
        val upright = mapOf(MotionSource.ANDROID to 9.81, MotionSource.CORE_MOTION to -1.0)
        for ((source, atRest) in upright) {
            Shell().use { shell ->
                shell.phone(source, atRest, 0, 1)
                shell.coach.startRun()
                shell.phone(source, atRest, 1, 60)
                val phone = shell.shown()
                assertEquals(Site.PELVIS, phone.site)
                assertTrue(phone.live)
                assertEquals(100.0, checkNotNull(phone.rateHz), 0.5)
                assertEquals(0.0, phone.missing)
                assertEquals(null, phone.trouble)
                assertEquals(1, phone.doubts.size, "${phone.doubts}")
                shell.coach.endPhoneMotion(Site.PELVIS)
                shell.look(6_200_000)
                assertEquals(emptyList<PodView>(), shell.coach.view().pods)
            }
        }
    }
}

/** A coach on a clock of the script's, with a radio of the shell's own. */
private class Shell : AutoCloseable {
    val clock = ScriptClock()
    val coach = Coach.withClock(CoachConfig(null, "en"), null, clock)
    val radio = FakeRadio()

    init {
        coach.useRadio(radio)
        coach.radioEvent(RadioEvent.Adapter(AdapterState.ON))
    }

    fun pass(us: Long) = clock.reach(ScriptClock.START_US + us)

    /** As a shell does by its deadline: a screen changes ten times a second at most. */
    fun look(us: Long) {
        pass(us)
        coach.tick()
    }

    fun pairAtTheChest() {
        coach.scan()
        assertEquals(listOf("StartScan"), radio.answer(coach))
        val found = coach.pods().found.single()
        assertEquals(FakeRadio.NAME, found.name)
        assertEquals(PodKind.LEAN_POD, found.kind)
        assertTrue(found.canIdentify && found.sentence.isNotBlank())
        coach.pair(found.id, Site.CHEST)
        coach.stopScan()
        assertEquals(listOf("Connect", "StopScan", "Discover", "Subscribe"), radio.answer(coach))
        assertEquals(PodState.Streaming, paired().state)
        assertEquals(Site.CHEST, shown().site)
    }

    fun paired() = coach.pods().paired.single()

    fun shown() = coach.view().pods.single()

    /** The chest pod's notifications between two moments of the script. */
    fun stream(
        fromUs: Long,
        untilUs: Long,
    ) {
        val frames = Script.named("run-good").filterIsInstance<Line.Frame>()
        for (frame in frames.filter { it.site == Site.CHEST && it.atUs in fromUs until untilUs }) {
            pass(frame.atUs)
            coach.radioEvent(RadioEvent.Value(FakeRadio.POD, FakeRadio.LIVE, frame.bytes))
        }
    }

    /** Batches of ten samples at 100 Hz of a phone at rest, its trembling apart. */
    fun phone(
        source: MotionSource,
        atRest: Double,
        from: Int,
        until: Int,
    ) = motion(atRest, from, until) { coach, samples -> coach.phoneMotion(Site.PELVIS, source, samples) }

    /** The same for anything that is worn. */
    fun motion(
        atRest: Double,
        from: Int,
        until: Int,
        hand: (Coach, List<MotionSample>) -> Unit,
    ) {
        for (batch in from until until) {
            pass((batch + 1) * 100_000L)
            val samples =
                List(10) { k ->
                    val nth = 10 * batch + k
                    val tremble = 0.001 * sin(nth.toDouble())
                    MotionSample(5_000 + 0.01 * nth, Axes(tremble, atRest, -tremble), Axes(tremble, 0.0, tremble))
                }
            hand(coach, samples)
        }
    }

    override fun close() = coach.close()
}

/** A radio with one pod in reach. As a phone's, it answers later: when it is told to. */
private class FakeRadio : NativeRadio {
    private val asked = ArrayDeque<RadioRequest>()
    var fails = false

    override fun perform(request: RadioRequest) {
        check(!fails) { "no radio" }
        synchronized(asked) { asked += request }
    }

    /** Answers what was asked, and what is asked thereupon; what that was. */
    fun answer(coach: Coach): List<String> =
        buildList {
            while (true) {
                val request = synchronized(asked) { asked.removeFirstOrNull() } ?: break
                add(checkNotNull(request::class.simpleName))
                answerTo(request)?.let(coach::radioEvent)
            }
        }

    private fun answerTo(request: RadioRequest) =
        when (request) {
            is RadioRequest.StartScan -> found(request.services)
            is RadioRequest.StopScan -> null
            is RadioRequest.Connect -> RadioEvent.Connected(request.pod)
            is RadioRequest.Discover -> RadioEvent.Discovered(request.pod, listOf(LIVE))
            is RadioRequest.Disconnect -> RadioEvent.Disconnected(request.pod)
            is RadioRequest.Subscribe -> RadioEvent.Subscribed(request.pod, request.characteristic)
            is RadioRequest.Read, is RadioRequest.Write -> error("it offers nothing else: $request")
        }

    private fun found(filter: List<String>) =
        RadioEvent.Found(POD, NAME, listOf(LIVE.service), emptyList(), (-48).toShort()).takeIf { LIVE.service in filter }

    companion object {
        const val POD = "C7:C9"
        const val NAME = "LeanPod-C7C9"
        val LIVE =
            PodCharacteristic(
                "43590100-5f8b-463e-8d5c-dc22cafd3ef7",
                "43590103-5f8b-463e-8d5c-dc22cafd3ef7",
            )
    }
}
