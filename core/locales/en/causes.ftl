## Likely causes

cause-none = Nothing stands out that would need a change.
cause-not-leaning-enough = You may not be leaning as much as you usually do.
cause-waist-bend = You may be leaning from the waist instead of the ankles.
cause-start-habit = You may be folding out of habit when you start; the run itself looks fine.
cause-leaning-too-far = You may be leaning farther than suits you.
cause-fatigue-under = You may be coming upright because you get tired.
cause-stiff-calves = Your calves may be what keeps you upright.
cause-stiff-core = A braced belly and a tucked pelvis may keep you upright.
cause-retracted-head = A head that is pulled back may keep you upright.
cause-arching = Your back may arch where a lean would do.
cause-lean-rises-with-speed = You may lean farther than suits you, but only when you run fast.
cause-overstriding = Your foot may land too far ahead; the lean itself looks fine.
cause-head-held = You may hold your head so still that the push of the foot stops below it.
cause-fatigue-bend = You may be folding at the waist because you get tired.
cause-asymmetry = Left and right differ. That is no fault of the lean.
cause-terrain = It may be the hills, and right as it is.
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
evidence-low-for-most = You lean less than most people do.
evidence-high-for-most = You lean farther than most people do.
evidence-bent-for-most = You bend at the waist more than most people do.
evidence-chest-behind = Your chest stays behind your pelvis.
evidence-tucked = Your pelvis is tucked under, against how you stand.
evidence-launches-stall = Your starts hardly tip.
evidence-fades-bent = In your own band at first, folded at the waist toward the end.
evidence-over-at-speed = Farther than your own band in the fast stretches only.
evidence-brakes = Your foot brakes more than it usually does.
evidence-slow-cadence = You take fewer than 165 steps a minute.
evidence-asymmetric = Your hips pass over the two feet at different moments.
evidence-on-hills = Outside your own band on hills only.
evidence-tires-upright = By the end you leaned { $degrees } degrees less than at the beginning, at the same speed.
evidence-tires-bent = By the end you folded { $degrees } degrees more at the waist than at the beginning.
evidence-warms-up = Your lean came as you warmed up.
evidence-steep-with-speed = You lean { $degrees } degrees farther for each metre per second.
evidence-moved-by-hills = On hills your lean differs by { $degrees } degrees from the flat.
evidence-uneven-contact = One foot stays on the ground longer than the other.
evidence-sore-foot = You told of a sore foot.
evidence-sore-achilles = You told of a sore Achilles tendon.
evidence-sore-calf = You told of sore calves.
evidence-sore-shin = You told of sore shins.
evidence-sore-knee = You told of a sore knee.
evidence-sore-quads = You told of sore thighs.
evidence-sore-hip-flexors = You told of sore hip flexors.
evidence-sore-hip = You told of a sore hip.
evidence-sore-low-back = You told of a sore low back.
evidence-sore-neck = You told of a sore neck.
evidence-sore-other = You told of something sore.
evidence-felt-legs-push-hard = It feels as if your legs push hard.
evidence-felt-legs-drag = It feels as if your legs drag behind.
evidence-felt-chin-pulled-in = You pull your chin in.
evidence-felt-runs-tall = You try to run tall.
evidence-felt-braces-abs = You brace your belly.
evidence-felt-seat-sticks-out = Your seat sticks out.
evidence-felt-calves-stiff = Your calves feel stiff.
evidence-fails-knee-to-wall = Your knee did not reach the wall in the self-test.
evidence-fails-belly-breath = Your low belly did not widen in the self-test.
evidence-fails-face-glide = Your face did not glide forward in the self-test.
evidence-fails-arch-or-tip = Your back arched in the self-test.
evidence-fails-wall-tilt = You folded at the wall in the self-test.
evidence-fails-hands-on-hips = Hands on hips changed your running in the self-test.
evidence-one-side-short = One side went less far in a self-test.
evidence-sits = You sit for many hours.
evidence-danced = You danced or did gymnastics.

## The drill for a cause, and why

why-cause-not-leaning-enough = { $drill } lets you feel the lean where it is clearest: at the start of a run.
why-cause-waist-bend = { $drill } teaches belt and chest to tip together, before any more lean is asked for.
why-cause-start-habit = { $drill }, slowly: let the belt buckle lead.
why-cause-leaning-too-far = { $drill }: bring the whole body back a little, and let the foot land ahead of you.
why-cause-fatigue-under = { $drill }: keeping it to the end is a thing to practise of its own.
why-cause-stiff-calves = { $drill }: first the calves let go, then the ankle can bend.
why-cause-stiff-core = { $drill }: first the belly gets room, then the pelvis can move.
why-cause-retracted-head = { $drill }: where the face goes, the rest can follow.
why-cause-arching = { $drill } lets you feel the difference between arching and tipping.
why-cause-lean-rises-with-speed = { $drill } lets you feel how little lean the speed needs.
why-cause-overstriding = { $drill } shows what your lean does to your landing.
why-cause-head-held = { $drill } lets the push travel on up.
why-cause-fatigue-bend = { $drill }: keeping it to the end is a thing to practise of its own. A professional can help you get stronger hips.

## Self-tests

self-test-knee-to-wall = Stand a hand's width from a wall, heel down. Does the knee reach the wall, left and right alike?
self-test-belly-breath = Lie on your back, hands on the low belly. Does it widen when you breathe in?
self-test-face-glide = Stand and look far away. Does the face glide forward easily, without the chin going up?
self-test-arch-or-tip = Hold on to something and swing a leg back. Does the back stay long, or does it arch?
self-test-wall-tilt = Tilt toward a wall, with somebody or a mirror at your side. Is it one line from ankle to ear?
self-test-hands-on-hips = Run half a minute with hands on hips, neck soft. Does it feel the same as before?
