// {"name":"Hats","description":"Swung sixteenths, an open hat between the kicks and a shaker that comes and goes: three noises, three filters","tags":["house","drums","hats","noise","swing"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-17","scale":"F minor","color":"#fbbf5d"}
// All three are noise; only filter and length tell them apart.
setcpm(124/4)

// closed: sixteen a bar, leaning on the off-beat, swung a little
$: s("white*16")
  .hpf(9000).decay(.028)
  .velocity("[.5 .2 .9 .3]*4")
  .swingBy(1/6, 8)
  .pan(sine.range(.35, .65).slow(3))
  .gain(.55)

// open: the "tss" between the kicks
$: s("[~ white]*4")
  .hpf(7000).decay(.13)
  .velocity(perlin.range(.65, 1))
  .gain(.45)

// shaker: drops in for every other pair of bars
$: s("pink*8").mask("<0 0 1 1>")
  .bpf(5200).bpq(2).attack(.02).decay(.06)
  .degradeBy(.2)
  .pan(.7).gain(.8)
