## Wahrscheinliche Ursachen

cause-none = Nichts fällt auf, das eine Änderung bräuchte.
cause-not-leaning-enough = Vielleicht neigst du dich weniger als sonst.
cause-waist-bend = Vielleicht neigst du dich aus der Taille statt aus den Knöcheln.
cause-start-habit = Vielleicht knickst du beim Start aus Gewohnheit ein; der Lauf selbst sieht gut aus.
cause-leaning-too-far = Vielleicht neigst du dich weiter, als dir liegt.
cause-fatigue-under = Vielleicht richtest du dich auf, weil du müde wirst.
cause-stiff-calves = Vielleicht halten dich deine Waden aufrecht.
cause-stiff-core = Vielleicht halten dich ein fester Bauch und ein eingezogenes Becken aufrecht.
cause-retracted-head = Vielleicht hält dich ein nach hinten gezogener Kopf aufrecht.
cause-arching = Vielleicht gehst du ins Hohlkreuz, wo eine Neigung genügt.
cause-lean-rises-with-speed = Vielleicht neigst du dich weiter, als dir guttut, aber nur, wenn du schnell läufst.
cause-overstriding = Vielleicht setzt dein Fuß zu weit vorn auf; die Neigung selbst sieht gut aus.
cause-head-held = Vielleicht hältst du den Kopf so still, dass der Abdruck des Fußes unter ihm endet.
cause-fatigue-bend = Vielleicht knickst du in der Taille ein, weil du müde wirst.
cause-asymmetry = Links und rechts unterscheiden sich. Das ist kein Fehler der Neigung.
cause-terrain = Vielleicht sind es die Hügel, und es ist richtig so.
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
evidence-low-for-most = Du neigst dich weniger als die meisten.
evidence-high-for-most = Du neigst dich weiter als die meisten.
evidence-bent-for-most = Du knickst in der Taille mehr als die meisten.
evidence-chest-behind = Deine Brust bleibt hinter dem Becken.
evidence-tucked = Dein Becken ist eingezogen, gemessen an deinem Stand.
evidence-launches-stall = Deine Starts kippen kaum.
evidence-fades-bent = Anfangs in deinem eigenen Bereich, gegen Ende in der Taille geknickt.
evidence-over-at-speed = Nur in den schnellen Abschnitten weiter als dein eigener Bereich.
evidence-brakes = Dein Fuß bremst mehr als sonst.
evidence-slow-cadence = Du machst weniger als 165 Schritte in der Minute.
evidence-asymmetric = Deine Hüfte kommt über die beiden Füße zu verschiedenen Zeiten.
evidence-on-hills = Nur auf Hügeln außerhalb deines eigenen Bereichs.
evidence-tires-upright = Am Ende war deine Neigung { $degrees } Grad kleiner als am Anfang, bei gleichem Tempo.
evidence-tires-bent = Am Ende warst du in der Taille { $degrees } Grad weiter eingeknickt als am Anfang.
evidence-warms-up = Deine Neigung kam erst mit dem Warmwerden.
evidence-steep-with-speed = Je Meter pro Sekunde neigst du dich { $degrees } Grad weiter vor.
evidence-moved-by-hills = Am Hang weicht deine Neigung um { $degrees } Grad von der in der Ebene ab.
evidence-uneven-contact = Ein Fuß bleibt länger am Boden als der andere.
evidence-sore-foot = Danach empfindlich, sagst du: der Fuß.
evidence-sore-achilles = Danach empfindlich, sagst du: die Achillessehne.
evidence-sore-calf = Danach empfindlich, sagst du: die Waden.
evidence-sore-shin = Danach empfindlich, sagst du: die Schienbeine.
evidence-sore-knee = Danach empfindlich, sagst du: das Knie.
evidence-sore-quads = Danach empfindlich, sagst du: die Oberschenkel.
evidence-sore-hip-flexors = Danach empfindlich, sagst du: die Hüftbeuger.
evidence-sore-hip = Danach empfindlich, sagst du: die Hüfte.
evidence-sore-low-back = Danach empfindlich, sagst du: der untere Rücken.
evidence-sore-neck = Danach empfindlich, sagst du: der Nacken.
evidence-sore-other = Danach empfindlich, sagst du: eine andere Stelle.
evidence-felt-legs-push-hard = Es fühlt sich an, als müssten die Beine fest drücken.
evidence-felt-legs-drag = Es fühlt sich an, als schleiften die Beine nach.
evidence-felt-chin-pulled-in = Du ziehst das Kinn ein.
evidence-felt-runs-tall = Du willst groß laufen.
evidence-felt-braces-abs = Du spannst den Bauch an.
evidence-felt-seat-sticks-out = Dein Gesäß steht heraus.
evidence-felt-calves-stiff = Deine Waden fühlen sich steif an.
evidence-fails-knee-to-wall = Im Selbsttest kam dein Knie nicht an die Wand.
evidence-fails-belly-breath = Im Selbsttest wurde dein Unterbauch nicht weit.
evidence-fails-face-glide = Im Selbsttest glitt dein Gesicht nicht nach vorn.
evidence-fails-arch-or-tip = Im Selbsttest gingst du ins Hohlkreuz.
evidence-fails-wall-tilt = Im Selbsttest knicktest du an der Wand ein.
evidence-fails-hands-on-hips = Im Selbsttest veränderten die Hände auf den Hüften dein Laufen.
evidence-one-side-short = In einem Selbsttest kam eine Seite weniger weit.
evidence-sits = Du sitzt viele Stunden.
evidence-danced = Du hast getanzt oder geturnt.

## Die Übung zu einer Ursache, und warum

why-cause-not-leaning-enough = „{ $drill }“ lässt dich die Neigung dort spüren, wo sie am deutlichsten ist: am Anfang eines Laufs.
why-cause-waist-bend = „{ $drill }“ lehrt Gürtel und Brust, gemeinsam zu kippen, bevor mehr Neigung gefragt ist.
why-cause-start-habit = „{ $drill }“, ganz langsam: Lass die Gürtelschnalle vorangehen.
why-cause-leaning-too-far = „{ $drill }“: Nimm den ganzen Körper ein wenig zurück und lass den Fuß vor dir aufsetzen.
why-cause-fatigue-under = „{ $drill }“: Es bis zum Ende zu halten, übt man für sich.
why-cause-stiff-calves = „{ $drill }“: Erst geben die Waden nach, dann kann der Knöchel sich beugen.
why-cause-stiff-core = „{ $drill }“: Erst bekommt der Bauch Raum, dann kann das Becken sich bewegen.
why-cause-retracted-head = „{ $drill }“: Wohin das Gesicht geht, kann der Rest folgen.
why-cause-arching = „{ $drill }“ lässt dich den Unterschied zwischen Hohlkreuz und Kippen spüren.
why-cause-lean-rises-with-speed = „{ $drill }“ lässt dich spüren, wie wenig Neigung das Tempo braucht.
why-cause-overstriding = „{ $drill }“ zeigt, was deine Neigung mit der Landung macht.
why-cause-head-held = „{ $drill }“ lässt den Abdruck weiter nach oben wandern.
why-cause-fatigue-bend = „{ $drill }“: Es bis zum Ende zu halten, übt man für sich. Eine Fachkraft kann dir helfen, die Hüften zu kräftigen.

## Selbsttests

self-test-knee-to-wall = Steh eine Handbreit vor einer Wand, die Ferse am Boden. Kommt das Knie an die Wand, links und rechts gleich?
self-test-belly-breath = Leg dich auf den Rücken, die Hände auf den Unterbauch. Wird er beim Einatmen weit?
self-test-face-glide = Steh und schau weit weg. Gleitet das Gesicht leicht nach vorn, ohne dass das Kinn hochgeht?
self-test-arch-or-tip = Halt dich fest und schwing ein Bein nach hinten. Bleibt der Rücken lang, oder geht er ins Hohlkreuz?
self-test-wall-tilt = Neig dich zu einer Wand, mit jemandem oder einem Spiegel neben dir. Ist es eine Linie vom Knöchel bis zum Ohr?
self-test-hands-on-hips = Lauf eine halbe Minute mit Händen auf den Hüften, den Nacken weich. Fühlt es sich an wie vorher?
