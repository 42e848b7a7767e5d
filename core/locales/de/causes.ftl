## Wahrscheinliche Ursachen

cause-none = Nichts fällt auf, das eine Änderung bräuchte.
cause-not-leaning-enough = Vielleicht neigst du dich weniger als sonst.
cause-waist-bend = Vielleicht neigst du dich aus der Taille statt aus den Knöcheln.
cause-start-habit = Vielleicht knickst du beim Start aus Gewohnheit ein; der Lauf selbst sieht gut aus.
cause-leaning-too-far = Vielleicht neigst du dich weiter, als dir liegt.
cause-fatigue-under = Vielleicht richtest du dich auf, weil du müde wirst.
cause-share = Die Prozentzahl ist unsere Gewichtung der Anzeichen.

## Belege

evidence-mostly-under = { $share } % der beurteilten Zeit aufrechter als dein eigener Bereich.
evidence-mostly-over = { $share } % der beurteilten Zeit weiter geneigt als dein eigener Bereich.
evidence-mostly-bent = { $share } % der beurteilten Zeit in der Taille eingeknickt.
evidence-below-band = Deine Rumpfneigung war { $lean } Grad; dein eigener Bereich beginnt bei { $edge }.
evidence-above-band = Deine Rumpfneigung war { $lean } Grad; dein eigener Bereich endet bei { $edge }.
evidence-late = Deine Hüfte kam später als sonst über den Fuß.
evidence-early = Deine Hüfte kam früher als sonst über den Fuß.
evidence-bend = Dein Knick in der Taille war { $bend } Grad; üblich sind bei dir { $usual }.
evidence-launches-bent = { $bent } von { $seen } Starts in der Taille eingeknickt.
evidence-run-fine = Der Lauf selbst lag { $share } % der beurteilten Zeit in deinem eigenen Bereich.
evidence-fades = Anfangs in deinem eigenen Bereich, gegen Ende aufrechter.
evidence-drift = Deine Neigung ging im Mittel um { $degrees } Grad je zehn Minuten zurück.

## Die Übung zu einer Ursache, und warum

why-cause-not-leaning-enough = „{ $drill }“ lässt dich die Neigung dort spüren, wo sie am deutlichsten ist: am Anfang eines Laufs.
why-cause-waist-bend = „{ $drill }“ lehrt Gürtel und Brust, gemeinsam zu kippen, bevor mehr Neigung gefragt ist.
why-cause-start-habit = „{ $drill }“, ganz langsam: Lass die Gürtelschnalle vorangehen.
why-cause-leaning-too-far = „{ $drill }“ lässt dich spüren, wie wenig Neigung reicht.
why-cause-fatigue-under = „{ $drill }“, ausgeruht: Eine Neigung, die am Anfang leicht fällt, hält länger.
