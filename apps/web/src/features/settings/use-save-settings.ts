"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { api } from "#shared/api/trpc.ts"
import { showToast } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

/** Saves settings, and says what was wrong with a field or with all of it. */
export function useSaveSettings() {
  const utils = api.useUtils()
  const save = api.agent.saveSettings.useMutation({
    onSuccess(settings) {
      utils.agent.settings.setData(undefined, settings)
      void utils.agent.status.invalidate()
      void utils.agent.models.invalidate()
      showToast("Saved the settings.")
    },
  })
  const fields = fieldsOf(save.error)
  return {
    save: save.mutate,
    isBusy: save.isPending,
    fieldProblem: (path: string) => fields[path],
    problem: save.error && Object.keys(fields).length === 0 ? wordsOf(reasonOf(save.error) ?? "INTERNAL") : undefined,
  }
}
