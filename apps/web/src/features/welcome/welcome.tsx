"use client"

import { useRouter } from "next/navigation"
import { api } from "#shared/api/trpc.ts"
import { firstBeat } from "#shared/first-steps/examples.ts"
import { closeWelcome } from "#shared/first-steps/welcome-cookie.ts"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { useChord } from "#shared/keyboard/apple.ts"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page, PageTitle, Part } from "#shared/ui/page.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { AskForm } from "./ask-form.tsx"
import { clipsToHear } from "./welcome-inputs.ts"

/** Music that plays at a press: clips of the library, or where it has none a beat. */
function ToHear() {
  const { data } = api.clip.list.useQuery(clipsToHear)
  const clips = data?.items ?? []
  if (clips.length === 0) {
    return (
      <p className="flex items-center gap-3 text-sm">
        <PlayCode written={{ code: firstBeat, name: "A first beat", id: "first-beat", projectId: "" }} />A first beat
      </p>
    )
  }
  return (
    <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {clips.map(({ projectId, id, name, code }) => (
        <li key={`${projectId} ${id}`} className="flex min-h-11 min-w-0 items-center gap-3 text-sm">
          <PlayCode written={{ code, name, id: `welcome:${projectId}:${id}`, projectId }} />
          <Link
            href={itemPath({ itemType: "clip", projectId, itemId: id })}
            className="min-w-0 truncate underline decoration-line underline-offset-4 hover:decoration-accent"
          >
            {name}
          </Link>
          <span className="ml-auto shrink-0 text-xs text-soft">{projectId}</span>
        </li>
      ))}
    </ul>
  )
}

/** What a newcomer meets first: what this is, and what can be done at once. */
export function Welcome() {
  const router = useRouter()
  const chord = useChord("K")
  function close() {
    closeWelcome()
    router.push("/sessions")
  }
  return (
    <Page>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-8">
        <PageTitle
          title="Music, by asking for it"
          note="You say what you want to hear. An agent writes it in Strudel, live, and you hear it, change it and perform it. Every clip, song and version stays here, in a library of your own."
        />
        <AskForm />
        <Part title="Or hear something now">
          <ToHear />
        </Part>
        <Part title="Bring your work">
          <p className="text-sm text-soft">
            Files of Strudel code, whole project folders, transcripts of agents, or what strudel.cc exports: drop them
            anywhere on this page, or choose them.
          </p>
          <div className="flex flex-wrap gap-2">
            <ImportButton words="Import files" />
            <ImportButton what="folder" words="Import a folder" />
          </div>
        </Part>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-5 text-sm text-soft">
          <Button onClick={close}>To the sessions, and do not begin here again</Button>
          <span>
            This page stays at <kbd>g</kbd> <kbd>w</kbd>, and in what <kbd>{chord}</kbd> finds.
          </span>
        </div>
      </div>
    </Page>
  )
}
