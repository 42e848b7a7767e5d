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
 * A line is `<at_us> <chest|pelvis> <hex bytes>` or `<at_us> command <words>`; `#` begins a comment.
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
        val lines = script.readLines().filterNot { it.isBlank() || it.startsWith("#") }
        nowUs = lines.first().substringBefore(' ').toLong()
        Site.entries.forEach(coach::connected)
        lines.forEach { line ->
            val (at, who, rest) = line.split(' ', limit = 3)
            nowUs = at.toLong()
            if (who == "command") {
                command(rest)
            } else {
                coach.notification(Site.valueOf(who.uppercase()), HexFormat.of().parseHex(rest))
            }
        }
    }

    private fun command(words: String) {
        val (verb, argument) = "$words ".split(' ', limit = 3)
        when (verb) {
            "start_drill" -> DrillId.valueOf(argument).let { drill ->
                beforeDrill(drill)
                coach.startDrill(drill)
            }
            "check_in" -> coach.checkIn(CheckIn(emptyList()))
            "finish" -> coach.finish()?.let(finished::add)
            else -> error("unknown command: $words")
        }
    }

    override fun close() = coach.close()
}
