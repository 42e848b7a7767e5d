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

## D1: Waden wecken

d1-title = Waden wecken
d1-goal = Lass die Knöchel unter Last nachgeben, damit eine Neigung von irgendwo kommen kann.
d1-for-whom = Für Waden, die sich steif anfühlen, vor einem Lauf.
d1-cue = Lass den Boden deine Zehen heben.
d1-straight = Steh mit den Fußballen auf einer Stufe, die Knie gestreckt. Heb dich und lass die Fersen drei bis vier Sekunden lang sinken. Achtmal.
d1-pause = Schüttle die Waden { $seconds } Sekunden aus.
d1-straight-again = Noch einmal mit gestreckten Knien: heben und langsam sinken. Achtmal.
d1-straight-last = Ein drittes Mal mit gestreckten Knien. Achtmal.
d1-soft = Jetzt mit weichen Knien: acht langsame.
d1-rocks = Wippe zehnmal locker von der Ferse zu den Zehen und zurück.
d1-walk = Geh eine Minute und spür deine Knöchel.

## D2: Tief in den Bauch atmen

d2-title = Tief in den Bauch atmen
d2-goal = Gib dem Unterbauch Raum, damit das Becken sich bewegen kann.
d2-for-whom = Für eine Mitte, die sich fest anfühlt, vor allem nach einem Tag im Sitzen.
d2-cue = Füll den Hosenbund.
d2-lying = Leg dich auf den Rücken, die Knie angewinkelt. Atme ein, bis der Unterbauch weit wird, atme aus, bis er weich wird, und lass das Becken bei jedem Atemzug ein wenig rollen. Zehn Atemzüge.
d2-up = Steh langsam auf.
d2-standing = Dasselbe im Stehen. Zehn Atemzüge.
d2-walk = Geh zwanzig Schritte und atme so weiter.

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

## D5: Start-Stopp-Spiel

d5-title = Start-Stopp-Spiel
d5-goal = Spür und lenke die Neigung, indem du anläufst und anhältst.
d5-for-whom = Für alle, die eine Neigung den Lauf beginnen lassen können.
d5-cue = Neigen ist das Gaspedal, Aufrichten die Bremse.
d5-start = Steh still. Lauf an, indem du dich neigst, lauf acht bis zwölf Schritte, halt an, indem du dich aufrichtest, steh drei Sekunden. Sechsmal.
d5-rest = Eine halbe Minute Pause.
d5-eyes-far = Noch drei, den Blick auf etwas weit Entferntes.

## D6: Neigungsregler

d6-title = Neigungsregler
d6-goal = Lauf ein wenig schneller, indem du dich ein wenig mehr neigst.
d6-for-whom = Für alle, die mit der Neigung anlaufen; nicht, solange du dich schon weiter neigst, als dir guttut.
d6-cue = Dreh den Regler um einen Klick.
d6-easy = Lauf { $seconds } Sekunden locker.
d6-more = { $seconds } Sekunden etwas mehr Neigung aus den Knöcheln, und lass das Tempo kommen.
d6-back = { $seconds } Sekunden wieder locker.
d6-between = Lauf { $seconds } Sekunden locker und schau dich um.

## D7: Zurücknehmen

d7-title = Zurücknehmen
d7-goal = Lass die Hüfte wieder über den Fuß kommen.
d7-for-whom = Für dich, wenn du dich weiter neigst, als dir guttut.
d7-cue = Lass den Boden deinem Fuß entgegenkommen.
d7-back = { $seconds } Sekunden: Nimm den ganzen Körper ein wenig zurück und lass den Fuß vor dir aufsetzen.
d7-usual = { $seconds } Sekunden, wie du sonst läufst.

## D8: Das Becken findet die Landung

d8-title = Das Becken findet die Landung
d8-goal = Lass die Mitte deines Körpers den Fuß aufsetzen.
d8-for-whom = Für alle, deren Bauch wieder frei ist, und nach dem Zurücknehmen.
d8-cue = Die Hosentaschen rollen.
d8-circles = Auf der Stelle: zwanzig halbe Kreise mit dem Becken, eine Hosentasche nach der anderen.
d8-walk = Geh { $count } Schritte und lass die Taschen rollen.
d8-usual = Lauf { $seconds } Sekunden wie sonst.
d8-run = Lauf { $seconds } Sekunden und lass die Taschen rollen.

## D9: Hände auf die Hüften

d9-title = Hände auf die Hüften
d9-goal = Lass den Abdruck des Fußes bis zum Kopf wandern.
d9-for-whom = Für alle, die meist ihre eigene Neigung halten; spät in einem lockeren Lauf.
d9-cue = Lass den Kopf reiten wie einen Korken.
d9-usual = Lauf { $seconds } Sekunden wie sonst.
d9-hands = Hände auf die Hüften, Kiefer und Nacken weich, { $seconds } Sekunden.
d9-free = { $seconds } Sekunden mit freien Armen. Behalt das Gefühl.

## D10: Kopf anhalten und vergleichen

d10-title = Kopf anhalten und vergleichen
d10-goal = Find selbst heraus, ob ein festgehaltener Kopf dein Laufen verändert.
d10-for-whom = Für alle, die mit Händen auf den Hüften gelaufen sind. Kein Unterschied ist auch ein Ergebnis.
d10-cue = Überall dieselbe Anstrengung; frag danach Füße und Beine.
d10-free = Lauf { $seconds } Sekunden mit freiem Kopf.
d10-held = Halt den Kopf { $seconds } Sekunden still, bei gleicher Anstrengung.
d10-rest = Geh eine Minute. Jetzt andersherum.

## D11: Gesicht voran

d11-title = Gesicht voran
d11-goal = Nimm zurück, dass der Kopf nach hinten gezogen ist.
d11-for-whom = Für dich, wenn das Kinn eingezogen ist oder du groß laufen willst.
d11-cue = Geh mit dem Gesicht voran, nicht mit der Brust.
d11-glide = Steh, schau weit weg und lass das Gesicht sechsmal nach vorn gleiten. Lass die Brust folgen.
d11-walk = Geh { $count } Schritte, das Gesicht voran.
d11-usual = Lauf { $seconds } Sekunden wie sonst.
d11-run = Lauf { $seconds } Sekunden, das Gesicht voran. Ellbogen gebeugt, Hände nah an der Brust.
d11-after = Lauf jetzt einfach { $seconds } Sekunden.

## D12: Tänzerin oder Läufer

d12-title = Tänzerin oder Läufer
d12-goal = Kipp in einem Stück, wenn das Bein nach hinten geht, statt ins Hohlkreuz zu gehen.
d12-for-whom = Für einen Rücken, der ins Hohlkreuz geht, wenn das Bein nach hinten schwingt; oft nach Tanz oder Turnen.
d12-cue = Ein Pfeil von der Ferse zum Scheitel.
d12-arch = Halt dich an einem Geländer. Schwing ein Bein nach hinten und lass den Rücken ins Hohlkreuz gehen, wie beim Tanzen. Sechsmal, und sag jedes Mal, welche Art es war.
d12-rest = Steh einen Moment.
d12-tip = Schwing das Bein jetzt nach hinten und lass den ganzen Körper kippen, wie beim Laufen. Sechsmal, und sag, welche Art es war.
d12-lunge = Geh { $count } lange Schritte, der Pfeil von der Ferse zum Scheitel.
d12-run = Lauf { $seconds } Sekunden mit dem Pfeil.

## D13: Fußaufsatz prüfen

d13-title = Fußaufsatz prüfen
d13-goal = Sieh, was deine Neigung mit deiner Landung gemacht hat.
d13-for-whom = Für alle, denen zwei Übungen gehören.
d13-cue = Leise Füße.
d13-usual = Lauf { $seconds } Sekunden wie sonst.
d13-lean = { $seconds } Sekunden mit deiner Neigung, leise Füße.
d13-usual-again = { $seconds } Sekunden wieder wie sonst.

## D14: Halten, wenn du müde bist

d14-title = Halten, wenn du müde bist
d14-goal = Behalt deine Neigung bis zum Ende, ohne Hilfe.
d14-for-whom = Für alle, die behalten wollen, was sie gelernt haben.
d14-cue = Ein eigenes Wort holt sie zurück.
d14-easy = Lauf eine Viertelstunde locker. Ich bleibe still.
d14-sound = { $seconds } Sekunden mit Ton.
d14-silent = { $seconds } Sekunden ohne Ton.
d14-sound-again = Noch einmal mit Ton, { $seconds } Sekunden.
d14-silent-again = { $seconds } Sekunden ohne Ton.
d14-silent-last = Bis zum Ende allein: { $seconds } Sekunden.

## Womit eine Übung nicht geht

not-with-balance-disorder = Nicht bei einer Gleichgewichtsstörung.
not-with-ankle-pain = Nicht bei frischen Knöchelschmerzen.
not-with-fall-risk = Nicht, wenn du leicht stürzt.
not-with-calf-strain = Nicht mit gezerrter Wade.
not-with-calf-pain = Nicht bei frischen Schmerzen in der Wade oder der Achillessehne.
not-with-dizziness = Nicht, wenn dir schwindlig ist.
not-with-belly-surgery = Nicht bald nach einer Operation am Bauch.
not-with-heel-or-knee-pain = Nicht bei stechenden Schmerzen in Ferse oder Knie.
not-with-back-or-hip-pain = Nicht bei frischen Schmerzen im unteren Rücken oder in der Hüfte.
not-with-hurt-neck = Nicht mit angeschlagenem Nacken.
not-with-vertigo = Nicht bei Drehschwindel.
not-with-numb-arm = Nicht, wenn ein Arm taub ist.
not-with-back-pain = Nicht bei frischen Schmerzen im unteren Rücken.
not-with-shin-or-foot-pain = Nicht bei neuen Schmerzen in Schienbein oder Fuß.

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
miss-too-fast = Langsamer. Lass dir Zeit.
miss-no-change = Ich konnte keine Veränderung sehen. Nächstes Mal etwas deutlicher.
miss-braked = Der Fuß hat mehr gebremst als sonst. Lass ihn weich landen.
miss-not-kept = Mit Hilfe war es da. Nächstes Mal etwas länger ohne.
miss-too-slow = Ein wenig zügiger. Lass es fließen.
miss-too-little-rise = Komm etwas höher, dann lass die Fersen sinken.
miss-too-much-rise = Ein kleinerer Weg genügt. Bleib da, wo die Waden dich halten können.
miss-bent-rise = Bleib aufrecht, den ganzen Weg nach unten.
miss-too-little-run = Behalt etwas mehr davon.
miss-too-much-run = Etwas weniger. Eine Raste genügt.
miss-too-fast-run = Deine Schritte wurden schneller. Behalt ihren Rhythmus und lass die Neigung machen.
miss-misjudged = Die Pods sahen die andere Art. Spür auf den Gürtel: Bleibt er beim Shirt?
repetition-compared = Beide Arten sind aufgezeichnet.
set-verdict = { $passed } von { $seen }. { $why }
set-verdict-all = { $passed } von { $seen }. Genau so.

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
why-again = Noch einmal „{ $drill }“: Nach sechs Malen gehört es dir.
why-reopened = Kurz zurück zu „{ $drill }“: Was danach kommt, steht darauf.
why-hurts = Was als Nächstes käme, belastet eine Stelle, die wehtut. Gönn ihr Ruhe.
why-on-the-way = Zuerst „{ $drill }“: Das öffnet „{ $then }“.
why-keep = Alles bis hierher gehört dir. „{ $drill }“ ab und zu hält es frisch.

## Woher eine Übung oder ein Grund kommt

provenance-seed = Aus der Lehre eines Trainers, nicht gemessen.
provenance-study = Aus einer Studie.
provenance-ours = Unsere eigene Idee, noch nicht an vielen Läufern geprüft.
