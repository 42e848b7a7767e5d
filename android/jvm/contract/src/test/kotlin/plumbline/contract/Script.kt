package plumbline.contract

import plumbline.core.CheckIn
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachObserver
import plumbline.core.DrillId
import plumbline.core.HostClock
import plumbline.core.ReportView
import plumbline.core.Site
import java.nio.file.Path
import java.util.HexFormat
import java.util.concurrent.atomic.AtomicLong
import kotlin.io.path.readLines

/** Where the pods of the scripts sit. */
val WORN = listOf(Site.CHEST, Site.PELVIS)

/** One line of a script: what happens so many microseconds after its begin. */
sealed interface Line {
    val atUs: Long

    data class Frame(
        override val atUs: Long,
        val site: Site,
        val bytes: ByteArray,
    ) : Line

    data class Link(
        override val atUs: Long,
        val site: Site,
        val connected: Boolean,
    ) : Line

    data class Command(
        override val atUs: Long,
        val words: List<String>,
    ) : Line
}

/**
 * The notifications and taps of a simulated runner, as `plumbline simulate` writes them.
 *
 * A line is a time in microseconds and `chest|pelvis <hex bytes>|connected|lost` or `command <words>`; `#` begins a
 * comment.
 */
object Script {
    fun named(name: String) =
        Path
            .of(System.getProperty("frames.dir"), "$name.frames")
            .readLines()
            .map { it.substringBefore('#').trim() }
            .filter(String::isNotEmpty)
            .map(::line)

    /** The calibration of a first session: three stands, ten steps, and its `finish`. */
    fun calibration(): List<Line> {
        val lines = named("first-session")
        val end = lines.indexOfFirst { it is Line.Command && it.words == listOf("finish") }
        return lines.take(end + 1)
    }

    private fun line(text: String): Line {
        val words = text.split(' ')
        val atUs = words[0].toLong()
        return when (words[1]) {
            "chest" -> pod(atUs, Site.CHEST, words[2])
            "pelvis" -> pod(atUs, Site.PELVIS, words[2])
            "head" -> pod(atUs, Site.HEAD, words[2])
            "command" -> Line.Command(atUs, words.drop(2))
            else -> error("not understood: $text")
        }
    }

    private fun pod(
        atUs: Long,
        site: Site,
        what: String,
    ) = when (what) {
        "connected", "lost" -> Line.Link(atUs, site, what == "connected")
        else -> Line.Frame(atUs, site, HexFormat.of().parseHex(what))
    }
}

/** A clock that shows the time of the line being played, and never goes back. */
class ScriptClock(
    startUs: Long = START_US,
) : HostClock {
    private val us = AtomicLong(startUs)

    fun reach(newUs: Long) {
        us.accumulateAndGet(newUs, ::maxOf)
    }

    override fun nowUs() = us.get()

    companion object {
        /** 2027-01-15, a time that needs all of a 64-bit integer's upper half. */
        const val START_US = 1_800_000_000_000_000L
        const val DAY_US = 24 * 3_600_000_000L
    }
}

/** Hands a script to a coach. */
open class Player(
    private val coach: Coach,
    private val clock: ScriptClock,
) {
    /** What each `finish` answered, in order. */
    val finished = mutableListOf<String>()

    var afterFrame: (Line.Frame) -> Unit = {}

    /** Both pods connect at `startUs`, then the script runs from there. */
    fun play(
        lines: List<Line>,
        startUs: Long,
    ) {
        clock.reach(startUs)
        WORN.forEach(coach::connected)
        for (line in lines) {
            clock.reach(startUs + line.atUs)
            when (line) {
                is Line.Frame -> {
                    coach.notification(line.site, line.bytes)
                    afterFrame(line)
                }
                is Line.Link -> if (line.connected) coach.connected(line.site) else coach.lost(line.site)
                is Line.Command -> command(line.words)
            }
        }
    }

    protected open fun command(words: List<String>) {
        when (words.joinToString(" ")) {
            "check_in none" -> coach.checkIn(CheckIn(emptyList()))
            "start_drill D0" -> coach.startDrill(DrillId.D0)
            "start_drill D3" -> coach.startDrill(DrillId.D3)
            "start_run" -> coach.startRun()
            "finish" -> finished += checkNotNull(coach.finish()) { "nothing was kept" }
            else -> error("not understood: $words")
        }
    }
}

/** A new coach calibrates, told to `observer`; its report. */
fun calibrate(
    observer: CoachObserver? = null,
    prepare: (Coach, Player) -> Unit = { _, _ -> },
): ReportView {
    val clock = ScriptClock()
    return Coach.withClock(CoachConfig(null, "en"), observer, clock).use { coach ->
        val player = Player(coach, clock)
        prepare(coach, player)
        player.play(Script.calibration(), ScriptClock.START_US)
        coach.history().use { it.report(player.finished.single()) }
    }
}
