// {"name":"Gulls","description":"The tune: a glassy fm lead that answers itself an octave higher","tags":["house","lead","fm","melody"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-19","scale":"F minor","color":"#5cc8d7"}
// Four bars of melody over four chords, in two voices that mirror each other left and right.
setcpm(124/4)

$: n(`<
  [[~ 4] [6 ~] [8 ~ 6 4] ~]
  [[~ 4] [2 ~] [4 ~ 2 0] ~]
  [[~ 4] [6 ~] [8 ~ 9 8] [6 4]]
  [[~ 3] [0 ~] [3@3 4]   [~ 2]]
>`)
  .scale("F4:minor")
  .s("sine").fm(1.6).fmh(2).fmdecay(.12).fmsustain(.1)
  .decay(.3).sustain(.1).release(.2)
  .off(3/16, x => x.add(note(12)).velocity(.35))
  .juxBy(.6, x => x.late(1/48))
  .delay(.45).delaytime(.363).delayfeedback(.5)
  .room(.4).roomsize(3)
  .gain(.34).orbit(5)
  ._pianoroll()
