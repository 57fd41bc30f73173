// {"name":"Toms","description":"Five, seven and three against the grid, tuned and rotating","tags":["acid","drums","toms","euclid","polyrhythm"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-04","scale":"A phrygian","color":"#e08a4a"}
// Polyrhythm for the feet: five over sixteen, seven over sixteen, three over eight.
setcpm(132/4)

$: note("<a2(5,16) a2(5,16,3)>, e2(7,16,<2 5>), <~ d3(3,8)>")
  .s("sine").fm(.8).fmh(1.4).fmdecay(.04)
  .penv(9).pdecay(.07).psustain(0)
  .decay(.19).sustain(0)
  .velocity(sine.range(.5, 1).fast(3))
  .iter(4)
  .pan("<.3 .7>*8")
  .room(.3).roomsize(2).orbit(4)
  .gain(.48)
