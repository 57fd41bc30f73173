// {"name":"Haze","description":"A wide supersaw pad for the breaks; its filter takes sixteen bars to breathe once","tags":["house","pad","supersaw","phaser"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-19","scale":"F minor","color":"#b48cf0"}
// A slow pad for breaks. The filter needs sixteen bars to open and close.
setcpm(124/4)

$: chord("<Fm9 Db^7 Ab^7 Eb9sus>").anchor("f4").voicing()
  .s("supersaw").unison(5).detune(.16).spread(.8)
  .attack(.35).release(.9)
  .lpf(sine.rangex(350, 2400).slow(16))
  .phaser(.2).phaserdepth(.5)
  .room(.6).roomsize(5)
  .gain(.2).orbit(4)
