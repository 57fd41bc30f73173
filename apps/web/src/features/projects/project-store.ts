"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import type { TextStorage } from "#shared/text/text-storage.ts"

type Saved = Outputs["project"]["update"]

const toText = ({ description, updatedAt }: Saved) => ({ text: description, updatedAt })

/** How a project's page stores what is changed on it, and shows at once what was stored. */
export function useProjectStore(id: string) {
  const utils = api.useUtils()
  return useMemo(() => {
    const { project } = utils.client

    function keep(saved: Saved): Saved {
      utils.project.byId.setData({ id }, saved)
      void utils.project.invalidate()
      return saved
    }

    const text: TextStorage = {
      save: async (description, expectedUpdatedAt) =>
        toText(keep(await project.update.mutate({ id, description, expectedUpdatedAt }))),
      load: async () => toText(keep(await project.byId.query({ id }))),
    }

    return { text, rename: async (name: string) => keep(await project.update.mutate({ id, name })) }
  }, [utils, id])
}
