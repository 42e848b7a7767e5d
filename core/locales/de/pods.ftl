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

## Was mit dem Signal eines Pods nicht stimmt

fault-unknown-format = Ich kann seine Daten nicht lesen. Erneuere seine Firmware oder diese App.
fault-not-finite = Er sendet Werte, die keine Zahlen sind. Schalte ihn aus und wieder ein.
fault-zeros = Sein Beschleunigungsmesser ist tot. Schalte ihn aus und wieder ein; hilft das nicht, ist er kaputt.
fault-frozen = Sein Sensor hängt. Schalte ihn aus und wieder ein.
fault-saturated = Sein Sensor steht ständig am Anschlag. Mach den Pod fest, oder stelle mit der App seines Herstellers einen weiteren Bereich ein.
fault-other-rate = Er misst mit einer anderen Rate, als er sagt, darum sind seine Zeiten weniger sicher. Schalte ihn aus und wieder ein.

## Was das Vertrauen in die Zahlen eines Pods senkt

doubt-no-gyroscope = Er hat kein Gyroskop: Seine Winkel sind gröber, und ich bin öfter unsicher. Trage ihn straff.
doubt-no-stamps = Er stempelt seine Daten nicht: Es gilt die Zeit ihrer Ankunft, und ein Verlust zeigt sich spät. Halte das Telefon nah bei ihm.
doubt-low-rate = Er misst weniger als 100-mal in der Sekunde: Kontaktzeiten sind gröber. Wähle eine höhere Rate, wo die App seines Herstellers eine bietet.
doubt-low-range = Harte Landungen gehen über seinen Bereich hinaus und werden abgeschnitten. Trage ihn straff, damit er nicht schlägt.
doubt-no-sequence = Er nummeriert seine Daten nicht, darum zeigt sich ein Verlust nur an ihren Zeiten. Halte das Telefon nah bei ihm.
doubt-no-checksum = Er prüft seine Daten nicht, darum kann ein beschädigter Wert als echter durchgehen. Trau Mittelwerten mehr als einzelnen Schritten.

## Pods in der Nähe

found-own = Mit dir gekoppelt.
found-unknown = Nicht gekoppelt. Wenn es deiner ist, wähle, wo du ihn trägst; fremde Pods lasse ich in Ruhe.
found-same-name = Ein anderer Pod in der Nähe heißt genauso. Lass einen blinken oder halte einen weit weg, um zu sehen, welcher welcher ist.

## Warum ein Pod nicht gekoppelt wurde

pair-not-nearby = Dieser Pod ist nicht in der Nähe. Schalte ihn ein und such noch einmal.
pair-place-taken = Diesen Platz hat ein anderer Pod. Vergiss erst jenen, oder wähle einen anderen Platz.
