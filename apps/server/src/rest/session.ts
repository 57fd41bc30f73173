import {
  ListedSession,
  Session,
  SessionCreate,
  SessionDelete,
  SessionList,
  SessionRename,
  SessionUpdate,
} from "@strudel-agent/contract/session"
import { Uuid } from "@strudel-agent/contract/text"
import { z } from "zod"
import { answerOf, Deleted, readRefusals, writeRefusals } from "./answering/answer.ts"
import { ReadHeaders } from "./answering/condition.ts"
import { given } from "./answering/field.ts"
import { pageQuery, sendList, taggedListOf } from "./answering/page.ts"
import { wholeNumber } from "./answering/query-number.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

export const RestSession = z
  .object({
    session_id: Session.shape.id,
    agent_name: Session.shape.agentName,
    model_name: Session.shape.modelName,
    provider: Session.shape.provider,
    session_type: Session.shape.itemType,
    item_id: Session.shape.itemId,
    project_id: Session.shape.projectId,
    created_at: Session.shape.createdAt,
    last_activity: Session.shape.lastActivity,
    status: Session.shape.status,
    message_count: Session.shape.messageCount,
    answered_by: Session.shape.answeredBy,
    change_mode: Session.shape.changeMode,
    session_name: Session.shape.name,
    display_name: Session.shape.displayName,
    metadata: Session.shape.metadata,
  })
  .meta({ id: "Session", description: "A session of an agent." })
export type RestSession = z.infer<typeof RestSession>

const present = (session: Session): RestSession => ({
  session_id: session.id,
  agent_name: session.agentName,
  model_name: session.modelName,
  provider: session.provider,
  session_type: session.itemType,
  item_id: session.itemId,
  project_id: session.projectId,
  created_at: session.createdAt,
  last_activity: session.lastActivity,
  status: session.status,
  message_count: session.messageCount,
  answered_by: session.answeredBy,
  change_mode: session.changeMode,
  session_name: session.name,
  display_name: session.displayName,
  metadata: session.metadata,
})

const RestListedSession = RestSession.extend({
  is_answering: ListedSession.shape.isAnswering.describe("Whether this installation's agent is at work in it."),
  waiting_count: ListedSession.shape.waitingCount.describe(
    "Changes that its agent proposed and that wait for a person.",
  ),
}).meta({ id: "ListedSession", description: "A session of a list." })

/** A session named in a path. */
export const SessionPath = z.object({ session_id: Uuid })

const creation = SessionCreate.shape
const CreateBody = z
  .object({
    agent_name: given(creation.agentName.unwrap()).describe(`"${creation.agentName.def.defaultValue}" unless told.`),
    model_name: creation.modelName,
    provider: creation.provider,
    session_type: creation.itemType.describe("What the session is about; needed where item_id is given."),
    item_id: creation.itemId,
    project_id: creation.projectId,
    answered_by: given(creation.answeredBy.unwrap()).describe(
      "Who answers what a person writes: none, strudel (the agent of this installation) or external, which it is unless told.",
    ),
    change_mode: given(creation.changeMode.unwrap()).describe(
      "Whether that agent's changes of the library are made at once (direct, unless told) or wait for a person (staged).",
    ),
    session_id: given(Uuid).describe("Chosen by the client, or else by the server."),
    session_name: creation.name,
    created_at: given(creation.createdAt.unwrap()).describe(
      "When a talk that was held before began: its session is idle, and was last active then until it has messages.",
    ),
    metadata: given(creation.metadata.unwrap()),
  })
  .transform((body) => ({
    agentName: body.agent_name,
    modelName: body.model_name,
    provider: body.provider,
    itemType: body.session_type,
    itemId: body.item_id,
    projectId: body.project_id,
    answeredBy: body.answered_by,
    changeMode: body.change_mode,
    id: body.session_id,
    name: body.session_name,
    createdAt: body.created_at,
    metadata: body.metadata,
  }))

const ListQuery = z
  .object({
    status: SessionList.shape.status,
    project_id: SessionList.shape.projectId,
    item_type: SessionList.shape.itemType.describe("Needed where item_id is given."),
    item_id: SessionList.shape.itemId,
    q: SessionList.shape.q.describe("A part of the session's name, in any case."),
    tag: SessionList.shape.tag,
    waiting: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional()
      .describe("Only sessions with changes that wait for a person."),
    ...pageQuery,
  })
  .transform(({ project_id: projectId, item_type: itemType, item_id: itemId, ...query }) => ({
    ...query,
    projectId,
    itemType,
    itemId,
  }))

const UpdateBody = z
  .object({
    status: given(SessionUpdate.shape.status.unwrap()),
    metadata: given(SessionUpdate.shape.metadata.unwrap()).describe("Merged into what is stored, key by key."),
    model_name: SessionUpdate.shape.modelName.describe("null clears it."),
    provider: SessionUpdate.shape.provider.describe("null clears it."),
    answered_by: given(SessionUpdate.shape.answeredBy.unwrap()),
    change_mode: given(SessionUpdate.shape.changeMode.unwrap()),
  })
  .transform(({ model_name: modelName, answered_by: answeredBy, change_mode: changeMode, ...body }) => ({
    ...body,
    modelName,
    answeredBy,
    changeMode,
  }))

const RenameBody = z.object({ name: SessionRename.shape.name.describe("null clears it.") })

const tags = ["sessions"]

/** Registers what /sessions answers, memory files apart. */
export function sessionRoutes(api: RestApp, callerFor: CallerFor): void {
  api.post(
    "/sessions",
    {
      schema: {
        operationId: "createSession",
        summary: "Start a session",
        tags,
        body: CreateBody,
        response: { 201: answerOf(RestSession), ...writeRefusals("SESSION_EXISTS") },
      },
      config: { fieldNames: { itemType: "session_type" } },
    },
    async (request, reply) => {
      reply.code(201)
      return present(await callerFor(request).session.create(request.body))
    },
  )

  api.get(
    "/sessions",
    {
      schema: {
        operationId: "listSessions",
        summary: "List sessions, the newest activity first",
        tags,
        querystring: ListQuery,
        headers: ReadHeaders,
        response: { ...taggedListOf(RestListedSession), ...readRefusals() },
      },
    },
    async (request, reply) =>
      sendList(reply, await callerFor(request).restPage.sessions({ ...request.query, preview: false })),
  )

  api.get(
    "/sessions/:session_id",
    {
      schema: {
        operationId: "getSession",
        summary: "Read a session",
        tags,
        params: SessionPath,
        response: { 200: answerOf(RestSession), ...readRefusals("SESSION_NOT_FOUND") },
      },
    },
    async (request) => present(await callerFor(request).session.byId({ id: request.params.session_id })),
  )

  api.patch(
    "/sessions/:session_id",
    {
      schema: {
        operationId: "updateSession",
        summary: "Change a session's status, model, provider or metadata",
        tags,
        params: SessionPath,
        body: UpdateBody,
        response: { 200: answerOf(RestSession), ...writeRefusals("SESSION_NOT_FOUND") },
      },
    },
    async (request) =>
      present(await callerFor(request).session.update({ id: request.params.session_id, ...request.body })),
  )

  api.patch(
    "/sessions/:session_id/name",
    {
      schema: {
        operationId: "renameSession",
        summary: "Name a session, or clear its name",
        tags,
        params: SessionPath,
        body: RenameBody,
        response: { 200: answerOf(RestSession), ...writeRefusals("SESSION_NOT_FOUND") },
      },
    },
    async (request) =>
      present(await callerFor(request).session.rename({ id: request.params.session_id, ...request.body })),
  )

  api.post(
    "/sessions/:session_id/activity",
    {
      schema: {
        operationId: "touchSession",
        summary: "Say that somebody is there: an idle session becomes active, a terminated one stays so",
        tags,
        params: SessionPath,
        response: { 200: answerOf(RestSession), ...writeRefusals("SESSION_NOT_FOUND") },
      },
    },
    async (request) => present(await callerFor(request).session.touch({ id: request.params.session_id })),
  )

  api.delete(
    "/sessions/:session_id",
    {
      schema: {
        operationId: "deleteSession",
        summary: "Delete a session with its messages and memory files",
        tags,
        params: SessionPath,
        querystring: z.object({
          expected_message_count: wholeNumber(SessionDelete.shape.expectedMessageCount.unwrap())
            .optional()
            .describe("How many messages you know it to have: refused where there are others."),
        }),
        response: { 204: Deleted, ...writeRefusals("SESSION_NOT_FOUND", "SESSION_CHANGED") },
      },
    },
    async (request, reply) => {
      await callerFor(request).session.delete({
        id: request.params.session_id,
        expectedMessageCount: request.query.expected_message_count,
      })
      return reply.code(204).send()
    },
  )
}
