/** What a process may take: bytes of memory, and seconds of computing, however long it has to wait for them. */
const most = { memory: 900 * 1024 ** 2, seconds: 60 }

/** Throws where this process has taken more than it may; called between two pieces of work, since nothing else has a turn. */
export function checkLimits(): void {
  const { user, system } = process.cpuUsage()
  if ((user + system) / 1e6 > most.seconds) throw new Error("It takes more than a minute of computing")
  if (process.memoryUsage.rss() > most.memory) throw new Error("It takes too much memory")
}
