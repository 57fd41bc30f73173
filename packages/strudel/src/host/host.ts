import { currentPerformance } from "../stage/performance.ts"
import { deviceNames, visualNames } from "./names.ts"
import { createNothing } from "./nothing.ts"
import { randomness } from "./randomness.ts"
import { createStorage } from "./storage.ts"
import { createWindow } from "./window.ts"

/** The size of the screen that clips are told of, in pixels. */
const size = { width: 1280, height: 720 }

const standIn = (name: string) => createNothing(() => currentPerformance().used.add(name))

/** What is asked of a navigator most; all else that it has reaches devices. */
const navigator = {
  language: "en",
  languages: ["en"],
  userAgent: "",
  platform: "",
  onLine: false,
  hardwareConcurrency: 2,
  maxTouchPoints: 0,
}

function createNavigator(): object {
  const devices = standIn("navigator")
  return new Proxy(navigator, {
    get: (target, name) => (name in target || typeof name === "symbol" ? Reflect.get(target, name) : devices),
  })
}

const nowhere = () => {}

const place = {
  href: "https://strudel.cc/",
  origin: "https://strudel.cc",
  protocol: "https:",
  host: "strudel.cc",
  hostname: "strudel.cc",
  port: "",
  pathname: "/",
  search: "",
  hash: "",
}

function createHost(): Map<PropertyKey, unknown> {
  const host = new Map<PropertyKey, unknown>()
  for (const name of [...visualNames, ...deviceNames]) host.set(name, standIn(name))
  const plain = {
    crypto: randomness,
    navigator: createNavigator(),
    localStorage: createStorage(),
    sessionStorage: createStorage(),
    location: { ...place, assign: nowhere, replace: nowhere, reload: nowhere, toString: () => place.href },
    innerWidth: size.width,
    innerHeight: size.height,
    outerWidth: size.width,
    outerHeight: size.height,
    devicePixelRatio: 1,
    scrollX: 0,
    scrollY: 0,
    isSecureContext: true,
    // Nobody is asked: a clip runs where no person may be.
    confirm: () => false,
    prompt: () => null,
    addEventListener: nowhere,
    removeEventListener: nowhere,
    dispatchEvent: () => true,
  }
  for (const [name, value] of Object.entries(plain)) host.set(name, value)
  const window = createWindow(host)
  for (const name of ["window", "self", "globalThis", "frames", "parent", "top"]) host.set(name, window)
  return host
}

let host = createHost()

/** What stands for the globals of a browser in every realm alike, by name. */
export const hostScope = (): ReadonlyMap<PropertyKey, unknown> => host

/** Forgets what earlier clips stored and set. */
export function renewHost(): void {
  host = createHost()
}
