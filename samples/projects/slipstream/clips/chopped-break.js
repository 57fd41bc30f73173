// {"name":"Chopped Break","description":"A break as a list of eight slices, played by a melody of numbers","tags":["drum and bass","drums","inhabit","slices"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-11","scale":"E minor","color":"#f2994a"}
// A break cut into eight slices: the melody of the drums is the order of the numbers.
setcpm(174/4)

$: "<[0 1 2 4 3 5 2 7] [0 1 2 4 3 5 2 6] [0 3 2 4 6 5 2 7] [0 0 2 [6 2] 4 5 [2 2] [2 2 2]]>"
  .lastOf(6, rev)                                            // every sixth bar backwards
  .inhabit([
    s("sbd").decay(.2).penv(28).pdecay(.1).gain(.5),       // 0 kick
    s("white").hpf(8500).decay(.04).gain(.5),              // 1 hat
    s("white").hpf(1400).decay(.13).gain(.85),             // 2 snare
    s("white*2").hpf(8500).decay(.03).gain(.45),           // 3 two hats
    s("pink").bpf(2000).decay(.05).gain(.8),               // 4 ghost
    s("sbd ~").decay(.15).penv(28).pdecay(.1).gain(.5),    // 5 short kick
    s("~ white").hpf(1400).decay(.1).gain(.7),             // 6 late snare
    s("white").hpf(5000).decay(.25).gain(.3),              // 7 ride
  ])
  .room(.12).roomsize(1.5).orbit(2)
