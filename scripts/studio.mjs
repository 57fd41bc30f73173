import { connect } from "node:net"
import { join } from "node:path"
import { databaseAddress } from "./database-process.mjs"
import { endWhenAsked } from "./ending.mjs"
import { loadDotEnv, readSettings, toolEnvironment } from "./environment.mjs"
import { freePort, whyNotFree } from "./port.mjs"
import { prepare } from "./prepare.mjs"
import { programOf, root } from "./project.mjs"
import { Refusal } from "./refusal.mjs"
import { say } from "./say.mjs"
import { runNode } from "./tool.mjs"

const usualPort = 5555

/** `npm run studio`: shows the database that runs in Prisma Studio, which listens on this machine alone. */
export async function run() {
  endWhenAsked(0)
  loadDotEnv()
  const { dataDir } = readSettings()
  const address = databaseAddress({ dataDir, databaseUrl: process.env.DATABASE_URL })
  if (!address || !(await answers(address))) {
    const where = process.env.DATABASE_URL ? "Nothing answers where DATABASE_URL points" : "The database is not running"
    throw new Refusal(`${where}${address ? ` (${address.host}, port ${address.port})` : ""}: start it with npm start.`)
  }
  await prepare({ apps: [], say })
  const port = (await whyNotFree("127.0.0.1", usualPort)) ? await freePort() : usualPort
  const browser = canOpenBrowser() ? [] : ["--browser", "none"]
  const env = { ...toolEnvironment(), STRUDEL_DATA_DIR: dataDir }
  const command = [programOf("prisma", "prisma"), "studio", "--port", String(port), ...browser]
  const { code } = await runNode(command, { env, cwd: join(root, "prisma") })
  return code
}

function answers({ host, port }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 })
    const finish = (answer) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", finish(true)).once("error", finish(false)).once("timeout", finish(false))
  })
}

function canOpenBrowser() {
  if (!process.stdout.isTTY) return false
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}
