// {"name":"Congas","description":"Two Euclidean rhythms on tuned skins, mirrored left and right","tags":["house","drums","percussion","euclid","jux"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-18","scale":"F minor","color":"#d9825b"}
// Two Euclidean rhythms of the same length never line up the way you expect.
setcpm(124/4)

$: note("<c4(3,8) c4(5,16)>, <f3(5,16,2)!3 f3(7,16,2)>, ~ ~ ~ [~ eb4?]")
  .s("sine")
  .penv(7).pdecay(.04)                    // the slap of a hand on skin
  .decay("<.12 .16>").sustain(0)
  .lpf(2200)
  .velocity(rand.range(.45, 1))
  .jux(x => x.late(1/64))
  .sometimesBy(.15, ply(2))
  .room(.2).roomsize(2).orbit(2)
  .gain(.45)
