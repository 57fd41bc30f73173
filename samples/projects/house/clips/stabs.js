// {"name":"Stabs","description":"Minor ninths, short and late, under a filter that sets for four bars and rises for four","tags":["house","chords","voicing","delay"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-18","scale":"F minor","color":"#ec6a9c"}
// Minor ninths on the off-beat: the chord every sunset set ends on.
setcpm(124/4)

$: chord("<Fm9 Db^7 Ab^7 Eb9sus>").voicing()
  .struct("<[[~ x] [~ ~ x ~] [~ x] ~] [[~ x] [~ ~ x ~] [~ x] [~ x ~ ~]]>")
  .s("sawtooth").add(note("0,.12"))       // each voice twice, 12 cents apart
  .decay(.17).sustain(0)
  .lpf(sine.range(700, 2800).slow(8))     // the sun goes down for four bars, up for four
  .lpenv(2).lpdecay(.1)
  .delay(.3).delaytime(.363).delayfeedback(.45)   // three sixteenths
  .room(.4).roomsize(3)
  .gain(.18).orbit(3)
