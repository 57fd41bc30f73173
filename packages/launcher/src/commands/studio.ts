import { connect } from "node:net"
import { join } from "node:path"
import { freePort } from "@strudel-agent/process/free-port"
import { endWhenAsked } from "../ending.ts"
import { loadDotEnv, readSettings, toolEnvironment } from "../environment.ts"
import type { Command } from "../package-manager.ts"
import { prepare } from "../prepare.ts"
import { programOf, root } from "../project.ts"
import { Refusal } from "../refusal.ts"
import { say } from "../say.ts"
import { databaseAddress } from "../services/database.ts"
import { runNode } from "../tool.ts"

const usualPort = 5555

/** `npm run studio`: shows the database that runs in Prisma Studio, which listens on this machine alone. */
export async function run(): Promise<number> {
  endWhenAsked(0)
  loadDotEnv()
  const { dataDir } = readSettings()
  const address = databaseAddress(dataDir, process.env.DATABASE_URL)
  if (!address || !(await answers(address))) {
    const where = process.env.DATABASE_URL ? "Nothing answers where DATABASE_URL points" : "The database is not running"
    throw new Refusal(`${where}${address ? ` (${address.host}, port ${address.port})` : ""}: start it with npm start.`)
  }
  await prepare({ apps: [], say })
  const port = await freePort(usualPort)
  const browser = canOpenBrowser() ? [] : ["--browser", "none"]
  const command: Command = [programOf("prisma", "prisma"), "studio", "--port", String(port), ...browser]
  const env = { ...toolEnvironment(), STRUDEL_DATA_DIR: dataDir }
  const { code } = await runNode(command, { env, cwd: join(root, "prisma") })
  return code
}

function answers({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 })
    const finish = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", finish(true)).once("error", finish(false)).once("timeout", finish(false))
  })
}

function canOpenBrowser(): boolean {
  if (!process.stdout.isTTY) return false
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}
