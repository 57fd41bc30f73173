// {"name":"Riser","description":"Eight bars of rising noise and siren, then one beat of nothing","tags":["drum and bass","fx","riser","noise"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-13","scale":"E minor","color":"#c0c7d1"}
// Eight bars of rising noise and a siren, then a hole for the drop to fall into.
setcpm(174/4)

$: s("white*16").decay(.09).sustain(.3)
  .bpf(saw.rangex(300, 9000).slow(8)).bpq(2)
  .velocity(saw.range(.05, 1).slow(8))
  .mask("<1!7 [1@3 0]>")
  .room(.4).roomsize(4).orbit(5)
  .gain(1.4)

$: note("e3*<2 2 4 4 8 8 16 16>").add(note(saw.range(0, 12).slow(8)))
  .s("pulse").pw(.3)
  .decay(.08).sustain(0)
  .lpf(saw.rangex(400, 5000).slow(8))
  .velocity(saw.range(.2, 1).slow(8))
  .mask("<1!7 [1@3 0]>")
  .room(.4).roomsize(4).orbit(5)
  .gain(.2)
