## Das Funkgerät

radio-off = Bluetooth ist aus. Schalte es ein, dann verbinden sich deine Pods von selbst.
radio-not-permitted = Diese App darf Bluetooth nicht benutzen. Erlaube es in den Einstellungen des Systems.
radio-absent = Hier gibt es kein Bluetooth, oder sein Dienst läuft nicht. Starte ihn, oder stecke einen Adapter ein.

## Wie es einem gekoppelten Pod geht

pod-radio-off = Wartet auf Bluetooth.
pod-searching = Noch nicht gefunden. Schalte ihn ein oder leg ihn an, und halte ihn in der Nähe.
pod-connecting = Gefunden. Verbindet sich.
pod-preparing = Verbunden. Seine Messung beginnt.
pod-shown = Verbunden, damit du siehst, welcher es ist. Wähle, wo du ihn trägst.
pod-streaming = Sendet.
pod-silent = Verbunden, aber er sendet nichts. Wenn das so bleibt, verbinde ich ihn neu.
pod-lost = Außer Reichweite. Er kommt von selbst zurück, lauf weiter.
pod-leaving = Wird losgelassen.

## Warum ein Pod so nicht taugt

pod-needs-pairing = Er will erst vom System gekoppelt werden: Kopple ihn in den Bluetooth-Einstellungen des Telefons und komm dann hierher zurück.
pod-firmware-too-old = Seine Firmware ist zu alt, um zu senden. Aktualisiere sie mit der App des Herstellers.
pod-occupied = Eine andere App oder ein anderes Telefon benutzt ihn. Schließe sie; ich versuche es wieder.
pod-another-device = Dieses Gerät ist nicht der Pod, der es zu sein schien. Wähle ein anderes.
pod-no-motion = Dieses Gerät sendet keine Bewegung, nur Summen wie Tempo oder Puls. Trag es neben einem Pod, nicht statt eines Pods.
pod-on-charger = Er liegt auf dem Ladegerät. Nimm ihn herunter und leg ihn an; ich versuche es wieder.
pod-no-settings = Er bietet keine Rate und keinen Messbereich, die ich brauchen kann.
pod-no-answer = Er antwortet nicht. Schalte ihn aus und wieder ein; ich versuche es wieder.
pod-failed = Er wollte nicht beginnen. Schalte ihn aus und wieder ein; ich versuche es wieder.

## Pods in der Nähe

found-own = Mit dir gekoppelt.
found-unknown = Nicht gekoppelt. Wenn es deiner ist, wähle, wo du ihn trägst; fremde Pods lasse ich in Ruhe.
found-same-name = Ein anderer Pod in der Nähe heißt genauso. Lass einen blinken oder halte einen weit weg, um zu sehen, welcher welcher ist.

## Warum ein Pod nicht gekoppelt wurde

pair-not-nearby = Dieser Pod ist nicht in der Nähe. Schalte ihn ein und such noch einmal.
pair-place-taken = Diesen Platz hat ein anderer Pod. Vergiss erst jenen, oder wähle einen anderen Platz.
