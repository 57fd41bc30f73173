import { z } from "zod"
import { ExpectedUpdatedAt } from "./expected.ts"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { longText, Name, Slug, shortText, Timestamp } from "./text.ts"

export const ProjectKey = z.object({ id: Slug })

const fields = {
  name: Name,
  description: longText(limits.bodyBytes),
  metadata: Metadata,
}

export const ProjectCreate = ProjectKey.extend({
  name: fields.name,
  description: fields.description.default(""),
  metadata: fields.metadata.default({}),
})
export type ProjectCreate = z.infer<typeof ProjectCreate>

export const ProjectUpdate = ProjectKey.extend({
  name: fields.name.optional(),
  description: fields.description.optional(),
  metadata: fields.metadata.optional(),
  /** Another moment of the last change refuses with PROJECT_CHANGED. */
  expectedUpdatedAt: ExpectedUpdatedAt.optional(),
})
export type ProjectUpdate = z.infer<typeof ProjectUpdate>

export const ProjectDelete = ProjectKey.extend({ expectedUpdatedAt: ProjectUpdate.shape.expectedUpdatedAt })

export const ProjectSort = z.enum(["updated", "name"])
export type ProjectSort = z.infer<typeof ProjectSort>

export const ProjectList = z.object({
  q: shortText(limits.search).optional(),
  sort: ProjectSort.default("updated"),
  ...pageFields,
})
export type ProjectList = z.infer<typeof ProjectList>

export const Project = z.object({
  id: Slug,
  name: z.string(),
  description: z.string(),
  metadata: StoredMetadata,
  clipCount: z.number().int(),
  songCount: z.number().int(),
  playlistCount: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Project = z.infer<typeof Project>

export const ProjectPage = pageOf(Project)
