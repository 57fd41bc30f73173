// {"name":"Acid Line","description":"Sixteen steps of resonant sawtooth with accents and slides; the cutoff opens and closes over eight bars","tags":["acid","bass","303","resonance","slides"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-03","scale":"A phrygian","color":"#b6f23c"}
// One sawtooth, one resonant filter, sixteen steps: everything else is where you put the accents.
setcpm(132/4)

$: note("a1 a1 a2 a1 c2 a1 <bb1 g1> a1 a1 a2 a1 <bb2 c3> a1 e2 g1 <a1 [a1 a2]>")
  .s("sawtooth")
  .decay(.16).sustain(.1).release(.03)
  .penv("0 0 0 12 0 0 <-1 2> 0 0 0 12 0 0 0 9 0").pdecay(.06).psustain(0)   // slides
  .velocity("1 .6 .9 .6 .7 1 .6 .8 1 .6 .9 .6 .7 1 .6 .8")
  .lpf(sine.rangex(220, 1400).slow(8))    // the hand on the cutoff: eight bars up and down
  .lpq("<12 12 16 20>")
  .lpenv("2 2 4 2 2 5 2 2 3 2 4 2 2 5 2 3").lpdecay(.11)
  .distort("1.4:.46")
  .delay(.25).delaytime(.341).delayfeedback(.4).orbit(2)
  .gain(.5)
  ._pianoroll()
