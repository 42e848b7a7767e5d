## D0: the calibration

d0-title = Find your plumb line
d0-goal = Show the pods how you stand, so that every angle later is measured from your own upright.
d0-for-whom = For everyone, before the first drill and whenever the pods were taken off.
d0-cue = Picture a plumb line hanging from your cap to the ground.
d0-stand = Stand tall with your feet under your hips, look at the horizon and stay still.
d0-walk = Walk five easy steps and stop.
d0-stand-again = Stand tall again, just as before, and stay still.
d0-stand-last = One last time: stand tall and stay still.
d0-walk-straight = Now walk ten steps straight ahead. They show the pods which way is forward.

## D3: whole-body tilt at the wall

d3-title = Whole-body tilt at the wall
d3-goal = Feel your whole body tip as one piece, from the ankles up.
d3-for-whom = For everyone who wants to lean without folding at the waist.
d3-cue = Your shadow leans before you bend.
d3-tilt = Stand an arm's length from the wall. Tilt toward it until your calves take the load, stay for three seconds, come back. Six times.
d3-rest = Shake your legs out for half a minute.
d3-tilt-again = Once more: tilt, stay for three seconds, come back. Six times.
d3-eyes-closed = Four for the feeling: eyes closed, one hand close to the wall. These are not counted.

## D4: lean-and-fall

d4-title = Lean-and-fall
d4-goal = Let the tilt start the run.
d4-for-whom = For everyone who can tip as one piece at the wall.
d4-cue = Fall, then let the feet keep up.
d4-start = Stand still for a moment. Tilt, wait for the fall, catch it with small quick steps and run ten metres. Walk back. Four times.
d4-rest = One minute of rest.
d4-start-again = Four more: stand, tilt, wait, and let the feet keep up.
d4-start-last = The last four. Stand still before each one.

## With what a drill must not be done

not-with-balance-disorder = Not with a balance disorder.
not-with-ankle-pain = Not with fresh ankle pain.
not-with-fall-risk = Not if you fall easily.
not-with-calf-strain = Not with a strained calf.

## Verdict on one repetition

repetition-passed = That's it.
repetition-passed-stand = Good stand.
repetition-not-seen = The pods could not see that one. It does not count against you.
miss-moved = The pods felt you move. Settle in and try again.
miss-spread = Your stands differ a little too much. Let's do them once more, the same each time.
miss-too-little = A little farther toward the wall.
miss-too-little-start = Wait a little longer before the first step. Let the fall begin.
miss-too-much = A little less far. You should be able to come back without the wall.
miss-too-much-start = Catch the fall a little sooner.
miss-bent = Your belt stayed behind. Let belt and shirt move forward together, like one plank.
miss-too-short = Stay out there a little longer, three seconds.
miss-too-short-start = The run stopped early. Let the fall carry you for ten metres.
miss-pelvis-behind = Let your belt buckle lead.
miss-angle-and-start = Tilt and start did not match. Let the feet keep up with the fall, no more and no less.

## Verdict on a session

session-met = { $drill }: { $passed } of { $seen } as asked. That is enough: done for today.
session-not-yet = { $drill }: { $passed } of { $seen } as asked. Next time a few more.
session-not-seen = { $drill }: the pods saw only { $seen } of { $asked }. Too few to say, so this session does not count.

## The next drill, and why

why-calibrate = { $drill } comes first: without it no angle can be measured.
why-opened = { $drill } has just opened for you.
why-not-yet = { $drill } is where you are. A few more repetitions as asked, and it is met.
why-once-more = You have met { $drill }. Do it once more without being told how it goes, and it is yours.
why-wait = You have met { $drill }. Leave two days in between, then do it once more without being told how it goes.
why-reopened = Back to { $drill } for a moment: what comes after it stands on it.
why-keep = Everything so far is yours. { $drill } now and then keeps it fresh.

## Where a drill or a reason comes from

provenance-seed = From a coach's teaching, not measured.
provenance-study = From a study.
provenance-ours = Our own idea, not yet tested on many runners.
