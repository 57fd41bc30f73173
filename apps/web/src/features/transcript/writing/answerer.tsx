"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { BotIcon, ChevronDownIcon } from "lucide-react"
import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { answererNames, changeModeNames } from "#shared/words/answerers.ts"
import { wordsOf } from "#shared/words/reasons.ts"

const AnswererMenu = onDemand(() => import("./answerer-menu.tsx").then((part) => part.AnswererMenu))

/** Says who answers in a session, and opens the menu that chooses it. */
export function Answerer({ session }: { session: Outputs["session"]["byId"] }) {
  const utils = api.useUtils()
  const [anchor, setAnchor] = useState<HTMLElement>()
  const update = api.session.update.useMutation({
    networkMode: "always",
    onSuccess: (session) => utils.session.byId.setData({ id: session.id }, session),
    onError: (error) => toastError(wordsOf(reasonOf(error) ?? "INTERNAL")),
  })
  // What was chosen shows at once; where it could not be stored, as it was before.
  const { answeredBy, changeMode } = update.isPending ? { ...session, ...update.variables } : session
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        className="flex min-h-8 min-w-0 items-center gap-1.5 rounded-md border border-line px-2.5 text-xs max-sm:gap-1 max-sm:px-2 text-soft hover:border-edge hover:text-ink aria-expanded:border-edge aria-expanded:text-ink [&_svg]:size-3.5 [&_svg]:shrink-0"
      >
        <BotIcon aria-hidden="true" className={answeredBy === "strudel" ? "text-accent" : ""} />
        <span className="sr-only">Who answers: </span>
        <span className="truncate">
          {answererNames[answeredBy]}
          {answeredBy === "strudel" && (
            <span className="text-faint max-sm:sr-only"> · {changeModeNames[changeMode]}</span>
          )}
        </span>
        <ChevronDownIcon aria-hidden="true" className="max-sm:hidden" />
      </button>
      {anchor && (
        <AnswererMenu
          anchor={anchor}
          session={{ ...session, answeredBy, changeMode }}
          onChange={(change) => update.mutate({ id: session.id, ...change })}
          onClose={() => setAnchor(undefined)}
        />
      )}
    </>
  )
}
