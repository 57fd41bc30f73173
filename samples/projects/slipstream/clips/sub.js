// {"name":"Sub","description":"A sine that slides from root to root, with just enough warmth for small speakers","tags":["drum and bass","bass","sub","glide"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-10","scale":"E minor","color":"#2d6cdf"}
// Felt more than heard: a sine that slides from root to root.
setcpm(174/4)

$: note("<[e1@6 ~ e1] [~@3 e1@4 d1] [c1@6 ~ c1] [~@3 b0@4 d1]>")
  .s("sine")
  .penv("<0 [0 2] 0 [1 -3]>").pdecay(.12).psustain(0)   // where each slide starts, in semitones
  .attack(.01).decay(.3).sustain(.8).release(.08)
  .distort(".5:.7")                       // a little warmth, so small speakers hear it
  .gain(.66)
