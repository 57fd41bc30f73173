import { isServing } from "./env.ts"

/** Runs before the web app takes a request: in production it takes none that its front door does not bring. */
export function register(): void {
  if (!isServing()) return
  if (Reflect.has(globalThis, Symbol.for("strudel-agent.front-door"))) return
  process.stderr.write(
    "The web app answers its front door alone: start it with `npm start`, or with STRUDEL_WEB_SECRET set and " +
      "`node --import ./front-door.mjs`.\n",
  )
  process.exit(1)
}
