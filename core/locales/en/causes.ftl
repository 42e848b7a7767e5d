## Likely causes

cause-none = Nothing stands out that would need a change.
cause-not-leaning-enough = You may not be leaning as much as you usually do.
cause-waist-bend = You may be leaning from the waist instead of the ankles.
cause-start-habit = You may be folding out of habit when you start; the run itself looks fine.
cause-leaning-too-far = You may be leaning farther than suits you.
cause-fatigue-under = You may be coming upright because you get tired.
cause-share = The percentage is our weighing of the signs.

## Evidence

evidence-mostly-under = More upright than your own band for { $share } % of the judged time.
evidence-mostly-over = Farther than your own band for { $share } % of the judged time.
evidence-mostly-bent = Folded at the waist for { $share } % of the judged time.
evidence-below-band = Your trunk lean was { $lean } degrees; your own band begins at { $edge }.
evidence-above-band = Your trunk lean was { $lean } degrees; your own band ends at { $edge }.
evidence-late = Your hips passed over the foot later than usual.
evidence-early = Your hips passed over the foot earlier than usual.
evidence-bend = Your waist bend was { $bend } degrees; usual for you is { $usual }.
evidence-launches-bent = { $bent } of { $seen } starts bent at the waist.
evidence-run-fine = The run itself was in your own band for { $share } % of the judged time.
evidence-fades = In your own band at first, more upright toward the end.
evidence-drift = Your lean fell by { $degrees } degrees per ten minutes on average.

## The drill for a cause, and why

why-cause-not-leaning-enough = { $drill } lets you feel the lean where it is clearest: at the start of a run.
why-cause-waist-bend = { $drill } teaches belt and chest to tip together, before any more lean is asked for.
why-cause-start-habit = { $drill }, slowly: let the belt buckle lead.
why-cause-leaning-too-far = { $drill } lets you feel how small a tilt is enough.
why-cause-fatigue-under = { $drill }, fresh: a lean that is easy at the start lasts longer.
