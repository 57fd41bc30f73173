// {"name":"Kick","description":"Four on the floor, tuned to the root, with a stumble at the end of every eighth bar","tags":["house","drums","kick","synthesised"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-17","scale":"F minor","color":"#f97362"}
// No sample: a triangle wave falls 30 semitones in 160 ms and is squeezed by a soft clipper.
// It lands on F1, the root of the project, so kick and bass never argue.
setcpm(124/4)

$: s("<[sbd*4]!7 [sbd!3 [sbd@3 sbd]]>")   // the eighth bar trips into the next one
  .note("f1")
  .penv(30).pdecay(.16)                   // how far it falls (semitones), how fast (seconds)
  .decay(.34)                             // how long the body rings
  .velocity("1 .86 .94 .86")              // the one is the loudest: it breathes
  .gain(.55)
