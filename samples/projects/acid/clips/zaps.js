// {"name":"Zaps","description":"Lasers and coins from zzfx, sparse enough to stay funny","tags":["acid","fx","zzfx","delay"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-05","scale":"A phrygian","color":"#4fd8f0"}
// Lasers and coins from zzfx. Change the numbers until something makes you laugh.
setcpm(132/4)

$: s("<~ z_sawtooth(3,8) ~ z_square(5,16)>")
  .note("<a5 e5 a6 c6>")
  .attack(0).decay(.03).sustain(.4).release(.08)
  .slide("<-1.2 -.6 .4>")                 // pitch per second: negative falls
  .zcrush("<0 0 .2>")
  .pan(rand)
  .delay(.4).delaytime(.227).delayfeedback(.6).orbit(6)
  .gain(.3)

$: s("<~ ~ ~ [~ ~ ~ z_tan]>").note("a4")
  .pitchJump(300).pitchJumpTime(.06)
  .decay(.05).sustain(.5).release(.2)
  .delay(.4).delaytime(.227).delayfeedback(.6).orbit(6)
  .gain(.3)
