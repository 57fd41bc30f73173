// {"name":"Skyline","description":"Eight notes answered a fifth higher and mirrored left and right","tags":["drum and bass","arp","off","jux"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-13","scale":"E minor","color":"#58a6ff"}
// Eight notes, answered a fifth higher inside the scale, mirrored left and right: the arpeggio of every night drive.
setcpm(174/4)

$: n("0 2 4 7 <9 8> 7 4 2")
  .add(n("<0 -2 2 -3>/2"))
  .scale("E4:minor")
  .s("triangle")
  .decay(.11).sustain(0)
  .off(1/8, x => x.scaleTranspose(4).velocity(.5))
  .jux(rev)
  .lpf(sine.rangex(800, 5000).slow(16))
  .delay(.3).delaytime(.259).delayfeedback(.5)
  .room(.4).roomsize(4).orbit(4)
  .gain(.36)
  ._pianoroll()
