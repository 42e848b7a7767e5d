package plumbline.contract

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import plumbline.core.CheckIn
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachException
import plumbline.core.DrillId
import plumbline.core.HostClock
import plumbline.core.Pain
import plumbline.core.PainPlace
import java.nio.file.Path
import kotlin.experimental.xor
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes

/** What a shell, a pod or a disk can get wrong: each an answer to act on. */
class BadInputTest {
    @Test
    fun `bytes that are no frame are counted and change no number`() {
        var missing = 0.0
        val report =
            calibrate { coach, player ->
                var heard = 0
                player.afterFrame = { frame ->
                    if (heard++ % 20 == 0) spoiled(frame.bytes).forEach { coach.notification(frame.site, it) }
                    missing = coach.view().pods.maxOf { it.missing }
                }
            }
        assertTrue(missing > 0.1, "$missing")
        assertEquals(calibrate(), report)
    }

    @Test
    fun `an unknown language is English`() {
        val english = nextStep("en")
        listOf("tlh", "", "-", "\u0000", "x".repeat(100_000)).forEach { assertEquals(english, nextStep(it)) }
        assertNotEquals(english, nextStep("de"))
    }

    @Test
    fun `a path that holds no history is a store error that says why`(
        @TempDir folder: Path,
    ) {
        val garbage = folder.resolve("garbage.sqlite")
        val bytes = ByteArray(9_000) { 0xA5.toByte() }
        garbage.writeBytes(bytes)
        val refusals =
            mapOf(
                folder.resolve("missing").resolve("history.sqlite").toString() to "cannot be written",
                folder.toString() to "cannot be written",
                garbage.toString() to "not a history",
                "" to "no file",
                "nul\u0000byte" to "",
            )
        for ((path, why) in refusals) {
            val refusal = assertThrows<CoachException.Store> { Coach(CoachConfig(path, "en"), null) }
            assertTrue(refusal.detail.isNotBlank() && refusal.detail.contains(why), refusal.detail)
        }
        assertArrayEquals(bytes, garbage.readBytes())
    }

    @Test
    fun `a clock that fails is the fault of the host`() {
        val broken =
            object : HostClock {
                override fun nowUs(): Long = throw IllegalStateException("no battery")
            }
        Coach.withClock(CoachConfig(null, "en"), null, broken).use { coach ->
            val fault = assertThrows<CoachException.Invalid> { coach.startDrill(DrillId.D0) }
            assertTrue(fault.detail.contains("no battery"), fault.detail)
        }
    }

    @Test
    fun `a pain beyond the scale is the fault of the host`() {
        Coach(CoachConfig(null, "en"), null).use { coach ->
            val pain = { level: Int -> Pain(PainPlace.CALF, level.toUByte(), false, false, false) }
            assertThrows<CoachException.Invalid> { coach.checkIn(CheckIn(listOf(pain(11)))) }
            coach.checkIn(CheckIn(listOf(pain(10))))
        }
    }

    private fun spoiled(bytes: ByteArray): List<ByteArray> {
        val flipped = bytes.clone()
        flipped[bytes.size / 2] = flipped[bytes.size / 2] xor 0x10
        return listOf(
            ByteArray(0),
            bytes.copyOf(bytes.size - 1),
            bytes + 0,
            flipped,
            ByteArray(100_000) { 0xA5.toByte() },
        )
    }

    private fun nextStep(language: String) = Coach(CoachConfig(null, language), null).use { it.view().nextStep }
}
