// @ts-check
// Loaded before a program that knows nothing of its launcher: `node --import …/end-with-parent.mjs?parent=PID program`. When
// the launcher of that pid dies, however it does, its channel closes, and the program is asked to end. Where it died before
// the program had begun, the program ends at once. Processes that the program forks load this, too, and have channels of
// their own, which it leaves to them.

const timeout = 3_000

const parent = new URL(import.meta.url).searchParams.get("parent")

function isGone() {
  try {
    process.kill(Number(parent), 0)
    return false
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH"
  }
}

if (!process.channel && isGone()) process.exit(1)
if (process.channel && parent === String(process.ppid)) {
  process.once("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), timeout).unref()
    process.kill(process.pid, "SIGTERM")
  })
  process.channel.unref()
}
