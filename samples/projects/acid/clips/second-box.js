// {"name":"Second Box","description":"The square-wave answer, seven steps against sixteen","tags":["acid","lead","polymeter","square"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-03","scale":"A phrygian","color":"#5fe07a"}
// The answer to the acid line: square wave, seven steps against sixteen, so the pair needs seven bars to agree.
setcpm(132/4)

$: note("{a2 ~ c3 a2 e3 ~ <g2 bb2>}%16")
  .s("square")
  .decay(.1).sustain(0)
  .lpf(saw.rangex(300, 2600).slow(7)).lpq(9)
  .lpenv(2.5).lpdecay(.08)
  .degradeBy(.15)
  .pan("{.25 .75 .4}%16")
  .delay(.3).delaytime(.341).delayfeedback(.45).orbit(3)
  .gain(.42)
