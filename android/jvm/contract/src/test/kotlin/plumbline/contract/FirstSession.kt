package plumbline.contract

import plumbline.core.CheckIn
import plumbline.core.Coach
import plumbline.core.CoachConfig
import plumbline.core.CoachObserver
import plumbline.core.CoachView
import plumbline.core.Cue
import plumbline.core.DrillId
import plumbline.core.HostClock
import plumbline.core.Site
import java.nio.file.Path
import java.util.HexFormat
import kotlin.io.path.readLines

/**
 * Plays a script of pod notifications and taps to a coach, on the script's own clock, and keeps all it answers.
 *
 * A line is a time in microseconds and `chest|pelvis <hex bytes>|connected|lost`, `command <words>` or `tick`;
 * `#` begins a comment.
 */
class FirstSession(historyPath: Path) : AutoCloseable {
    val views = mutableListOf<CoachView>()
    val cues = mutableListOf<Cue>()
    val finished = mutableListOf<String>()
    var beforeDrill: (DrillId) -> Unit = {}

    private var nowUs = 0L

    private val observer =
        object : CoachObserver {
            override fun viewChanged(view: CoachView) {
                views += view
            }

            override fun cue(cue: Cue) {
                cues += cue
            }
        }

    private val clock =
        object : HostClock {
            override fun nowUs() = nowUs
        }

    val coach = Coach.withClock(CoachConfig(historyPath.toString(), "en"), observer, clock)

    fun play(script: Path) {
        script.readLines().map { it.substringBefore('#').trim() }.filter(String::isNotEmpty).forEach { line ->
            val words = line.split(' ')
            nowUs = words[0].toLong()
            when (words[1]) {
                "chest" -> pod(Site.CHEST, words[2])
                "pelvis" -> pod(Site.PELVIS, words[2])
                "command" -> command(words.drop(2))
                "tick" -> coach.tick()
                else -> error("not understood: $line")
            }
        }
    }

    private fun pod(
        site: Site,
        what: String,
    ) = when (what) {
        "connected" -> coach.connected(site)
        "lost" -> coach.lost(site)
        else -> coach.notification(site, HexFormat.of().parseHex(what))
    }

    private fun command(words: List<String>) =
        when (words.first()) {
            "start_drill" -> {
                val drill = DrillId.valueOf(words[1])
                beforeDrill(drill)
                coach.startDrill(drill)
            }
            "check_in" -> coach.checkIn(CheckIn(emptyList()))
            "finish" -> finished += checkNotNull(coach.finish()) { "nothing was kept" }
            else -> error("not understood: $words")
        }

    override fun close() = coach.close()
}
