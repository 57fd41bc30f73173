// {"name":"Pebbles","description":"Loops of five, seven and three steps thrown at the same speed: a polymeter of zzfx plucks","tags":["ambient","generative","polymeter","zzfx"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-27","scale":"D dorian","color":"#c9b38a"}
// Three loops of 5, 7 and 3 stones thrown at the same speed: they meet again after 105 steps.
setcpm(72/4)

$: n("{0 4 ~ 7 2, ~ 9 4 ~ 6 ~ 11, 14 ~ ~}%8")
  .scale("D3:minor:pentatonic")
  .s("<z_sine z_triangle>")               // zzfx: the tiny game synthesiser inside Strudel
  .attack(.002).decay(.09).sustain(.1).release(.12)
  .velocity("[1 .5 .7 .4]*2")
  .pan(sine.range(.1, .9).fast(.3))
  .every(4, rev)
  .sometimesBy(.2, x => x.add(note(12)))
  .delay(.4).delaytime(.417).delayfeedback(.55)
  .room(.5).roomsize(6).orbit(5)
  .gain(.6)
