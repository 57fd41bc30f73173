// {"name":"Whale","description":"Rare, sliding, vowel-shaped calls with a great deal of room around them","tags":["ambient","vowel","glide","sparse"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-28","scale":"D dorian","color":"#5566aa"}
// A call from far away. Most bars are silent, and the silence belongs to it.
setcpm(72/4)

$: note("<d3 ~ ~ [a2@3 c3] ~ e3 ~ ~>")
  .s("sawtooth").vowel("<o u o a>")
  .penv("<-5 0 0 7 0 -3>").pattack(.01).pdecay(1.4).psustain(0)   // each call glides into its note
  .vib(4).vibmod(.15)
  .attack(.8).decay(.5).sustain(.6).release(2)
  .lpf(900)
  .someCyclesBy(.3, x => x.add(note(-12)))
  .pan(perlin)
  .room(1).roomsize(9).orbit(6)
  .gain(.5)
