import { type ItemKind, itemFolders } from "@strudel-agent/contract/item"
import { itemReasons } from "@strudel-agent/contract/item-reason"
import type { FastifyRequest } from "fastify"
import type { z } from "zod"
import { changeIf, orNotModified, withTag } from "./answering/condition.ts"
import type { ExpectedState, Stateful } from "./answering/entity-tag.ts"
import { describeItem, ownedKey } from "./item.ts"
import type { Caller, CallerFor, RestApp } from "./rest-app.ts"

export interface ItemKey {
  projectId: string
  id: string
}

/** The procedures that clips, songs and playlists have in common. */
interface Procedures<Item, Create, Change> {
  byId(key: ItemKey): Promise<Item>
  find(item: { id: string; projectId?: string | undefined }): Promise<Item>
  create(item: Create): Promise<Item>
  update(change: ItemKey & Change & ExpectedState): Promise<Item>
  delete(key: ItemKey & ExpectedState): Promise<unknown>
}

export interface ItemDoor<Item, Create, Change> {
  word: ItemKind
  answer: z.ZodType<Stateful>
  create: z.ZodType<Create>
  change: z.ZodType<Change>
  /** The path of an item that is named by its id alone. */
  idPath: z.ZodType<{ id: string }>
  /** The path of an item that is named by its project and id. */
  keyPath: z.ZodType<ItemKey>
  procedures(caller: Caller): Procedures<Item, Create, Change>
  present(item: Item): Stateful
}

/** Registers what answers about one item: how clips, songs and playlists are made, read, changed and deleted. */
export function itemRoutes<Item extends ItemKey, Create, Change>(
  api: RestApp,
  callerFor: CallerFor,
  { word, procedures, present, ...schemas }: ItemDoor<Item, Create, Change>,
): void {
  const routes = describeItem({
    word,
    ...schemas,
    // Within an object, the body's type is known to be no undefined one.
    create: schemas.create.transform((item) => ({ item })),
    change: schemas.change.transform((fields) => ({ fields })),
  })
  const all = `/${itemFolders[word]}`
  const ofId = `${all}/:${word}_id`
  const ofKey = `${all}/:project_id/:${word}_id`
  const { changed } = itemReasons[word]
  const of = (request: FastifyRequest) => procedures(callerFor(request))

  const change = (request: FastifyRequest, key: ItemKey, fields: Change) => {
    const { byId, update } = of(request)
    return changeIf(request, {
      read: async () => present(await byId(key)),
      write: async (expected) => present(await update({ ...key, ...fields, ...expected })),
      changed,
    })
  }
  const remove = (request: FastifyRequest, key: ItemKey) => {
    const { byId, delete: write } = of(request)
    return changeIf(request, {
      read: async () => present(await byId(key)),
      write: (expected) => write({ ...key, ...expected }),
      changed,
    })
  }

  api.post(all, { schema: routes.create }, async (request, reply) => {
    reply.code(201)
    return withTag(reply, present(await of(request).create(request.body.item)))
  })

  api.get(ofId, { schema: routes.find }, async (request, reply) => {
    const found = await of(request).find({ ...request.params, ...request.query })
    return orNotModified(request, reply, present(found))
  })

  api.put(ofId, { schema: routes.updateFound }, async (request, reply) => {
    const key = await ownedKey({ ...request.params, ...request.query }, of(request).find)
    return withTag(reply, await change(request, key, request.body.fields))
  })

  api.delete(ofId, { schema: routes.deleteFound }, async (request, reply) => {
    await remove(request, await ownedKey({ ...request.params, ...request.query }, of(request).find))
    return reply.code(204).send()
  })

  api.get(ofKey, { schema: routes.get }, async (request, reply) =>
    orNotModified(request, reply, present(await of(request).byId(request.params))),
  )

  api.put(ofKey, { schema: routes.update }, async (request, reply) =>
    withTag(reply, await change(request, request.params, request.body.fields)),
  )

  api.delete(ofKey, { schema: routes.delete }, async (request, reply) => {
    await remove(request, request.params)
    return reply.code(204).send()
  })
}
