// @ts-check
// Loaded before a program that knows nothing of its launcher: `node --import …/end-with-parent.mjs program`. When the
// launcher dies, however it does, its channel closes, and the program is asked to end.

const timeout = 3_000

if (process.channel) {
  process.once("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), timeout).unref()
    process.kill(process.pid, "SIGTERM")
  })
  process.channel.unref()
}
