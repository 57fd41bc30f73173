import { spawn } from "node:child_process"
import type { Client } from "@strudel-agent/client/client"
import { itemKinds } from "@strudel-agent/contract/item"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { itemNameOf } from "./item-name.ts"
import { pageOf, type Thing } from "./page-of.ts"

export const thingKinds = [...itemKinds, "project", "session"] as const
export type ThingKind = (typeof thingKinds)[number]

async function findThing(client: Client, kind: ThingKind, name: string): Promise<Thing> {
  if (kind === "session") return { kind, id: (await client.session.byId.query({ id: name })).id }
  if (kind === "project") return { kind, id: (await client.project.byId.query({ id: name })).id }
  const asked = itemNameOf(kind, name)
  const found = {
    clip: () => client.clip.find.query(asked),
    song: () => client.song.find.query(asked),
    playlist: () => client.playlist.find.query(asked),
  }
  const { projectId, id } = await found[kind]()
  return { kind, key: { projectId, id } }
}

const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
}

/** Hands an address to the desktop's browser, without a shell. */
function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"]
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true })
  return new Promise((resolve) => {
    child.once("error", () => resolve(false))
    child.once("spawn", () => {
      child.unref()
      resolve(true)
    })
  })
}

export interface OpenOptions {
  kind?: ThingKind | undefined
  name?: string | undefined
  browser?: boolean | undefined
}

/** Prints the address of a thing's page, or opens it in a browser where a person at a terminal asks for it. */
export async function openThing(run: Run, { kind, name, browser }: OpenOptions): Promise<void> {
  if (kind !== undefined && name === undefined) throw new UsageError(`Say which ${kind}.`)
  const client = await run.connect()
  const { url: server } = run.env
  const url =
    kind === undefined || name === undefined ? `${server}/` : pageOf(await findThing(client, kind, name), server)
  run.print({ json: () => ({ url }), text: () => `${url}\n` })
  if (!browser) return
  if (!run.io.stdout.isTTY) return run.note("No browser is opened off a terminal.")
  if (!(await openBrowser(url))) run.note("No browser could be opened.")
}
