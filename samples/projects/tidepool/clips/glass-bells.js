// {"name":"Glass Bells","description":"A random walk of fm bells that comes home every four bars and repeats after 300","tags":["ambient","generative","fm","random","bells"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-27","scale":"D dorian","color":"#9be3e0"}
// A random walk through D dorian that comes home on the first bar of every four.
// The dice start over after 300 bars: at this tempo, 16 minutes and 40 seconds.
setcpm(72/4)

$: stack(
  n(irand(10).segment(8).add("<0 2 4 -2>")).degradeBy("<.7 .5 .6 .4>"),
  n("<[0,7] ~ ~ ~>"),
)
  .scale("D4:dorian")
  .s("sine")
  .fm("<2 3 1.5>").fmh(3.01).fmdecay(.4).fmsustain(0)   // 3.01, not 3: glass is never quite in tune
  .decay(1.6).sustain(0)
  .clip(4)                                              // let every bell ring past its own eighth
  .velocity(rand.range(.35, 1))
  .pan(rand)
  .delay(.5).delaytime(.625).delayfeedback(.6)
  .room(.9).roomsize(8).orbit(4)
  .gain(.2)
  ._pianoroll()
