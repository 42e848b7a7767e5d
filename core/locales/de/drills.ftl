## D0: die Kalibrierung

d0-title = Finde dein Lot
d0-goal = Zeig den Pods, wie du stehst, damit jeder Winkel von deiner eigenen Aufrechten aus gemessen wird.
d0-for-whom = Für alle, vor der ersten Übung und immer, wenn die Pods abgelegt waren.
d0-cue = Stell dir ein Lot vor, das von deiner Mütze bis zum Boden hängt.
d0-stand = Steh aufrecht, die Füße unter der Hüfte, schau zum Horizont und bleib still.
d0-walk = Geh fünf lockere Schritte und bleib stehen.
d0-stand-again = Steh wieder aufrecht, genau wie vorhin, und bleib still.
d0-stand-last = Ein letztes Mal: aufrecht stehen und still bleiben.
d0-walk-straight = Geh jetzt zehn Schritte geradeaus. Sie zeigen den Pods, wo vorne ist.

## D3: Neigen an der Wand

d3-title = Ganzkörperneigung an der Wand
d3-goal = Spüre, wie dein ganzer Körper in einem Stück kippt, von den Knöcheln an.
d3-for-whom = Für alle, die sich neigen wollen, ohne in der Taille einzuknicken.
d3-cue = Dein Schatten neigt sich, bevor du knickst.
d3-tilt = Stell dich eine Armlänge vor die Wand. Neige dich zu ihr, bis die Waden Last spüren, bleib drei Sekunden, komm zurück. Sechsmal.
d3-rest = Schüttle die Beine eine halbe Minute aus.
d3-tilt-again = Noch einmal: neigen, drei Sekunden bleiben, zurückkommen. Sechsmal.
d3-eyes-closed = Vier fürs Gefühl: Augen zu, eine Hand nah an der Wand. Sie werden nicht gezählt.

## D4: Neigen und fallen

d4-title = Neigen und fallen
d4-goal = Lass die Neigung den Lauf beginnen.
d4-for-whom = Für alle, die an der Wand in einem Stück kippen können.
d4-cue = Fall, dann lass die Füße nachkommen.
d4-start = Steh einen Moment still. Neige dich, warte auf das Fallen, fang es mit kleinen schnellen Schritten auf und lauf zehn Meter. Geh zurück. Viermal.
d4-rest = Eine Minute Pause.
d4-start-again = Noch vier: stehen, neigen, warten, und die Füße nachkommen lassen.
d4-start-last = Die letzten vier. Steh vor jedem still.

## Womit eine Übung nicht geht

not-with-balance-disorder = Nicht bei einer Gleichgewichtsstörung.
not-with-ankle-pain = Nicht bei frischen Knöchelschmerzen.
not-with-fall-risk = Nicht, wenn du leicht stürzt.
not-with-calf-strain = Nicht mit gezerrter Wade.

## Urteil über eine Wiederholung

repetition-passed = Genau so.
repetition-passed-stand = Gut gestanden.
repetition-not-seen = Die konnten die Pods nicht sehen. Sie zählt nicht gegen dich.
miss-moved = Die Pods haben eine Bewegung gespürt. Komm zur Ruhe und versuch es noch einmal.
miss-spread = Deine Stände unterscheiden sich etwas zu sehr. Mach sie noch einmal, jedes Mal gleich.
miss-too-little = Ein wenig weiter zur Wand.
miss-too-little-start = Warte etwas länger mit dem ersten Schritt. Lass das Fallen beginnen.
miss-too-much = Ein wenig weniger weit. Du solltest ohne die Wand zurückkommen.
miss-too-much-start = Fang das Fallen etwas früher auf.
miss-bent = Dein Gürtel blieb zurück. Schick Gürtel und Shirt gemeinsam nach vorn, wie ein Brett.
miss-too-short = Bleib etwas länger draußen, drei Sekunden.
miss-too-short-start = Der Lauf war früh zu Ende. Lass dich vom Fallen zehn Meter tragen.
miss-pelvis-behind = Lass deine Gürtelschnalle vorangehen.
miss-angle-and-start = Neigung und Start passten nicht zusammen. Lass die Füße mit dem Fallen mitkommen, nicht mehr und nicht weniger.

## Urteil über eine Einheit

session-met = { $drill }: { $passed } von { $seen } wie gewünscht. Das reicht: fertig für heute.
session-not-yet = { $drill }: { $passed } von { $seen } wie gewünscht. Nächstes Mal ein paar mehr.
session-not-seen = { $drill }: Die Pods haben nur { $seen } von { $asked } gesehen. Zu wenig für ein Urteil, darum zählt diese Einheit nicht.

## Die nächste Übung, und warum

why-calibrate = „{ $drill }“ kommt zuerst: Ohne das lässt sich kein Winkel messen.
why-opened = „{ $drill }“ ist jetzt für dich offen.
why-not-yet = Du bist bei „{ $drill }“. Noch ein paar Wiederholungen wie gewünscht, und es ist geschafft.
why-once-more = „{ $drill }“ hast du geschafft. Mach es noch einmal, ohne dass dir jemand sagt, wie es läuft, und es gehört dir.
why-wait = „{ $drill }“ hast du geschafft. Lass zwei Tage vergehen und mach es dann noch einmal, ohne dass dir jemand sagt, wie es läuft.
why-reopened = Kurz zurück zu „{ $drill }“: Was danach kommt, steht darauf.
why-keep = Alles bis hierher gehört dir. „{ $drill }“ ab und zu hält es frisch.

## Woher eine Übung oder ein Grund kommt

provenance-seed = Aus der Lehre eines Trainers, nicht gemessen.
provenance-study = Aus einer Studie.
provenance-ours = Unsere eigene Idee, noch nicht an vielen Läufern geprüft.
