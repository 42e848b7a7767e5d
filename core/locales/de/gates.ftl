## Warum eine Übung jetzt nicht beginnen kann

gate-pain-strong = Du hast Schmerz von drei oder mehr gemeldet. Heute keine Übung: Das ist keine Frage der Technik. Wenn er bleibt, frag jemanden, der dich untersuchen kann.
gate-pain-sharp = Du hast stechenden Schmerz gemeldet. Heute bitte keine Übung. Wenn er bleibt, frag jemanden, der dich untersuchen kann.
gate-pain-limping = Du hast Schmerz gemeldet, der deinen Gang verändert. Heute bitte keine Übung. Wenn er bleibt, frag jemanden, der dich untersuchen kann.
gate-sign-numbness = Du hast von Taubheit berichtet. Heute keine Übung: Das ist keine Frage der Technik. Frag jemanden, der dich untersuchen kann.
gate-sign-swelling = Du hast von einer Schwellung berichtet. Heute keine Übung: Das ist keine Frage der Technik. Frag jemanden, der dich untersuchen kann.
gate-sign-dizziness = Du hast von Schwindel berichtet. Heute keine Übung. Bleibt er, frag jemanden, der dich untersuchen kann.
gate-sign-chest-tightness = Du hast von Enge in der Brust berichtet. Keine Übung, und bitte auch kein Lauf: Lass es ansehen, sofort, wenn es stark ist.
gate-not-now-surgery = Du hast von einer Operation berichtet. Keine Übung, bis jemand, der sich auskennt, sie erlaubt.
gate-not-now-fracture = Du hast von einem Knochenbruch berichtet. Keine Übung, bis jemand, der sich auskennt, sie erlaubt.
gate-not-now-late-pregnancy = Spät in einer Schwangerschaft gibt es hier keine Übung. Alles Gute euch beiden.
gate-pain-grows = Du hast Schmerz gemeldet, der zunimmt. Gib ihm einen Tag bis zur nächsten Übung.
gate-ask-first = Sag mir zuerst, wie es dir heute geht.
gate-locked = Diese Übung öffnet sich nach „{ $drill }“.
gate-locked-either = Diese öffnet sich nach „{ $drill }“ oder „{ $other }“.
gate-locked-stand = Diese öffnet sich nach dem ersten Stand.
gate-locked-leans-too-far = Diese ist für alle, die sich weiter neigen, als ihnen guttut. Sie öffnet sich, wenn deine Läufe das zeigen.
gate-locked-arches = Diese ist für einen Rücken, der ins Hohlkreuz geht. Sie öffnet sich, wenn deine Läufe oder ein Selbsttest das zeigen.
gate-locked-head-back = Diese ist für einen zurückgezogenen Kopf. Sie öffnet sich, wenn deine Läufe oder ein Selbsttest das zeigen.
gate-locked-mastered = Diese öffnet sich, wenn dir { $count } Übungen gehören.
gate-leans-too-far = Diese verlangt mehr Neigung, und gerade neigst du dich weiter, als dir guttut.
gate-no-pod = Kein Pod ist verbunden.
gate-second-pod = Diese Übung braucht beide Pods: Erst Brust und Becken zusammen zeigen, ob du in einem Stück kippst.
gate-calibrate = Dein letzter Stand ist über { $hours } Stunden alt, oder es gibt noch keinen. Pods sitzen selten zweimal gleich.

## Was trotzdem geht

gate-allowed-look-back = Du kannst deine bisherigen Läufe ansehen und dich wieder melden, wenn es weg ist.
gate-allowed-gentle = Der Stand zum Messen, das Waden-Wecken und das Atmen gehen, und Ruhe auch.
gate-allowed-others = Andere Übungen sind offen.
gate-allowed-check-in = Die Frage dauert zehn Sekunden.
gate-allowed-opener = Die Übung davor ist für dich offen.
gate-allowed-pod = Schalte einen Pod ein und halte ihn nah am Telefon.
gate-allowed-one-pod = Mit einem Pod kannst du kalibrieren und laufen.
gate-allowed-calibrate = Stell dich zuerst zur Kalibrierung hin. Das dauert eine Minute.

## Wie es geht

check-in-after = Tut jetzt etwas weh? Der untere Rücken, die Waden, sonst etwas?
check-in-tomorrow = Ich frage morgen noch einmal.
