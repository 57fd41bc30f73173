// {"name":"Slow Chords","description":"Four dorian chords unrolled so slowly that the arpeggio becomes a pad","tags":["ambient","chords","arp","voicing"],"tempo":72,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-26","scale":"D dorian","color":"#6f8fe0"}
// Dorian harmony, one chord every two bars. Each chord is unrolled by an arpeggio so slow it reads as a pad.
setcpm(72/4)

$: chord("<Dm9 C^9 Am9 Em7>/2").anchor("d5").voicing()
  .arp("[0,2] 1 3 <[1,2] 2>")
  .s("triangle").fm(.6).fmh(1.003)
  .attack(.3).decay(.8).sustain(.5).release(2.2)
  .lpf(perlin.rangex(500, 2000).slow(3))
  .pan(perlin.range(.2, .8))
  .room(.8).roomsize(7).orbit(3)
  .gain(.26)
