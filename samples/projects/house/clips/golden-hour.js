// {"name":"Golden Hour","description":"The whole track in one clip, with named lanes to mute and a kick that ducks the rest","tags":["house","full track","sidechain","labels"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-20","scale":"F minor","color":"#ff8a4c"}
// The whole track on one page. Put an underscore before a label (_bass:) to mute it.
setcpm(124/4)

const changes = "<Fm9 Db^7 Ab^7 Eb9sus>"

haze: chord(changes).anchor("f4").voicing()
  .s("supersaw").unison(3).detune(.16)
  .attack(.1).release(.4)
  .lpf(sine.rangex(400, 2000).slow(16))
  .room(.5).roomsize(4).gain(.2).orbit(4)

bass: changes.rootNotes(1).note()
  .struct("[~ x] [~ x] [~ x] [~ [x x?]]")
  .s("sawtooth").decay(.2).sustain(.15)
  .lpf(380).lpenv(3).lpdecay(.12).lpq(5)
  .gain(.5).orbit(4)

stabs: chord(changes).voicing()
  .struct("[~ x] [~ ~ x ~] [~ x] <~ [~ x ~ ~]>")
  .s("sawtooth").decay(.15).sustain(0)
  .lpf(1400).lpenv(2).lpdecay(.1)
  .delay(.3).delaytime(.363).delayfeedback(.4)
  .gain(.2).orbit(3)

// every kick pushes orbit 4 (haze and bass) down for a moment: the pump.
// It comes a hair late, so that what it ducks is already sounding.
kick: s("sbd*4").late(.001).note("f1").penv(30).pdecay(.16).decay(.34).gain(.55)
  .duck(4).duckattack(.2).duckdepth(.7)

clap: s("~ white ~ white").echo(3, 1/128, .6)
  .bpf(1500).bpq(1.2).decay(.12).postgain(1.8)

hats: s("[~ white]*4, white*16?0.3").hpf(8000)
  .decay("[.03 .11]*4").velocity(perlin.range(.5, 1)).gain(.5)

bell: n("<[4 ~ 6 ~ 8 ~ 6 4] ~ [~ 3 1 ~ 3@3 4] ~>").scale("F4:minor")
  .s("sine").fm(2).fmh(3).fmdecay(.1).decay(.35).sustain(0)
  .delay(.5).delaytime(.363).delayfeedback(.5).gain(.26).orbit(5)
