import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { build } from "esbuild"
import { expect, it } from "vitest"

/** What `code` says in a worker's realm that is locked down. */
async function inLockedRealm(code: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { lockDown } from ${JSON.stringify(join(import.meta.dirname, "lockdown.ts"))}
        const { parentPort } = require("node:worker_threads")
        const say = parentPort.postMessage.bind(parentPort)
        const realm = Object.create(Object.create(EventTarget.prototype), { fetch: { value: 1, configurable: true } })
        lockDown(realm)
        say(eval(${JSON.stringify(code)}))`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  })
  const worker = new Worker(outputFiles[0]?.text ?? "", { eval: true, execArgv: [] })
  try {
    return await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject))
  } finally {
    await worker.terminate()
  }
}

it("takes what is not in the list, and lets code listen to targets of its own", async () => {
  expect(await inLockedRealm("typeof realm.fetch")).toBe("undefined")
  const listens = `let heard = 0
    const target = new EventTarget()
    target.addEventListener("step", () => heard++)
    target.dispatchEvent(new Event("step"))
    heard`
  expect(await inLockedRealm(listens)).toBe(1)
})

it("lets nobody listen to the realm, by whatever way", async () => {
  const ways = `Reflect.apply = () => "REACHED"
    const { addEventListener } = EventTarget.prototype
    ;[
      () => addEventListener("message", () => {}),
      () => addEventListener.call(realm, "message", () => {}),
      () => realm.addEventListener("message", () => {}),
      () => addEventListener.call(undefined, "message", () => {}),
    ].map((way) => {
      try {
        return way()
      } catch {
        return "refused"
      }
    })`
  expect(await inLockedRealm(ways)).toEqual(Array(4).fill("refused"))
})
