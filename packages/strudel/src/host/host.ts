import { currentPerformance } from "../stage/performance.ts"
import { deviceNames, visualNames } from "./names.ts"
import { createNothing } from "./nothing.ts"
import { createRandomness } from "./randomness.ts"
import { createStorage } from "./storage.ts"
import { createWindow } from "./window.ts"

const standIn = (name: string) => createNothing(() => currentPerformance().used.add(name))

/** What is asked of a navigator most; all else that it has reaches devices. */
function createNavigator(): object {
  const devices = standIn("navigator")
  const known = { language: "en", languages: ["en"], userAgent: "", platform: "", onLine: false }
  return new Proxy(
    { ...known, hardwareConcurrency: 2, maxTouchPoints: 0 },
    {
      get: (target, name) => (name in target || typeof name === "symbol" ? Reflect.get(target, name) : devices),
    },
  )
}

const nothingHappens = () => {}

function createLocation(): object {
  const { href, origin, protocol, host, hostname, port, pathname, search, hash } = new URL("https://strudel.cc/")
  const moves = { assign: nothingHappens, replace: nothingHappens, reload: nothingHappens }
  return { href, origin, protocol, host, hostname, port, pathname, search, hash, ...moves, toString: () => href }
}

/** The size of the screen that clips are told of, in pixels. */
const size = { width: 1280, height: 720 }

/** How each of a browser's globals is made for a clip that mentions it. */
const makers: Record<string, () => unknown> = {
  ...Object.fromEntries([...visualNames, ...deviceNames].map((name) => [name, () => standIn(name)])),
  ...Object.fromEntries(
    ["window", "self", "globalThis", "frames", "parent", "top"].map((name) => [name, () => hostValue("window")]),
  ),
  window: () => createWindow({ names: Object.keys(makers), has: isHostName, get: hostValue }),
  crypto: createRandomness,
  navigator: createNavigator,
  localStorage: createStorage,
  sessionStorage: createStorage,
  location: createLocation,
  innerWidth: () => size.width,
  innerHeight: () => size.height,
  outerWidth: () => size.width,
  outerHeight: () => size.height,
  devicePixelRatio: () => 1,
  scrollX: () => 0,
  scrollY: () => 0,
  isSecureContext: () => true,
  // Nobody is asked: a clip runs where no person may be.
  confirm: () => () => false,
  prompt: () => () => null,
  addEventListener: () => nothingHappens,
  removeEventListener: () => nothingHappens,
  dispatchEvent: () => () => true,
}

let made = new Map<string, unknown>()

/** Whether a name is one of a browser's globals that every realm has from here. */
export const isHostName = (name: string): boolean => Object.hasOwn(makers, name)

/** What stands for one of a browser's globals, the same until `renewHost`. */
export function hostValue(name: string): unknown {
  if (!made.has(name)) made.set(name, makers[name]?.())
  return made.get(name)
}

/** Forgets what earlier clips stored and set. */
export function renewHost(): void {
  made = new Map()
}
