// {"name":"Drone","description":"Root and fifth, doubled a few cents apart, over a very low sine","tags":["ambient","drone","bass","vibrato"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-25","scale":"D dorian","color":"#3b6ea8"}
// The floor of the pool: root and fifth, slightly out of tune, forever.
setcpm(72/4)

$: note("<[d2,a2] [d2,a2] [d2,a2,e3] [c2,g2]>/2")
  .add(note("0,.07"))
  .s("triangle")
  .attack(2).release(3)
  .vib(.3).vibmod(.06)
  .lpf(sine.rangex(220, 900).slow(7))
  .pan(rand.range(.35, .65))
  .gain(.22)

$: note("<d1 d1 d1 c1>/2").s("sine")
  .attack(1).release(3)
  .gain(.34)
