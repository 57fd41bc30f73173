// {"name":"Tin Hats","description":"Dry hats with ratchets, a moving Euclidean tick and a snare of two noises","tags":["acid","drums","hats","euclid","ratchet"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-02","scale":"A phrygian","color":"#e6e04a"}
// Dry noise with a stutter. ply repeats a hit inside its own slot: a ratchet.
setcpm(132/4)

$: s("white*8").hpf(10000).decay("[.025 .09]*4")
  .ply("<1 1 1 [1 1 2 4]>")
  .velocity("[.6 1]*4")
  .gain(.55)

$: s("white(<5 7 11>,16)").bpf(6500).bpq(3).decay(.03)
  .velocity(rand.range(.3, .9))
  .pan(rand.range(.2, .8))
  .rarely(x => x.ply(3))
  .gain(.75)

$: s("~ [white,pink] ~ [white,pink]")     // snare: two noises, two filters
  .hpf(1200).lpf(7000).decay(.13)
  .room(.2).roomsize(2).orbit(4)
  .gain(.7)
