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

## D1: calf wake-up

d1-title = Calf wake-up
d1-goal = Let the ankles bend under load, so that a lean has somewhere to come from.
d1-for-whom = For calves that feel stiff, before a run.
d1-cue = Let the floor lift your toes.
d1-straight = Stand with the balls of your feet on a step, knees straight. Rise, then let the heels sink for three to four seconds. Eight times.
d1-pause = Shake your calves loose for { $seconds } seconds.
d1-straight-again = Again, knees straight: rise, and sink slowly. Eight times.
d1-straight-last = A third time, knees straight. Eight times.
d1-soft = Now with soft knees: eight slow ones.
d1-rocks = Rock from heel to toe and back, ten times, easily.
d1-walk = Walk for a minute and feel your ankles.

## D2: lower-belly breathing

d2-title = Lower-belly breathing
d2-goal = Give the lower belly room, so that the pelvis can move.
d2-for-whom = For a middle that feels braced, after a day of sitting above all.
d2-cue = Fill the waistband.
d2-lying = Lie on your back, knees bent. Breathe in until your low belly widens, breathe out until it softens, and let the pelvis roll a little with each breath. Ten breaths.
d2-up = Come up slowly and stand.
d2-standing = The same while you stand. Ten breaths.
d2-walk = Walk twenty steps and keep breathing like that.

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

## D5: stop-start game

d5-title = Stop-start game
d5-goal = Feel and steer the lean by starting and stopping.
d5-for-whom = For everyone who can let a tilt start a run.
d5-cue = Lean is the go pedal, tall is the brake.
d5-start = Stand still. Start by leaning, run eight to twelve steps, stop by coming upright, stand for three seconds. Six times.
d5-rest = Half a minute of rest.
d5-eyes-far = Three more with your eyes on something far away.

## D6: lean dial

d6-title = Lean dial
d6-goal = Run a little faster by leaning a little more.
d6-for-whom = For everyone who starts by leaning; not while you already lean farther than suits you.
d6-cue = Turn the dial one click.
d6-easy = Run easily for { $seconds } seconds.
d6-more = A little more tilt from the ankles for { $seconds } seconds, and let the speed come.
d6-back = Back to easy for { $seconds } seconds.
d6-between = Run easily for { $seconds } seconds and look around.

## D7: ease back

d7-title = Ease back
d7-goal = Let the hips come back over the foot.
d7-for-whom = For you when you lean farther than suits you.
d7-cue = Let the ground come to meet your foot.
d7-back = For { $seconds } seconds: bring your whole body back a little and let the foot land ahead of you.
d7-usual = { $seconds } seconds as you usually run.

## D8: pelvis finds the landing

d8-title = Pelvis finds the landing
d8-goal = Let the middle of your body set the foot down.
d8-for-whom = For everyone whose belly is free again, and after easing back.
d8-cue = Pockets roll.
d8-circles = On the spot: twenty half circles with the pelvis, one trouser pocket after the other.
d8-walk = Walk { $count } steps and let the pockets roll.
d8-usual = Run { $seconds } seconds as usual.
d8-run = Run { $seconds } seconds and let the pockets roll.

## D9: hands on hips

d9-title = Hands on hips
d9-goal = Let the push of the foot travel up to the head.
d9-for-whom = For everyone who mostly holds the own lean; late in an easy run.
d9-cue = Let the head ride like a cork.
d9-usual = Run { $seconds } seconds as usual.
d9-hands = Hands on your hips, jaw and neck soft, for { $seconds } seconds.
d9-free = Arms free for { $seconds } seconds. Keep the feeling.

## D10: stop the head and compare

d10-title = Stop the head and compare
d10-goal = Find out for yourself whether a held head changes your running.
d10-for-whom = For everyone who has run with hands on hips. No difference is a result, too.
d10-cue = Same effort all the way; afterwards ask your feet and legs.
d10-free = Run { $seconds } seconds with the head free.
d10-held = Hold the head still for { $seconds } seconds, at the same effort.
d10-rest = Walk for a minute. Now the other way round.

## D11: face forward

d11-title = Face forward
d11-goal = Undo a head that is pulled back.
d11-for-whom = For you when your chin is pulled in or you try to run tall.
d11-cue = Lead with your face, not with your chest.
d11-glide = Stand, look far away, and let your face glide forward six times. Let the chest follow.
d11-walk = Walk { $count } steps, face first.
d11-usual = Run { $seconds } seconds as usual.
d11-run = Run { $seconds } seconds, face first. Elbows bent, hands near the chest.
d11-after = Now just run for { $seconds } seconds.

## D12: dancer or runner

d12-title = Dancer or runner
d12-goal = Tip as one piece when the leg goes back, instead of arching.
d12-for-whom = For a back that arches as the leg swings behind, often after dance or gymnastics.
d12-cue = An arrow from heel to crown.
d12-arch = Hold on to a rail. Swing one leg back and let the back arch, like a dancer. Six times, and say each time which way it was.
d12-rest = Stand for a moment.
d12-tip = Now swing the leg back and let the whole body tip, like a runner. Six times, and say which way it was.
d12-lunge = Walk { $count } long steps, the arrow from heel to crown.
d12-run = Run { $seconds } seconds with the arrow.

## D13: foot placement check

d13-title = Foot placement check
d13-goal = See what your lean did to your landing.
d13-for-whom = For everyone who has two drills of their own.
d13-cue = Quiet feet.
d13-usual = Run { $seconds } seconds as usual.
d13-lean = { $seconds } seconds with your lean, quiet feet.
d13-usual-again = { $seconds } seconds as usual again.

## D14: hold it when tired

d14-title = Hold it when tired
d14-goal = Keep your lean to the end, without help.
d14-for-whom = For everyone who wants to keep what was learned.
d14-cue = One word of your own brings it back.
d14-easy = Run easily for a quarter of an hour. I stay quiet.
d14-sound = With sound for { $seconds } seconds.
d14-silent = Without sound for { $seconds } seconds.
d14-sound-again = With sound once more, { $seconds } seconds.
d14-silent-again = Without sound for { $seconds } seconds.
d14-silent-last = On your own to the end: { $seconds } seconds.

## With what a drill must not be done

not-with-balance-disorder = Not with a balance disorder.
not-with-ankle-pain = Not with fresh ankle pain.
not-with-fall-risk = Not if you fall easily.
not-with-calf-strain = Not with a strained calf.
not-with-calf-pain = Not with fresh pain in the calf or the Achilles tendon.
not-with-dizziness = Not when you are dizzy.
not-with-belly-surgery = Not soon after an operation on the belly.
not-with-heel-or-knee-pain = Not with sharp pain in heel or knee.
not-with-back-or-hip-pain = Not with fresh pain in the low back or the hip.
not-with-hurt-neck = Not with a hurt neck.
not-with-vertigo = Not with vertigo.
not-with-numb-arm = Not when an arm is numb.
not-with-back-pain = Not with fresh pain in the low back.
not-with-shin-or-foot-pain = Not with new pain in shin or foot.

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
miss-too-fast = Slower. Let it take its time.
miss-no-change = I could not see a change. A little clearer next time.
miss-braked = The foot braked more than usual. Let it land softly.
miss-not-kept = It was there with help. Next time a little longer without.
miss-too-slow = A little quicker. Let it flow.
miss-too-little-rise = Rise a little higher, then let the heels sink.
miss-too-much-rise = A smaller way is enough. Stay where the calves can hold you.
miss-bent-rise = Stay tall all the way down.
miss-too-little-run = Keep a little more of it.
miss-too-much-run = A little less. One click is enough.
miss-too-fast-run = Your steps became quicker. Keep their rhythm and let the lean do it.
miss-misjudged = The pods saw the other way. Feel for the belt: does it stay with the shirt?
repetition-compared = Both ways are recorded.
set-verdict = { $passed } of { $seen }. { $why }
set-verdict-all = { $passed } of { $seen }. That's it.

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
why-again = { $drill } once more: it is yours after six times.
why-reopened = Back to { $drill } for a moment: what comes after it stands on it.
why-hurts = What would come next loads a place that hurts. Give it a rest.
why-on-the-way = { $drill } first: it opens “{ $then }”.
why-keep = Everything so far is yours. { $drill } now and then keeps it fresh.

## Where a drill or a reason comes from

provenance-seed = From a coach's teaching, not measured.
provenance-study = From a study.
provenance-ours = Our own idea, not yet tested on many runners.
