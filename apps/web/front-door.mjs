// Loaded before the web app: `node --import …/front-door.mjs …`. Whatever listens for HTTP in this process then answers
// the front door alone, which knows the secret of this start, and refuses everybody else before they are heard: pages,
// files and upgrades, by any method and under any name.

import { createHash, timingSafeEqual } from "node:crypto"
import { Server as HttpServer } from "node:http"
import { Server as HttpsServer } from "node:https"

const header = "x-strudel-front-door"
const shortest = 16
const words = "This is the web app behind the front door of Strudel Agent, which alone may use it.\n"

const secret = process.env.STRUDEL_WEB_SECRET ?? ""
if (secret.length < shortest) {
  process.stderr.write(
    `The web app answers its front door alone: set STRUDEL_WEB_SECRET to the same ${shortest} characters or more for it ` +
      "and for the server, such as `openssl rand -hex 16` prints. `npm start` does so by itself.\n",
  )
  process.exit(1)
}

// A log on a disk that is full, or whose reader is gone, ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})

const hashed = (text) => createHash("sha256").update(text).digest()
const wanted = hashed(secret)

/** Whether a request is the front door's; takes the secret out of what the web app sees. */
function isFromFrontDoor({ headers }) {
  const given = headers[header]
  delete headers[header]
  return typeof given === "string" && timingSafeEqual(hashed(given), wanted)
}

function refuse(response) {
  response.writeHead(403, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(words)
}

function cut(socket) {
  socket.on("error", () => {})
  const head = ["HTTP/1.1 403 Forbidden", "content-type: text/plain; charset=utf-8", "connection: close"]
  socket.end(`${head.join("\r\n")}\r\n\r\n${words}`, () => socket.destroy())
}

/** What refuses each of the events by which a request comes. */
const refusals = new Map([
  ...["request", "checkContinue", "checkExpectation"].map((event) => [event, refuse]),
  ...["upgrade", "connect"].map((event) => [event, cut]),
])

for (const { prototype } of [HttpServer, HttpsServer]) {
  const { emit } = prototype
  prototype.emit = function (event, ...args) {
    const turnAway = refusals.get(event)
    if (!turnAway || isFromFrontDoor(args[0])) return Reflect.apply(emit, this, [event, ...args])
    turnAway(args[1])
    return true
  }
}

// The web app looks for it, so that it never runs without this.
globalThis[Symbol.for("strudel-agent.front-door")] = true
