import { type Client, ProtocolErrorCode } from "@modelcontextprotocol/client"
import { watchResources } from "@strudel-agent/mcp/watch-resources"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  buildProgram,
  connectHttp,
  connectStdio,
  revisions,
  type Server,
  startServer,
  textOf,
} from "./testing/front.ts"

let server: Server
const built = buildProgram()
beforeAll(async () => {
  server = await startServer()
  const { client } = server
  await client.clip.create.mutate({ projectId: "house", id: "kick", name: "Kick", code: 's("bd*4")' })
  await client.clip.create.mutate({ projectId: "house", id: "kick-2", name: "Kick 2", code: 's("bd*2")' })
  await client.clip.create.mutate({ projectId: "acid", id: "kick-acid", name: "Acid", code: 's("bd")' })
  await client.song.create.mutate({ projectId: "house", id: "last", name: "Last", body: "# Last\n", clipIds: ["kick"] })
})
afterAll(async () => {
  await server.close()
  built.remove()
})

const read = async (client: Client, uri: string) => {
  const { contents } = await client.readResource({ uri })
  const [first] = contents
  return first && "text" in first ? first.text : undefined
}

describe.each(revisions)("a client of revision %s", (revision) => {
  it("reads clips, versions, songs, projects, sessions and the reference", async () => {
    const session = await server.client.session.create.mutate({ name: "Talk" })
    await server.client.message.append.mutate({
      sessionId: session.id,
      messages: [{ role: "user", content: "A kick, please." }],
    })
    const client = await connectHttp(server, { revision })
    expect(await read(client, "strudel://clip/house/kick")).toBe('s("bd*4")')
    expect(await read(client, "strudel://clip/house/kick/1")).toBe('s("bd*4")')
    expect(await read(client, "strudel://song/house/last")).toContain("clips in order: kick")
    expect(await read(client, "strudel://project/house")).toMatch(/clips \(2\).*- kick: Kick.*songs \(1\)/s)
    expect(await read(client, `strudel://session/${session.id}`)).toContain("#0 user: A kick, please.")
    expect(await read(client, "strudel://reference")).toMatch(/^fast: /m)
    expect(await read(client, "strudel://reference/lpf")).toContain("low-pass")
    await expect(read(client, "strudel://clip/house/none")).rejects.toThrow()
    await expect(read(client, "strudel://nonsense")).rejects.toThrow()
    await client.close()
  })

  it("is given the page that shows what tools answer, and told by which tools", async () => {
    const uri = "ui://strudel-agent/item.html"
    for (const client of [
      await connectHttp(server, { revision }),
      await connectStdio(server, { program: built.program, revision }),
    ]) {
      const { tools } = await client.listTools()
      const showing = tools.filter(({ _meta }) => JSON.stringify(_meta?.ui) === JSON.stringify({ resourceUri: uri }))
      expect(showing.map(({ name }) => name).toSorted()).toEqual([
        "arrange_song",
        "compare_versions",
        "read",
        "restore_version",
        "save_clip",
      ])
      const { contents } = await client.readResource({ uri })
      expect(contents).toMatchObject([
        { uri, mimeType: "text/html;profile=mcp-app", text: expect.stringMatching(/^<!doctype html>/) },
      ])
      await client.close()
    }
  })

  it("lists what there is, with templates, and completes their names", async () => {
    const client = await connectHttp(server, { revision })
    const { resources } = await client.listResources()
    const uris = resources.map(({ uri }) => uri)
    for (const uri of [
      "strudel://clip/house/kick",
      "strudel://song/house/last",
      "strudel://project/acid",
      "strudel://reference",
    ]) {
      expect(uris).toContain(uri)
    }
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain("strudel://clip/{project}/{id}")
    const ref = { type: "ref/resource", uri: "strudel://clip/{project}/{id}" } as const
    const project = await client.complete({ ref, argument: { name: "project", value: "ho" } })
    expect(project.completion.values).toEqual(["house"])
    const argument = { name: "id", value: "kick" }
    const id = await client.complete({ ref, argument, context: { arguments: { project: "house" } } })
    expect(id.completion.values.toSorted()).toEqual(["kick", "kick-2"])
    expect((await client.complete({ ref, argument })).completion.values).toContain("kick-acid")
    const entry = { type: "ref/resource", uri: "strudel://reference/{name}" } as const
    const names = await client.complete({ ref: entry, argument: { name: "name", value: "euclid" } })
    expect(names.completion.values).toContain("euclidRot")
    await client.close()
  })

  it("tells of wrong parameters of a prompt and of a completion what to change", async () => {
    const client = await connectHttp(server, { revision })
    const of = (uri: string) => client.getPrompt({ name: "make_variation", arguments: { uri } })
    const mistaken = { code: ProtocolErrorCode.InvalidParams }
    await expect(of("kick")).rejects.toMatchObject({ ...mistaken, message: expect.stringContaining("names nothing") })
    await expect(of("strudel://clip/house/none")).rejects.toMatchObject(mistaken)
    const ref = { type: "ref/resource", uri: "strudel://clip/{project}/{id}" } as const
    const context = { arguments: { project: "no project!" } }
    await expect(client.complete({ ref, argument: { name: "id", value: "a" }, context })).rejects.toMatchObject({
      ...{ ...mistaken, message: expect.stringContaining("project") },
    })
    await client.close()
  })

  it("gets prompts with what they are about", async () => {
    const client = await connectHttp(server, { revision })
    const { prompts } = await client.listPrompts()
    expect(prompts.map(({ name }) => name)).toEqual([
      "make_variation",
      "arrange_a_song",
      "review_session",
      "learn_project",
    ])
    const said = async (name: string, given: Record<string, string>) => {
      const [message] = (await client.getPrompt({ name, arguments: given })).messages
      return message?.content.type === "text" ? message.content.text : ""
    }
    expect(await said("make_variation", { uri: "strudel://clip/house/kick", how: "darker" })).toMatch(
      /: darker\..*s\("bd\*4"\)/s,
    )
    expect(await said("arrange_a_song", { project: "house" })).toMatch(/arrange_song.*- kick: Kick/s)
    expect(await said("learn_project", { project: "house" })).toContain("Change nothing")
    const ref = { type: "ref/prompt", name: "learn_project" } as const
    expect((await client.complete({ ref, argument: { name: "project", value: "a" } })).completion.values).toEqual([
      "acid",
    ])
    await client.close()
  })
})

/** Changes a clip until the client has heard of it: a feed begins at some moment behind its opening. */
async function changeUntilHeard(id: string, heard: string[]): Promise<void> {
  const uri = `strudel://clip/live/${id}`
  await expect
    .poll(
      async () => {
        await server.client.clip.update.mutate({
          projectId: "live",
          id,
          code: `s("bd*${Math.ceil(Math.random() * 1e9)}")`,
        })
        return heard.includes(uri)
      },
      { interval: 250 },
    )
    .toBe(true)
}

describe("a subscription", () => {
  beforeAll(async () => {
    for (const id of ["a", "b"])
      await server.client.clip.create.mutate({ projectId: "live", id, name: id, code: "silence" })
  })

  it.each(["HTTP", "stdio"])(
    "tells a client of revision 2026-07-28 over %s of what it asked for alone",
    async (way) => {
      const client = way === "HTTP" ? await connectHttp(server) : await connectStdio(server, { program: built.program })
      const heard: string[] = []
      client.setNotificationHandler("notifications/resources/updated", ({ params }) => {
        heard.push(params.uri)
      })
      const subscription = await client.listen({ resourceSubscriptions: ["strudel://clip/live/a"] })
      await server.client.clip.update.mutate({ projectId: "live", id: "b", code: 's("sd")' })
      await changeUntilHeard("a", heard)
      expect(new Set(heard)).toEqual(new Set(["strudel://clip/live/a"]))
      await subscription.close()
      await client.close()
    },
  )

  it("tells a client of a 2025 revision over stdio", async () => {
    const client = await connectStdio(server, { program: built.program, revision: "2025-11-25" })
    const heard: string[] = []
    client.setNotificationHandler("notifications/resources/updated", ({ params }) => {
      heard.push(params.uri)
    })
    await client.subscribeResource({ uri: "strudel://clip/live/b" })
    await changeUntilHeard("b", heard)
    expect(new Set(heard)).toEqual(new Set(["strudel://clip/live/b"]))
    await client.unsubscribeResource({ uri: "strudel://clip/live/b" })
    await client.close()
  })

  it("tells that a list is another when something was made", async () => {
    const client = await connectHttp(server)
    let told = 0
    client.setNotificationHandler("notifications/resources/list_changed", () => {
      told++
    })
    const subscription = await client.listen({ resourcesListChanged: true })
    await expect
      .poll(
        async () => {
          const id = `made-${Math.ceil(Math.random() * 1e9)}`
          await server.client.clip.create.mutate({ projectId: "live", id, name: id, code: "silence" })
          return told
        },
        { interval: 250 },
      )
      .toBeGreaterThan(0)
    await subscription.close()
    await client.close()
  })

  it("is not offered to a client of a 2025 revision over HTTP, which is answered call by call", async () => {
    const client = await connectHttp(server, { revision: "2025-11-25" })
    expect(client.getServerCapabilities()?.resources?.subscribe).toBeFalsy()
    await client.close()
  })
})

/** Opens live streams until the server takes no more of them; answers what closes them. */
async function fillStreams(): Promise<() => void> {
  const leaves: (() => void)[] = []
  const open = () =>
    new Promise<"open" | "refused">((resolve) => {
      const { unsubscribe } = server.client.live.watch.subscribe(
        { library: true },
        { onData: () => resolve("open"), onError: () => resolve("refused") },
      )
      leaves.push(unsubscribe)
    })
  let isFull = false
  while (!isFull) {
    const came = await Promise.all(Array.from({ length: 25 }, open))
    isFull = came.every((how) => how === "refused")
  }
  return () => {
    for (const leave of leaves) leave()
  }
}

it("follows the library again when its feed was refused, and tells what changed meanwhile", async () => {
  const leave = await fillStreams()
  const heard: string[] = []
  let lists = 0
  const stop = watchResources(server.client, {
    onChange: (uri) => heard.push(uri),
    onList: () => lists++,
  })
  await server.client.clip.create.mutate({ projectId: "live", id: "meanwhile", name: "A", code: "silence" })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect([heard, lists]).toEqual([[], 0])
  leave()
  await expect.poll(() => heard).toContain("strudel://clip/live/meanwhile")
  expect(lists).toBeGreaterThan(0)
  stop()
})

it("tells a hundred thousand characters of a session at most, and how to read on", async () => {
  const session = await server.client.session.create.mutate({ name: "Long" })
  const messages = Array.from({ length: 50 }, (_, index) => ({
    role: "user" as const,
    content: `number ${index} ${"x".repeat(10_000)}`,
  }))
  await server.client.message.append.mutate({ sessionId: session.id, messages })
  const client = await connectHttp(server)
  const text = (await read(client, `strudel://session/${session.id}`)) ?? ""
  expect(text.length).toBeLessThan(101_000)
  expect(text).toContain("#49 user: number 49")
  const before = Number(/before: (\d+)/.exec(text)?.[1])
  expect(text).toContain(`#${before} user: `)
  expect(text).not.toContain(`#${before - 1} user: `)
  const input = { uri: `strudel://session/${session.id}`, before, detail: true }
  expect(textOf(await client.callTool({ name: "read", arguments: input }))).toContain(`#${before - 1} user: `)
  await client.close()
})
