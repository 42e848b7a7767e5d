## Der eine Satz zu einem Lauf. Minuten sind gleichmäßig gelaufene Minuten.

headline-good = Du hast deine eigene Neigung { $minutes } von { $total } { $total ->
        [one] gleichmäßigen Minute
       *[other] gleichmäßigen Minuten
    } gehalten.
headline-fades = Du hast deine eigene Neigung { $minutes } von { $total } { $total ->
        [one] gleichmäßigen Minute
       *[other] gleichmäßigen Minuten
    } gehalten und dich dann aufgerichtet.
headline-under = Du bist { $minutes } von { $total } { $total ->
        [one] gleichmäßigen Minute
       *[other] gleichmäßigen Minuten
    } aufrechter gelaufen als in deinem eigenen Bereich.
headline-over = Du hast dich { $minutes } von { $total } { $total ->
        [one] gleichmäßigen Minute
       *[other] gleichmäßigen Minuten
    } weiter geneigt als in deinem eigenen Bereich.
headline-waist-bend = Du bist { $minutes } von { $total } { $total ->
        [one] gleichmäßigen Minute
       *[other] gleichmäßigen Minuten
    } stärker als sonst in der Taille eingeknickt.
headline-mixed = Deine Neigung hat sich im Lauf verändert: { $minutes } von { $total } { $total ->
        [one] gleichmäßigen Minute
       *[other] gleichmäßigen Minuten
    } in deinem eigenen Bereich.
headline-not-sure = Den größten Teil dieses Laufs konnte ich nicht beurteilen. Unten steht, was ich gesehen habe und was mir fehlte.
headline-learning = Ich lerne noch, wie du dich neigst: diesmal { $degrees } Grad. Dazu braucht es drei gleichmäßige Läufe.
headline-no-running = In dieser Aufnahme war kein Laufen zu sehen.

## Der Verlauf der Neigung

drift-upright = Deine Neigung ging im Mittel um { $degrees } Grad je zehn Minuten zurück.
drift-forward = Deine Neigung nahm im Mittel um { $degrees } Grad je zehn Minuten zu.
drift-none = Deine Neigung blieb von Anfang bis Ende gleich.

## Starts aus dem Stand

launches-none = Kein Start aus dem Stand war zu sehen.
launches-seen = { $tipped } von { $seen } { $seen ->
        [one] Start
       *[other] Starts
    } in einem Stück gekippt.

## Was die Daten nicht sagen konnten

untold-no-neutral = Am Anfang fehlte ein ruhiger Stand. Darum kann ich nicht sagen, wie weit du dich geneigt hast.
change-forward = Von deiner ersten Minute bis zur letzten ging deine Neigung { $degrees } Grad weiter nach vorn.
change-back = Von deiner ersten Minute bis zur letzten wurdest du { $degrees } Grad aufrechter.
change-none = Von deiner ersten Minute bis zur letzten hat sich deine Neigung kaum verändert, um höchstens ein Grad.
untold-no-chest = Ohne den Brust-Pod kann ich deine Rumpfneigung nicht erkennen.
untold-no-pelvis = Ohne den Becken-Pod kann ich eine Neigung aus den Knöcheln nicht von einem Knick in der Taille unterscheiden.
untold-no-gyro = Der { $pod } hat kein Gyroskop, darum sind seine Winkel gröber.
untold-unreadable = Der { $pod } hat Daten gesendet, die ich nicht lesen konnte. Erneuere seine Firmware oder diese App.
untold-by-arrival = Der { $pod } stempelt seine Daten nicht, darum gilt die Zeit ihrer Ankunft: Schrittfrequenz und Winkel sind weniger sicher.
untold-low-rate = Der { $pod } misst weniger als 100-mal in der Sekunde, darum sind die Kontaktzeiten gröber.
untold-spread = Deine Stände bei der Kalibrierung lagen { $spread } Grad auseinander. Um so viel kann jeder Winkel danebenliegen.
untold-gaps = { $seconds ->
        [one] Eine Sekunde Daten fehlt.
       *[other] { $seconds } Sekunden Daten fehlen.
    } Ich habe sie ausgelassen.
untold-moved = Der { $pod } hat sich bei { $at } an seinem Gurt verdreht. Ab da traue ich seinen Winkeln nicht, bis du wieder ruhig stehst.
untold-loose = Der { $pod } hat sich bei { $at } verdreht und wackelt: Sein Gurt ist locker. Ab da traue ich seinen Winkeln nicht.
untold-swapped = Brust-Pod und Becken-Pod scheinen vertauscht zu sein. Dann sind hier Rumpf und Becken verwechselt.
untold-apart = Die Uhren deiner Pods gehen auseinander. Welcher Fuß es war und wie lange er stand, sagt deshalb der Becken-Pod allein, und vertauschte Pods fielen nicht auf.
untold-stand = In einem späteren Stand wich der { $pod } weiter ab, als ein Stand sich wiederholt: Er hatte sich am Gurt verdreht, oder du standst anders. { $seconds ->
        [one] Eine Sekunde
       *[other] { $seconds } Sekunden
    } Lauf, die dann eine andere Neigung hätten, lasse ich offen. Steh nach einem Lauf fünf Sekunden aufrecht, dann weiß ich es.
untold-frozen = Der { $pod } hat { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } lang nicht gemessen, während du liefst.
untold-bad-time = { $seconds ->
        [one] Eine Sekunde Daten ist
       *[other] { $seconds } Sekunden Daten sind
    } ausgelassen ({ $pod }), weil die Zeiten darin nicht stimmen können. Schalte den Pod aus und wieder ein.
untold-clipped = Über { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } lagen Stöße außerhalb des Messbereichs: { $pod }.
untold-disagree = { $seconds ->
        [one] Eine Sekunde
       *[other] { $seconds } Sekunden
    } lang waren Gyroskop und Beschleunigungssensor uneins: { $pod }. Dort traue ich den Winkeln nicht.
untold-holes = { $seconds ->
        [one] Eine Sekunde
       *[other] { $seconds } Sekunden
    } Lauf blieben ohne Klasse: Dort fehlt zu viel von den Daten eines Pods oder ist abgeschnitten.
untold-not-steady = { $seconds ->
        [one] Eine Sekunde
       *[other] { $seconds } Sekunden
    } Lauf fehlen in den Mittelwerten: Das Tempo war nicht stetig.
untold-turning = { $seconds ->
        [one] Eine Sekunde
       *[other] { $seconds } Sekunden
    } Lauf fehlen in den Mittelwerten: Du bist Kurven gelaufen.
untold-grade = { $seconds ->
        [one] Eine Sekunde
       *[other] { $seconds } Sekunden
    } Lauf an Steigungen sind abgetrennt: Dort bedeutet eine Neigung etwas anderes.
untold-few-steps = Nur { $steps } { $steps ->
        [one] gleichmäßiger Schritt war
       *[other] gleichmäßige Schritte waren
    } zu sehen. Das ist zu wenig für ein Urteil.
untold-no-own-band = Deinen eigenen Bereich kenne ich noch nicht. Dafür braucht es drei gültige Läufe; bis dahin kann ich ihn nur grob schätzen und bin oft unsicher.
untold-drift = Der Lauf war zu kurz, um zu sagen, wie sich deine Neigung verändert hat.
untold-not-sure = { $minutes ->
        [1.0] { $minutes } Minute blieb
       *[other] { $minutes } Minuten blieben
    } ohne Klasse: zu nah am Rand deines Bereichs oder zu wenig Daten.
untold-no-speed = Es wurden keine Positionen aufgezeichnet, darum sind Tempo und Steigung nicht getrennt.

## Namen der Klassen

class-under = aufrechter als deine eigene
class-good = deine eigene Neigung
class-over = weiter als deine eigene
class-waist-bend = in der Taille eingeknickt
class-not-sure = nicht sicher

## Eine fertige Übung als Überschrift

headline-calibration = Lot gefunden: Stände auf { $spread } Grad gleich.
headline-calibration-failed = Lot nicht gefunden. Die Stände müssen wiederholt werden.
