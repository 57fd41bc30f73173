// {"name":"Warehouse Kick","description":"A sine with a pitch envelope, and a rumble made of its own ghosts","tags":["acid","drums","kick","rumble","distortion"],"tempo":132,"author":"Strudel Agent","version":"1.0.0","date":"2026-11-02","scale":"A phrygian","color":"#8d99ae"}
// A kick from a plain sine: the pitch envelope is the click, the distortion is the concrete wall.
setcpm(132/4)

$: s("sine").struct("<[x x x x]!7 [x x x [~ ~ x x]]>")
  .note("a1")
  .penv(36).pdecay(.1).pcurve(1).psustain(0)
  .decay(.26).sustain(0)
  .distort("1:.62")
  .gain(1.4)

// the rumble: three ghosts behind every kick, with everything but the bottom cut off
$: s("sine").struct("[~ x x x]*4")
  .note("a1")
  .penv(5).pdecay(.05).psustain(0)
  .decay(.11).sustain(0)
  .lpf(120)
  .velocity("[0 .5 .75 1]*4")
  .gain(.42)
