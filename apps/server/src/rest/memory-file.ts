import {
  MemoryFile,
  MemoryFileCreate,
  MemoryFileKey,
  MemoryFileUpdate,
} from "@strudel-agent/contract/session/memory-file"
import { z } from "zod"
import { answerOf, Deleted, readRefusals, writeRefusals } from "./answering/answer.ts"
import { given } from "./answering/field.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"
import { SessionPath } from "./session.ts"

export const RestMemoryFile = z
  .object({
    file_path: MemoryFile.shape.filePath,
    is_primary: MemoryFile.shape.isPrimary,
    loaded: MemoryFile.shape.loaded,
    created_at: MemoryFile.shape.createdAt,
    updated_at: MemoryFile.shape.updatedAt,
  })
  .meta({ id: "MemoryFile", description: "A file that a session works with." })
export type RestMemoryFile = z.infer<typeof RestMemoryFile>

const present = (file: MemoryFile): RestMemoryFile => ({
  file_path: file.filePath,
  is_primary: file.isPrimary,
  loaded: file.loaded,
  created_at: file.createdAt,
  updated_at: file.updatedAt,
})

const FileQuery = z
  .object({ file_path: MemoryFileKey.shape.filePath })
  .transform(({ file_path: filePath }) => ({ filePath }))

const CreateBody = z
  .object({
    file_path: MemoryFileCreate.shape.filePath,
    is_primary: given(MemoryFileCreate.shape.isPrimary.unwrap()),
    loaded: given(MemoryFileCreate.shape.loaded.unwrap()),
  })
  .transform(({ file_path: filePath, is_primary: isPrimary, loaded }) => ({ filePath, isPrimary, loaded }))

const UpdateBody = z
  .object({
    is_primary: given(MemoryFileUpdate.shape.isPrimary.unwrap()),
    loaded: given(MemoryFileUpdate.shape.loaded.unwrap()),
  })
  .transform(({ is_primary: isPrimary, loaded }) => ({ isPrimary, loaded }))

const tags = ["memory files"]

/** Registers what /sessions/{session_id}/memory-files answers. */
export function memoryFileRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/sessions/:session_id/memory-files",
    {
      schema: {
        operationId: "listMemoryFiles",
        summary: "List a session's memory files, the primary one first",
        tags,
        params: SessionPath,
        response: {
          200: answerOf(z.array(RestMemoryFile).describe("All of them.")),
          ...readRefusals("SESSION_NOT_FOUND"),
        },
      },
    },
    async (request) => {
      const files = await callerFor(request).memoryFile.list({ sessionId: request.params.session_id })
      return files.map(present)
    },
  )

  api.post(
    "/sessions/:session_id/memory-files",
    {
      schema: {
        operationId: "createMemoryFile",
        summary: "Add a memory file; a primary one takes the mark from the one that was",
        tags,
        params: SessionPath,
        body: CreateBody,
        response: {
          201: answerOf(RestMemoryFile),
          ...writeRefusals("SESSION_NOT_FOUND", "MEMORY_FILE_EXISTS", "MEMORY_FILES_FULL"),
        },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.session_id
      reply.code(201)
      return present(await callerFor(request).memoryFile.create({ sessionId, ...request.body }))
    },
  )

  api.get(
    "/sessions/:session_id/memory-files/primary",
    {
      schema: {
        operationId: "getPrimaryMemoryFile",
        summary: "Read a session's primary memory file",
        tags,
        params: SessionPath,
        response: { 200: answerOf(RestMemoryFile), ...readRefusals("MEMORY_FILE_NOT_FOUND") },
      },
    },
    async (request) => present(await callerFor(request).memoryFile.primary({ sessionId: request.params.session_id })),
  )

  api.patch(
    "/sessions/:session_id/memory-files",
    {
      schema: {
        operationId: "updateMemoryFile",
        summary: "Mark a memory file as loaded or primary",
        tags,
        params: SessionPath,
        querystring: FileQuery,
        body: UpdateBody,
        response: { 200: answerOf(RestMemoryFile), ...writeRefusals("SESSION_NOT_FOUND", "MEMORY_FILE_NOT_FOUND") },
      },
    },
    async (request) => {
      const key = { sessionId: request.params.session_id, ...request.query }
      return present(await callerFor(request).memoryFile.update({ ...key, ...request.body }))
    },
  )

  api.delete(
    "/sessions/:session_id/memory-files",
    {
      schema: {
        operationId: "deleteMemoryFile",
        summary: "Take a memory file from a session",
        tags,
        params: SessionPath,
        querystring: FileQuery,
        response: { 204: Deleted, ...writeRefusals("MEMORY_FILE_NOT_FOUND") },
      },
    },
    async (request, reply) => {
      await callerFor(request).memoryFile.delete({ sessionId: request.params.session_id, ...request.query })
      return reply.code(204).send()
    },
  )
}
