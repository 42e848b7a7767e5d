## The one sentence of a run. Minutes are steady minutes.

headline-good = You held your own lean for { $minutes } of { $total } steady { $total ->
        [one] minute
       *[other] minutes
    }.
headline-fades = You held your own lean for { $minutes } of { $total } steady { $total ->
        [one] minute
       *[other] minutes
    }, then came upright.
headline-under = You ran more upright than your own band for { $minutes } of { $total } steady { $total ->
        [one] minute
       *[other] minutes
    }.
headline-over = You leaned farther than your own band for { $minutes } of { $total } steady { $total ->
        [one] minute
       *[other] minutes
    }.
headline-waist-bend = You folded at the waist more than usual for { $minutes } of { $total } steady { $total ->
        [one] minute
       *[other] minutes
    }.
headline-mixed = Your lean changed through the run: { $minutes } of { $total } steady { $total ->
        [one] minute
       *[other] minutes
    } in your own band.
headline-not-sure = I could not judge most of this run. What I saw is below, and what I missed.
headline-learning = I am still learning your own lean: { $degrees } degrees this time. It takes three steady runs.
headline-no-running = No running was seen in this recording.

## The course of the lean

drift-upright = Your lean fell by { $degrees } degrees per ten minutes on average.
drift-forward = Your lean grew by { $degrees } degrees per ten minutes on average.
drift-none = Your lean stayed the same from beginning to end.

## Starts from standstill

launches-none = No start from standstill was seen.
launches-seen = { $tipped } of { $seen } { $seen ->
        [one] start
       *[other] starts
    } tipped as one piece.

## What the data could not tell

untold-no-neutral = There was no still stand at the start, so I cannot say how far you leaned.
change-forward = From your first minute to your last your lean went { $degrees } degrees further forward.
change-back = From your first minute to your last you became { $degrees } degrees more upright.
change-none = From your first minute to your last your lean did not change by more than a degree.
untold-no-chest = Without the chest pod I cannot tell your trunk lean.
untold-no-pelvis = Without the pelvis pod I cannot tell a lean from the ankles from a bend at the waist.
untold-no-gyro = The { $pod } has no gyroscope, so its angles are coarser.
untold-unreadable = The { $pod } sent data that I could not read. Update its firmware, or this app.
untold-by-arrival = The { $pod } does not stamp its data, so its times are those of arrival: cadence and angles are less sure.
untold-low-rate = The { $pod } measures fewer than 100 times a second, so contact times are coarser.
untold-spread = Your calibration stands differed by { $spread } degrees. Every angle may be off by as much.
untold-gaps = { $seconds ->
        [one] One second of data is missing.
       *[other] { $seconds } seconds of data are missing.
    } I left it out.
untold-moved = The { $pod } turned on its strap at { $at }. From there on I do not trust its angles until you stand still again.
untold-loose = The { $pod } turned and shook at { $at }: its strap is loose. From there on I do not trust its angles.
untold-swapped = Chest pod and pelvis pod seem to have changed places. If so, trunk and pelvis are mixed up here.
untold-apart = The clocks of your pods are apart. So the pelvis pod alone says which foot it was and how long it was down, and pods that are swapped would not be noticed.
untold-stand = In a later stand the { $pod } was off by more than a stand repeats: either it had turned on its strap, or you stood otherwise. { $seconds ->
        [one] One second
       *[other] { $seconds } seconds
    } of running that would be another lean then I leave open. Stand upright for five seconds after a run, and I know.
untold-frozen = The { $pod } stopped measuring for { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } while you ran.
untold-bad-time = { $seconds ->
        [one] One second of data of the { $pod } is left out, since its times
       *[other] { $seconds } seconds of data of the { $pod } are left out, since their times
    } cannot be true. Switch the pod off and on.
untold-clipped = Over { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } impacts were beyond the range of the { $pod }.
untold-disagree = For { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } gyroscope and accelerometer of the { $pod } disagreed. There I do not trust its angles.
untold-holes = { $seconds ->
        [one] One second
       *[other] { $seconds } seconds
    } of running got no class: too much of a pod's data is missing or cut off there.
untold-not-steady = { $seconds ->
        [one] One second
       *[other] { $seconds } seconds
    } of running are left out of the means: the pace was not steady.
untold-turning = { $seconds ->
        [one] One second
       *[other] { $seconds } seconds
    } of running are left out of the means: you were turning.
untold-grade = { $seconds ->
        [one] One second
       *[other] { $seconds } seconds
    } of running on hills are kept apart: there a lean means something else.
untold-few-steps = Only { $steps } steady { $steps ->
        [one] step was
       *[other] steps were
    } seen. That is too few for a verdict.
untold-no-own-band = I do not know your own band yet. It takes three valid runs; until then I can only guess it within wide limits and am often not sure.
untold-drift = The run was too short to tell how your lean changed.
untold-not-sure = { $minutes ->
        [1.0] { $minutes } minute
       *[other] { $minutes } minutes
    } got no class: too close to the edge of your band, or too little to go by.
untold-no-speed = No positions were recorded, so speed and hills are not told apart.

## Names of the classes

class-under = more upright than your own
class-good = your own lean
class-over = farther than your own
class-waist-bend = folded at the waist
class-not-sure = not sure

## A finished drill, as a headline

headline-calibration = Plumb line found: stands within { $spread } degrees.
headline-calibration-failed = Plumb line not found. The stands have to be repeated.
