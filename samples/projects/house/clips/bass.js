// {"name":"Bass","description":"Chord roots on the off-beat: a saw with a snappy filter over a clean sine","tags":["house","bass","off-beat","chords"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-17","scale":"F minor","color":"#7c6cf2"}
// The roots of the same chords the stabs play, always between the kicks.
setcpm(124/4)

$: "<Fm9 Db^7 Ab^7 Eb9sus>".rootNotes(1).note()
  .struct("[~ x] [~ x] [~ x] [~ [x x]]")
  .add(note("<0 0 0 [0 0 0 [0 [12 7]]]>"))  // an octave and a fifth close the fourth bar
  .s("sawtooth")
  .decay(.2).sustain(.15).release(.04)
  .lpf(perlin.range(260, 480).slow(2))
  .lpenv(3).lpdecay(.12).lpq(5)
  .superimpose(x => x.s("sine").lpf(400).velocity(.8))   // a clean layer below the growl
  .gain(.5)
