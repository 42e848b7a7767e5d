## Pods

pod-chest = chest pod
pod-pelvis = pelvis pod
pod-head = head pod
pod-quiet = The { $pod } went quiet. I will say nothing about it until it is back.
pod-back = The { $pod } is back.
pod-faulty = I can make nothing of what the { $pod } sends. Look at it when you stop.
pod-moved = Your { $pod } moved. Stand still for five seconds when you can.
pod-stood-again = Thank you. Your { $pod } measures again.

## Calibration

calibration-done = Got it. Your stands agree to within { $spread } degrees.
calibration-wide = Your three stands differ by { $spread } degrees. That is too much to measure from. Let's do them again, the same each time.
calibration-forward-unknown = I could not tell which way is forward. Walk ten more steps straight ahead.

## Drills

drill-begin = { $drill }.
drill-without-feedback = This time I stay quiet until the end. You feel it by now.
drill-finished = { $drill } is finished.
question-how-it-felt = Did that feel under, right or over?
question-which-way = Arched, or as one piece?
nothing-to-tell-yet = Nothing to tell yet.

## After a drill or a run

how-do-you-feel = How do you feel? Tell me if anything hurts now, the lower back above all.

## Runs

run-begin = Have a good run. I speak only when it helps.
run-finished = Run saved.
run-cue-under = Let your shadow lean a little.
run-cue-over = Let the ground come to meet your foot.
run-cue-waist-bend = Let your belt buckle lead.
run-cue-back = There it is.
run-asked-under = More upright than your band.
run-asked-good = In your band.
run-asked-over = Farther forward than your band.
run-asked-waist-bend = Bent at the waist.
run-asked-not-sure = I cannot tell at the moment.

## What to do next, on the home screen

next-step-connect = Switch on a pod and put it on.
next-step-calibrate = Find your plumb line: it takes a minute.
next-step-check-in = Tell me how you feel today.
next-step-rest = Rest today. I am here when it has gone.
next-step-drill = Next: { $drill }.

## Requests that cannot be followed now

refused-nothing-to-finish = There is nothing to finish.
refused-nothing-to-ask = Nothing is going on that I could tell you of.
refused-already-going = Something is still going on. Finish it first.
