// {"name":"Reese","description":"Two detuned saws, a phaser and a filter that opens its mouth every fourth bar","tags":["drum and bass","bass","reese","phaser"],"tempo":174,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-12","scale":"E minor","color":"#6b4ee6"}
// Two saws a fifth of a semitone apart beat against each other; the filter opens its mouth now and then.
setcpm(174/4)

$: note("<[e2@3 e2] [~ e2@2 g2] [c2@3 c2] [~ b1@2 d2]>")
  .add(note("0,.2"))
  .s("sawtooth")
  .attack(.02).decay(.3).sustain(.7).release(.1)
  .lpf(sine.rangex(180, 1100).slow(3)).lpq(4)
  .hpf(90)                                // the sub lives below
  .phaser(.4).phaserdepth(.6)
  .every(4, x => x.lpf(sine.rangex(300, 2600).fast(2)).seg(8))
  .distort("1:.5")
  .gain(.26)
