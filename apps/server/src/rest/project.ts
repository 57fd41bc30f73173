import { limits } from "@strudel-agent/contract/limits"
import { Project, ProjectCreate, ProjectList, ProjectUpdate } from "@strudel-agent/contract/project"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { Deleted, readRefusals, writeRefusals } from "./answering/answer.ts"
import { changeIf, orNotModified, ReadHeaders, WriteHeaders, withTag } from "./answering/condition.ts"
import { describeBytes, given } from "./answering/field.ts"
import { listOf, pageQuery, takeRows } from "./answering/page.ts"
import { NotModified, preconditionRefusal, taggedAnswerOf } from "./answering/tagged-answer.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

export const RestProject = z
  .object({
    project_id: Project.shape.id,
    name: Project.shape.name,
    description: Project.shape.description,
    metadata: Project.shape.metadata,
    clip_count: Project.shape.clipCount,
    song_count: Project.shape.songCount,
    playlist_count: Project.shape.playlistCount,
    created_at: Project.shape.createdAt,
    updated_at: Project.shape.updatedAt,
  })
  .meta({ id: "Project", description: "A project and how much it holds." })
export type RestProject = z.infer<typeof RestProject>

const present = (project: Project): RestProject => ({
  project_id: project.id,
  name: project.name,
  description: project.description,
  metadata: project.metadata,
  clip_count: project.clipCount,
  song_count: project.songCount,
  playlist_count: project.playlistCount,
  created_at: project.createdAt,
  updated_at: project.updatedAt,
})

const ProjectPath = z.object({ project_id: Slug })

const ListQuery = z.object({
  q: ProjectList.shape.q.describe("A part of the name, in any case."),
  ...pageQuery,
})

const description = given(describeBytes(ProjectUpdate.shape.description.unwrap(), limits.bodyBytes))

const CreateBody = z
  .object({
    project_id: Slug,
    name: ProjectCreate.shape.name,
    description,
    metadata: given(ProjectCreate.shape.metadata.unwrap()),
  })
  .transform(({ project_id: id, ...body }) => ({ id, ...body }))

const UpdateBody = z.object({
  name: given(ProjectUpdate.shape.name.unwrap()),
  description,
  metadata: given(ProjectUpdate.shape.metadata.unwrap()).describe("Takes the place of what is stored."),
})

const tags = ["projects"]

/** Registers what /projects answers. */
export function projectRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/projects",
    {
      schema: {
        operationId: "listProjects",
        summary: "List projects, the last changed first",
        tags,
        querystring: ListQuery,
        response: { 200: listOf(RestProject), ...readRefusals() },
      },
    },
    async (request, reply) => takeRows(reply, await callerFor(request).project.list(request.query)).map(present),
  )

  api.post(
    "/projects",
    {
      schema: {
        operationId: "createProject",
        summary: "Create a project",
        tags,
        body: CreateBody,
        response: { 201: taggedAnswerOf(RestProject), ...writeRefusals("PROJECT_EXISTS") },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return withTag(reply, present(await callerFor(request).project.create(request.body)))
    },
  )

  api.get(
    "/projects/:project_id",
    {
      schema: {
        operationId: "getProject",
        summary: "Read a project",
        tags,
        params: ProjectPath,
        headers: ReadHeaders,
        response: { 200: taggedAnswerOf(RestProject), 304: NotModified, ...readRefusals("PROJECT_NOT_FOUND") },
      },
    },
    async (request, reply) =>
      orNotModified(request, reply, present(await callerFor(request).project.byId({ id: request.params.project_id }))),
  )

  api.put(
    "/projects/:project_id",
    {
      schema: {
        operationId: "updateProject",
        summary: "Change the fields of a project that are sent",
        tags,
        params: ProjectPath,
        headers: WriteHeaders,
        body: UpdateBody,
        response: {
          200: taggedAnswerOf(RestProject),
          ...writeRefusals("PROJECT_NOT_FOUND"),
          ...preconditionRefusal(RestProject, "PROJECT_CHANGED"),
        },
      },
    },
    async (request, reply) => {
      const { project } = callerFor(request)
      const id = request.params.project_id
      const changed = await changeIf(request, {
        read: async () => present(await project.byId({ id })),
        write: async ({ expectedUpdatedAt }) =>
          present(await project.update({ id, ...request.body, expectedUpdatedAt })),
        changed: "PROJECT_CHANGED",
      })
      return withTag(reply, changed)
    },
  )

  api.delete(
    "/projects/:project_id",
    {
      schema: {
        operationId: "deleteProject",
        summary: "Delete a project with its clips, songs and playlists; sessions about it stay",
        tags,
        params: ProjectPath,
        headers: WriteHeaders,
        response: {
          204: Deleted,
          ...writeRefusals("PROJECT_NOT_FOUND"),
          ...preconditionRefusal(RestProject, "PROJECT_CHANGED"),
        },
      },
    },
    async (request, reply) => {
      const { project } = callerFor(request)
      const id = request.params.project_id
      await changeIf(request, {
        read: async () => present(await project.byId({ id })),
        write: ({ expectedUpdatedAt }) => project.delete({ id, expectedUpdatedAt }),
        changed: "PROJECT_CHANGED",
      })
      return reply.code(204).send()
    },
  )
}
