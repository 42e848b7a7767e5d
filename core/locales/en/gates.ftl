## Why a drill may not start now

gate-pain-strong = You reported pain of three or more. No drill today: this is not a question of technique. If it stays, ask someone who can examine you.
gate-pain-sharp = You reported sharp pain. No drill today, please. If it stays, ask someone who can examine you.
gate-pain-limping = You reported pain that changes how you walk. No drill today, please. If it stays, ask someone who can examine you.
gate-pain-grows = You reported pain that is growing. Give it a day before the next drill.
gate-ask-first = Tell me first how you feel today.
gate-locked = This one opens after “{ $drill }”.
gate-no-pod = No pod is connected.
gate-second-pod = This drill needs both pods: the chest and the pelvis show together whether you tip as one piece.
gate-calibrate = Your last stand is more than { $hours } hours old, or there is none yet. Pods rarely sit the same way twice.

## What is still open

gate-allowed-look-back = You can look at your past runs, and check in again when it has gone.
gate-allowed-stand-and-rest = The calibration stand is fine, and so is rest.
gate-allowed-check-in = The check-in takes ten seconds.
gate-allowed-opener = That drill is open to you.
gate-allowed-pod = Switch a pod on and keep it close to the phone.
gate-allowed-one-pod = With one pod you can calibrate and run.
gate-allowed-calibrate = Stand for a calibration first. It takes a minute.

## The check-in

check-in-after = Does anything hurt now? Your lower back, your calves, anywhere else?
check-in-tomorrow = I will ask once more tomorrow.
