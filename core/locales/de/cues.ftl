## Pods

pod-chest = Brust-Pod
pod-pelvis = Becken-Pod
pod-head = Kopf-Pod
pod-quiet = Der { $pod } ist verstummt. Ich sage nichts dazu, bis er wieder da ist.
pod-back = Der { $pod } ist wieder da.
pod-faulty = Mit dem, was der { $pod } sendet, kann ich nichts anfangen. Sieh nach ihm, wenn du anhältst.
pod-moved = Dein { $pod } hat sich verdreht. Steh fünf Sekunden still, wenn es geht.
pod-stood-again = Danke. Dein { $pod } misst wieder.

## Kalibrierung

calibration-done = Hab ich. Deine Stände stimmen auf { $spread } Grad überein.
calibration-wide = Deine drei Stände liegen { $spread } Grad auseinander. Das ist zu viel, um davon zu messen. Mach sie noch einmal, jedes Mal gleich.
calibration-forward-unknown = Ich konnte nicht erkennen, wo vorne ist. Geh noch zehn Schritte geradeaus.

## Übungen

drill-begin = { $drill }.
drill-without-feedback = Diesmal bleibe ich bis zum Ende still. Du spürst es inzwischen.
drill-finished = { $drill } ist fertig.
question-how-it-felt = Hat sich das zu wenig, richtig oder zu viel angefühlt?
question-which-way = Hohlkreuz, oder als ein Stück?
nothing-to-tell-yet = Noch gibt es nichts zu sagen.

## Nach einer Übung oder einem Lauf

how-do-you-feel = Wie geht es dir? Sag mir, ob jetzt etwas wehtut, vor allem der untere Rücken.

## Läufe

run-begin = Guten Lauf. Ich melde mich nur, wenn es hilft.
run-finished = Lauf gespeichert.
run-cue-under = Lass deinen Schatten sich ein wenig neigen.
run-cue-over = Lass den Boden deinem Fuß entgegenkommen.
run-cue-waist-bend = Lass deine Gürtelschnalle vorangehen.
run-cue-back = Da ist es.
run-asked-under = Aufrechter als dein Bereich.
run-asked-good = In deinem Bereich.
run-asked-over = Weiter vorn als dein Bereich.
run-asked-waist-bend = In der Hüfte geknickt.
run-asked-not-sure = Im Moment kann ich es nicht sagen.

## Was als Nächstes kommt, auf dem Startbildschirm

next-step-connect = Schalte einen Pod ein und leg ihn an.
next-step-calibrate = Finde dein Lot: Es dauert eine Minute.
next-step-check-in = Sag mir, wie es dir heute geht.
next-step-rest = Ruh dich heute aus. Ich bin da, wenn es weg ist.
next-step-drill = Als Nächstes: { $drill }.

## Wünsche, die jetzt nicht gehen

refused-nothing-to-finish = Es gibt nichts zu beenden.
refused-nothing-to-ask = Gerade läuft nichts, wovon ich dir etwas sagen könnte.
refused-already-going = Es läuft noch etwas. Beende es zuerst.
