// {"name":"Liquid Keys","description":"An fm electric piano on four chords, never quite where you expect it","tags":["drum and bass","chords","fm","voicing"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-12","scale":"E minor","color":"#35c4b5"}
// An electric piano in two controls: fm brightness follows velocity, tremolo moves the stereo picture.
setcpm(174/4)

$: chord("<Em9 G^7 C^7 Bm7>").anchor("d5").voicing()
  .struct("<[x ~ ~ x ~ ~ ~ ~] [~ ~ x ~ ~ x? ~ ~]>")
  .s("sine").fm(rand.range(.6, 1.6)).fmh(2).fmdecay(.25).fmsustain(.1)
  .attack(.004).decay(.6).sustain(.2).release(.5)
  .velocity(rand.range(.6, 1))
  .pan(sine.range(.3, .7).fast(1.5))
  .delay(.3).delaytime(.259).delayfeedback(.5)
  .room(.5).roomsize(4).orbit(3)
  .gain(.28)
