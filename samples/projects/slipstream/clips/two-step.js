// {"name":"Two-Step","description":"Kick, snare, ghosts and hats: four lines of drum and bass without a sample","tags":["drum and bass","drums","break","ghost notes"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-10","scale":"E minor","color":"#ef5b5b"}
// Drum and bass in four lines. The snare stays on two and four; everything else runs around it.
setcpm(174/4)

$: s("sine").struct("<[x@10 x@6] [x@10 x@6] [x@10 x@6] [x@7 x@3 x@6]>")
  .note("e1").penv(32).pdecay(.07).pcurve(1).psustain(0)
  .decay(.17).sustain(0)
  .distort("1.2:.6").gain(.9)

$: s("[~ white]*2")                       // snare: the crack
  .hpf(1500).decay(.14)
  .room(.15).roomsize(1.5).orbit(2).gain(.85)
$: s("[~ triangle]*2").note("e3")         // and the skin
  .penv(10).pdecay(.03).psustain(0).decay(.1).sustain(0).gain(.9)

$: s("pink").struct("~ ~ ~ ~ ~ ~ ~ x ~ x ~ ~ ~ ~ <~ x> <~ ~ x>")   // ghost notes
  .bpf(2200).bpq(.8).decay(.05)
  .velocity(rand.range(.5, 1)).gain(.7)

$: s("white*8").hpf(9500).decay("[.03 .06]*4")
  .velocity("[1 .55]*4").sometimesBy(.12, ply(2))
  .gain(.5)
