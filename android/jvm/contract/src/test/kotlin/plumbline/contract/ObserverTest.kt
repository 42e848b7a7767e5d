package plumbline.contract

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import plumbline.core.Coach
import plumbline.core.CoachObserver
import plumbline.core.CoachView
import plumbline.core.Cue
import plumbline.core.Site

/** An observer that calls back, and one that fails. A deadlock ends in the time limit. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ObserverTest {
    private class CallsBack : CoachObserver {
        var coach: Coach? = null
        var views = 0
        var cues = 0

        override fun viewChanged(view: CoachView) {
            views += 1
            callBack()
        }

        override fun cue(cue: Cue) {
            cues += 1
            callBack()
        }

        private fun callBack() {
            val coach = coach ?: return
            coach.tick()
            coach.view()
            coach.nextDeadlineUs()
            coach.history().use { it.sessions(null, 1u) }
            // No frame: it is counted, and changes no number.
            coach.notification(Site.CHEST, byteArrayOf(1, 2, 3))
        }
    }

    private class Fails : CoachObserver {
        var calls = 0

        override fun viewChanged(view: CoachView) {
            calls += 1
            throw IllegalStateException("no screen")
        }

        override fun cue(cue: Cue) {
            calls += 1
            throw UnsupportedOperationException("no voice")
        }
    }

    @Test
    fun `an observer may call the coach from within every answer`() {
        val observer = CallsBack()
        val report = calibrate(observer) { coach, _ -> observer.coach = coach }
        assertTrue(observer.views > 10 && observer.cues > 3, "${observer.views} views, ${observer.cues} cues")
        assertEquals(calibrate(), report)
    }

    @Test
    fun `an observer that throws costs no number and hears the rest`() {
        val observer = Fails()
        assertEquals(calibrate(), calibrate(observer))
        assertTrue(observer.calls > 10, "${observer.calls} calls")
    }
}
