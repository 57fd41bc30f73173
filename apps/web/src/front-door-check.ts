import { isServing } from "./env.ts"

/** Ends the web app in production where it was started without its front door, which alone brings it requests. */
export function refuseWithoutFrontDoor(): void {
  if (!isServing()) return
  if (Reflect.has(globalThis, Symbol.for("strudel-agent.front-door"))) return
  process.stderr.write(
    "The web app answers its front door alone: start it with `npm start`, or with STRUDEL_WEB_SECRET set and " +
      "`node --import ./front-door.mjs`.\n",
  )
  process.exit(1)
}
