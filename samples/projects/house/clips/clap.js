// {"name":"Clap","description":"White noise hit three times within 30 ms: a handful of hands on two and four","tags":["house","drums","clap","noise"],"tempo":124,"author":"Strudel Agent","version":"1.0.0","date":"2026-10-18","scale":"F minor","color":"#f59e6c"}
// A clap is several hands that miss each other by a few milliseconds.
setcpm(124/4)

$: s("~ white ~ white")
  .echo(3, 1/128, .6)                     // 1/128 bar at this tempo = 15 ms
  .bpf(1500).bpq(1.2).hpf(500)
  .decay(.12)
  .postgain(2)                            // echo uses gain for its fade, so the level lives here
  .room(.3).roomsize(2).orbit(2)

// a knock that answers at the end of every second bar
$: s("sine").struct("<~ [~ ~ ~ [~ x]]>")
  .note("c4").penv(14).pdecay(.03).decay(.07)
  .room(.3).roomsize(2).orbit(2).gain(.4)
