## Warum eine Übung jetzt nicht beginnen kann

gate-pain-strong = Du hast Schmerz von drei oder mehr gemeldet. Heute keine Übung: Das ist keine Frage der Technik. Wenn er bleibt, frag jemanden, der dich untersuchen kann.
gate-pain-sharp = Du hast stechenden Schmerz gemeldet. Heute bitte keine Übung. Wenn er bleibt, frag jemanden, der dich untersuchen kann.
gate-pain-limping = Du hast Schmerz gemeldet, der deinen Gang verändert. Heute bitte keine Übung. Wenn er bleibt, frag jemanden, der dich untersuchen kann.
gate-pain-grows = Du hast Schmerz gemeldet, der zunimmt. Gib ihm einen Tag bis zur nächsten Übung.
gate-ask-first = Sag mir zuerst, wie es dir heute geht.
gate-locked = Diese Übung öffnet sich nach „{ $drill }“.
gate-no-pod = Kein Pod ist verbunden.
gate-second-pod = Diese Übung braucht beide Pods: Erst Brust und Becken zusammen zeigen, ob du in einem Stück kippst.
gate-calibrate = Dein letzter Stand ist über { $hours } Stunden alt, oder es gibt noch keinen. Pods sitzen selten zweimal gleich.

## Was trotzdem geht

gate-allowed-look-back = Du kannst deine bisherigen Läufe ansehen und dich wieder melden, wenn es weg ist.
gate-allowed-stand-and-rest = Der Stand zur Kalibrierung ist in Ordnung, Ruhe auch.
gate-allowed-check-in = Die Frage dauert zehn Sekunden.
gate-allowed-opener = Die Übung davor ist für dich offen.
gate-allowed-pod = Schalte einen Pod ein und halte ihn nah am Telefon.
gate-allowed-one-pod = Mit einem Pod kannst du kalibrieren und laufen.
gate-allowed-calibrate = Stell dich zuerst zur Kalibrierung hin. Das dauert eine Minute.

## Wie es geht

check-in-after = Tut jetzt etwas weh? Der untere Rücken, die Waden, sonst etwas?
check-in-tomorrow = Ich frage morgen noch einmal.
