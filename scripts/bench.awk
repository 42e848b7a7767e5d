# The table of scripts/bench.sh out of its `name value` lines; of several values of one name the smallest counts.
{ if (!($1 in value) || $2 + 0 < value[$1]) value[$1] = $2 + 0 }

function cell(name, format) { return (name in value) ? sprintf(format, value[name]) : "-" }
function ratio(a, b) { return (a in value && b in value && value[b] > 0) ? sprintf("%.2f", value[a] / value[b]) : "-" }
function row(what, ours, other, share, wanted) { printf "%-58s %12s %15s %7s  %s\n", what, ours, other, share, wanted }

END {
    row("", "ours", "other", "ratio", "wanted")
    row("1 h of two 104 Hz pods, bytes to classes / VQF C++ alone", cell("hour", "%.0f ms"), cell("vqf", "%.0f ms"), ratio("hour", "vqf"), "0.7")
    row("the same live: coach, log, view / VQF C++ alone", cell("hour_live", "%.0f ms"), cell("vqf", "%.0f ms"), ratio("hour_live", "vqf"), "")
    row("its orientation alone / vqf-rs", cell("orientation", "%.0f ms"), cell("orientation_library", "%.0f ms"), ratio("orientation", "orientation_library"), "")
    row("one inference / onnxruntime, one thread, from Python", cell("inference", "%.4f ms"), cell("onnxruntime", "%.4f ms"), ratio("inference", "onnxruntime"), "1")
    row("  one window: its features through rules and network", cell("window", "%.4f ms"))
    print ""
    row("cost of ten minutes, bytes to classes", cell("ten_minutes", "%.1f ms"))
    row("  an hour", cell("hour", "%.0f ms"), "", ratio("hour", "ten_minutes"), "6")
    row("  four hours", cell("four_hours", "%.0f ms"), "", ratio("four_hours", "ten_minutes"), "24")
    row("held by a live run after an hour", cell("held_hour_kb", "%.0f kB"))
    row("  after four hours", cell("held_four_hours_kb", "%.0f kB"), "", ratio("held_four_hours_kb", "held_hour_kb"), "4")
    row("samples that allocated though they completed no step", cell("allocating_samples", "%.0f"), "of " cell("warm_samples", "%.0f"), "", "0")
    row("a frame of two 208 Hz pods to its view, p99", cell("live_p99_us", "%.1f us"), "", "", "5000 us")
    row("  the slowest", cell("live_worst_us", "%.1f us"))
    row("the next plan after ten years of diary", cell("plan_ten_years", "%.2f ms"), "", "", "5 ms")
}
