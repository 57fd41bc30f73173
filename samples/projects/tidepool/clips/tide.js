// {"name":"Tide","description":"Waves from brown noise, foam from white: no two of them break at the same place","tags":["ambient","noise","texture","perlin"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-25","scale":"D dorian","color":"#4aa8c9"}
// Water: brown noise for the body, white noise for the foam. Each wave overlaps the one before it.
setcpm(72/4)

$: s("brown").attack(1.6).decay(1.2).sustain(.4).release(2.6)
  .lpf(perlin.range(300, 1400)).lpenv(2).lpattack(1.4).lpdecay(1.5)
  .pan(sine.range(.3, .7).slow(3))
  .gain(3.2)             // brown noise is quiet by nature

$: s("<white ~ white white ~>").late(.3)
  .attack(1.1).decay(.6).sustain(.1).release(2)
  .hpf(2500).lpf(perlin.range(5000, 9000))
  .pan(cosine.range(.25, .75).slow(5))
  .room(.5).roomsize(6).orbit(2)
  .gain(.16)
