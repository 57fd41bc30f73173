import { afterAll, beforeAll, describe, expect, it, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest } from "../testing/open-rest.ts"
import { readTags } from "./entity-tag.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
  await rest.post("/clips", { project_id: "house", clip_id: "kick", name: "Kick", code: 's("bd")' })
  await rest.post("/songs", { project_id: "house", song_id: "sunset", name: "Sunset" })
  await rest.post("/playlists", { project_id: "house", playlist_id: "friday", name: "Friday" })
})
afterAll(() => rest.close())

const items = [
  ["/clips/house/kick", "CLIP_CHANGED"],
  ["/songs/house/sunset", "SONG_CHANGED"],
  ["/playlists/house/friday", "PLAYLIST_CHANGED"],
  ["/projects/house", "PROJECT_CHANGED"],
  ["/clips/kick", "CLIP_CHANGED"],
  ["/songs/sunset", "SONG_CHANGED"],
  ["/playlists/friday", "PLAYLIST_CHANGED"],
] as const

const Tag = z.object({ etag: z.string() }).transform(({ etag }) => etag)
const read = async (path: string) => {
  const { headers, body } = await rest.get(path)
  return { tag: Tag.parse(headers), body }
}
const json = { "content-type": "application/json" }
const put = (path: string, name: string, headers: Record<string, string>) =>
  rest.send("PUT", path, { headers: { ...json, ...headers }, payload: JSON.stringify({ name }) })

describe.each(items)("%s", (path, reason) => {
  it("has a tag that stands for its state, and is not sent again to who has it", async () => {
    const { tag } = await read(path)
    expect((await read(path)).tag).toBe(tag)
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const again = await rest.send("GET", path, { headers: { "if-none-match": known } })
      expect(again).toMatchObject({ status: 304, text: "", headers: { etag: tag } })
    }
    expect(await rest.send("HEAD", path)).toMatchObject({ status: 200, headers: { etag: tag } })
    const changed = await put(path, `by ${path}`, {})
    expect(Tag.parse(changed.headers)).not.toBe(tag)
    expect((await read(path)).tag).toBe(Tag.parse(changed.headers))
    expect(await rest.send("GET", path, { headers: { "if-none-match": tag } })).toMatchObject({ status: 200 })
  })

  it("is changed by who knows its state, and else is told as it is", async () => {
    const { tag } = await read(path)
    const first = await put(path, "first", { "if-match": tag })
    expect(first).toMatchObject({ status: 200, body: { name: "first" } })
    const present = await read(path)
    for (const unfit of [tag, `W/${present.tag}`, '"nonsense"', '""', `"a", ${tag}`]) {
      const refused = await put(path, "second", { "if-match": unfit })
      expect(refused).toMatchObject({ status: 412, headers: { etag: present.tag } })
      expect(refused.body).toMatchObject({ error: { reason }, current: present.body })
    }
    for (const known of ["*", present.tag]) {
      expect(await put(path, "second", { "if-none-match": known })).toMatchObject({ status: 412 })
    }
    expect(await put(path, "third", { "if-match": `"a", ${present.tag}` })).toMatchObject({ status: 200 })
    expect(await put(path, "fourth", { "if-match": "*" })).toMatchObject({ status: 200, body: { name: "fourth" } })
    expect(await put(path, "fifth", {})).toMatchObject({ status: 200, body: { name: "fifth" } })
  })

  it("is not deleted by who knows another state", async () => {
    const { tag } = await read(path)
    await put(path, "last", {})
    const refused = await rest.send("DELETE", path, { headers: { "if-match": tag } })
    expect(refused).toMatchObject({ status: 412, body: { error: { reason }, current: { name: "last" } } })
  })

  it("lets exactly one of many who know the same state change it", async () => {
    const { tag } = await read(path)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, writer) => put(path, `writer ${writer}`, { "if-match": tag })),
    )
    const won = answers.filter(({ status }) => status === 200)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)])
    expect((await read(path)).body).toEqual(won[0]?.body)
  })

  it("takes no header that lists no tags", async () => {
    const refused = { status: 400, body: { error: { fields: { "if-match": expect.stringContaining("entity tags") } } } }
    for (const header of ["3", '"a', "a,b", "*,*"]) {
      expect(await put(path, "x", { "if-match": header })).toMatchObject(refused)
    }
  })
})

test("what is not there is not found, whatever the request demands", async () => {
  for (const path of ["/clips/house/none", "/songs/none", "/playlists/house/none", "/projects/none"]) {
    for (const header of ["*", '"1-a-b"', '"1-mf0abcde-abcdefghijkl"']) {
      expect(await put(path, "x", { "if-match": header })).toMatchObject({ status: 404 })
    }
    expect(await put(path, "x", { "if-none-match": "*" })).toMatchObject({ status: 404 })
  }
})

test("an item that was deleted and made again is another one", async () => {
  const clip = { project_id: "house", clip_id: "again", name: "Again", code: "" }
  const made = await rest.post("/clips", clip)
  await rest.delete("/clips/house/again")
  await rest.post("/clips", clip)
  expect(await put("/clips/house/again", "x", { "if-match": Tag.parse(made.headers) })).toMatchObject({ status: 412 })
})

test("what listening finds is no change of a clip, but new to its readers", async () => {
  const made = await rest.post("/clips", { project_id: "house", clip_id: "heard", name: "Heard", code: 's("bd")' })
  const tag = Tag.parse(made.headers)
  await rest.database.db.$executeRaw`UPDATE clips SET state = 'plays' WHERE project_id = 'house' AND id = 'heard'`
  expect(await rest.send("GET", "/clips/house/heard", { headers: { "if-none-match": tag } })).toMatchObject({
    status: 200,
    body: { state: "plays" },
  })
  expect(await put("/clips/house/heard", "x", { "if-match": tag })).toMatchObject({ status: 200 })
})

test("an item is deleted by who knows its state", async () => {
  for (const path of ["/playlists/house/friday", "/songs/sunset", "/clips/house/kick", "/projects/house"]) {
    const { tag } = await read(path)
    expect(await rest.send("DELETE", path, { headers: { "if-match": tag } })).toMatchObject({ status: 204, text: "" })
  }
})

test("the document says that a change should name its state", () => {
  const changes = rest.operations.filter(({ operationId }) =>
    /^(update|delete)(Found)?(Clip|Song|Playlist|Project)$/.test(operationId),
  )
  expect(changes).toHaveLength(14)
  for (const { parameters, responses } of changes) {
    expect(parameters).toContainEqual(expect.objectContaining({ in: "header", name: "if-match", required: false }))
    expect(responses["412"]?.headers).toHaveProperty("etag")
  }
})

test("a list of tags is read as it is written", () => {
  expect(readTags("if-match", undefined)).toBeUndefined()
  expect(readTags("if-match", " * ")).toBe("any")
  expect(readTags("if-match", '"a,b" , W/"c",')).toEqual([
    { tag: '"a,b"', isWeak: false },
    { tag: '"c"', isWeak: true },
  ])
  expect(() => readTags("if-match", '"a" "b"')).toThrow("entity tags")
})
