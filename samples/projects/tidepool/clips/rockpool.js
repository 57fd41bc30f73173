// {"name":"Rockpool","description":"A complete piece that arranges itself: water, bells, choir, and back, every sixteen bars","tags":["ambient","full track","arrange","generative"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-30","scale":"D dorian","color":"#2fb5a0"}
// A piece that arranges itself: three scenes, sixteen bars, then the tide turns and it starts over.
setcpm(72/4)

const water = s("brown").attack(1.5).release(2.5)
  .lpf(sine.rangex(250, 1200).slow(4)).gain(2.6)

const floor = note("<d2 d2 a1 c2>").s("triangle").attack(1).release(2)
  .lpf(600).gain(.3)

const bells = n(irand(8).segment(8)).degradeBy(.55)
  .scale("D4:dorian").s("sine").fm(2).fmh(3.01).fmdecay(.3)
  .decay(1.2).sustain(0).pan(rand)
  .delay(.5).delaytime(.625).delayfeedback(.6).gain(.16).orbit(4)

const choir = chord("<Dm9 C^9 Am9 Em7>").voicing()
  .s("supersaw").unison(3).detune(.1)
  .attack(.9).release(1.6).lpf(1100)
  .room(.8).roomsize(7).gain(.16).orbit(3)

$: arrange(
  [4, stack(water, floor)],
  [4, stack(water, floor, bells)],
  [6, stack(water, floor, bells.jux(rev), choir)],
  [2, stack(water, choir)],
)
