## Why a drill may not start now

gate-pain-strong = You reported pain of three or more. No drill today: this is not a question of technique. If it stays, ask someone who can examine you.
gate-pain-sharp = You reported sharp pain. No drill today, please. If it stays, ask someone who can examine you.
gate-pain-limping = You reported pain that changes how you walk. No drill today, please. If it stays, ask someone who can examine you.
gate-sign-numbness = You told of numbness. No drill today: this is not a question of technique. Ask someone who can examine you.
gate-sign-swelling = You told of swelling. No drill today: this is not a question of technique. Ask someone who can examine you.
gate-sign-dizziness = You told of dizziness. No drill today. If it stays, ask someone who can examine you.
gate-sign-chest-tightness = You told of tightness in the chest. No drill, and please no run: have it looked at, at once if it is strong.
gate-not-now-surgery = You told of a recent operation. No drill before someone who knows it says so.
gate-not-now-fracture = You told of a fracture. No drill before someone who knows it says so.
gate-not-now-late-pregnancy = Late in a pregnancy there is no drill here. All the best to you both.
gate-pain-grows = You reported pain that is growing. Give it a day before the next drill.
gate-ask-first = Tell me first how you feel today.
gate-locked = This one opens after “{ $drill }”.
gate-locked-either = This one opens after “{ $drill }” or “{ $other }”.
gate-locked-stand = This one opens after the first stand.
gate-locked-leans-too-far = This one is for who leans farther than suits. It opens when your runs show that.
gate-locked-arches = This one is for a back that arches. It opens when your runs or a self-test show that.
gate-locked-head-back = This one is for a head that is pulled back. It opens when your runs or a self-test show that.
gate-locked-mastered = This one opens when { $count } drills are yours.
gate-leans-too-far = This one asks for more lean, and just now you lean farther than suits you.
gate-no-pod = No pod is connected.
gate-second-pod = This drill needs both pods: the chest and the pelvis show together whether you tip as one piece.
gate-calibrate = Your last stand is more than { $hours } hours old, or there is none yet. Pods rarely sit the same way twice.

## What is still open

gate-allowed-look-back = You can look at your past runs, and check in again when it has gone.
gate-allowed-gentle = The calibration stand, the calf wake-up and the breathing are fine, and so is rest.
gate-allowed-others = Other drills are open.
gate-allowed-check-in = The check-in takes ten seconds.
gate-allowed-opener = That drill is open to you.
gate-allowed-pod = Switch a pod on and keep it close to the phone.
gate-allowed-one-pod = With one pod you can calibrate and run.
gate-allowed-calibrate = Stand for a calibration first. It takes a minute.

## The check-in

check-in-after = Does anything hurt now? Your lower back, your calves, anywhere else?
check-in-tomorrow = I will ask once more tomorrow.
