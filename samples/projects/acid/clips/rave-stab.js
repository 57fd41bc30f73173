// {"name":"Rave Stab","description":"One minor chord moved in parallel on seven detuned saws","tags":["acid","chords","supersaw","rave"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-05","scale":"A phrygian","color":"#f04fb1"}
// One minor chord moved around in parallel, the way a sampler would have done it in 1991.
setcpm(132/4)

$: note("<[a3,c4,e4]!2 [g3,bb3,d4] [bb3,db4,f4]>")
  .struct("<[x ~ ~ x ~ ~ x ~] [~ ~ x ~ ~ x ~ x]>")
  .s("supersaw").unison(7).detune(.3).spread(.9)
  .decay(.22).sustain(0)
  .lpf(500).lpenv(3.5).lpdecay(.2).lpq(3)
  .every(4, x => x.ply(2))
  .room(.5).roomsize(4).delay(.2).delaytime(.341).delayfeedback(.3).orbit(5)
  .gain(.55)
