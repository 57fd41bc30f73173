"use client"

import type { EditorView } from "@codemirror/view"
import type { Outputs } from "@strudel-agent/client/client"
import { GitCompareIcon } from "lucide-react"
import { useRouter, useSearchParams } from "next/navigation"
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { CodeEditor } from "#shared/editor/code-editor.tsx"
import { PlaySourceButton } from "#shared/playback/play-button.tsx"
import { useSettleSlow } from "#shared/playback/use-settle-slow.ts"
import { Button } from "#shared/ui/button.tsx"
import { Page } from "#shared/ui/page.tsx"
import { offerForAWhile, showToast, toastError } from "#shared/ui/toast.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import type { Phase } from "#shared/versioned-draft/draft-state.ts"
import type { Saved } from "#shared/versioned-draft/draft-store.ts"
import { useLeaveGuard } from "#shared/versioned-draft/use-leave-guard.ts"
import { useSaveAgain } from "#shared/versioned-draft/use-save-again.ts"
import { readLine } from "#shared/versions/shown-versions.ts"
import { useRestore } from "#shared/versions/use-restore.ts"
import { useShownVersions } from "#shared/versions/use-shown-versions.ts"
import { contentOf } from "../editing/clip-editing.ts"
import { ClipForm } from "../editing/clip-form.tsx"
import { DraftOffer } from "../editing/draft-offer.tsx"
import { faultOf, findingsOfProblem } from "../editing/findings.ts"
import { FindingsList } from "../editing/findings-list.tsx"
import { Notice } from "../editing/notice.tsx"
import { SaveBar } from "../editing/save-bar.tsx"
import { useClipDraft } from "../editing/use-clip-draft.ts"
import { type Resolution, useClipEditing } from "../editing/use-clip-editing.ts"
import { useSaveKey } from "../editing/use-save-key.ts"
import { ClipHead } from "./clip-head.tsx"
import { ClipPageMenu } from "./clip-page-menu.tsx"
import { ClipSessions, ClipSongs } from "./clip-uses.tsx"
import { ClipVersions } from "./clip-versions.tsx"
import { useClipLanguage } from "./use-clip-language.tsx"
import { useClipPlayer } from "./use-clip-player.ts"

const ConflictView = onDemand(() => import("../editing/conflict-view.tsx").then((part) => part.ConflictView))
const LeaveDialog = onDemand(() => import("../editing/leave-dialog.tsx").then((part) => part.LeaveDialog))
const ClipSound = onDemand(
  () => import("./clip-sound.tsx").then((part) => part.ClipSound),
  <div className="min-h-52" />,
)
const ClipSimilar = onDemand(
  () => import("./clip-similar.tsx").then((part) => part.ClipSimilar),
  <div className="min-h-52" />,
)
// Drawn on the server too, where a dynamic part would announce scripts that the browser has none of.
const VersionCompare = lazy(() =>
  loadWithRetry(() => import("./version-compare.tsx")).then((part) => ({ default: part.VersionCompare })),
)

type Clip = Outputs["clip"]["byId"]

const keptUnsaved = "Unsaved changes are kept in this browser."

/** Why a merge is not saved, and whether it is kept. */
function failureOf(phase: Phase, isKept: boolean): string | undefined {
  if (phase.kind === "refused") return phase.text
  if (phase.kind !== "failed") return undefined
  const later = phase.again ? " and saved when the server is back" : ""
  return `Not saved. ${phase.text}${isKept ? ` What you merged is kept in this browser${later}.` : ""}`
}

/** The page of a clip: its code and what is known of it, to be edited; its history, and where it is used. */
export function ClipPage({ clip: stored }: { clip: Clip }) {
  const { projectId, id } = stored
  const router = useRouter()
  const clip = useClipEditing(stored)
  const { editing, dirty, behind, phase, problems } = clip
  const { newest, draft } = editing
  const path = itemPath({ itemType: "clip", projectId, itemId: id })
  const goBack = { name: "Go back", run: () => router.push(path) }
  const kept = useClipDraft(clip, () => showToast(keptUnsaved, goBack))
  const [comparing, setComparing] = useState(false)
  const versions = useShownVersions(newest.version)
  const line = readLine(useSearchParams())
  const { client } = api.useUtils()
  const restore = useRestore(stored.version, async (version) => {
    const restored = await client.clip.restore.mutate({ projectId, id, version })
    clip.show(restored)
    return restored
  })
  const guard = useLeaveGuard(dirty)
  const playing = useClipPlayer({ projectId, id, content: contentOf(editing), level: stored.level })
  const language = useClipLanguage(projectId)
  const extensions = useMemo(() => [playing.extensions, language.extensions], [playing.extensions, language.extensions])
  useSettleSlow(stored)
  const locked = kept.offer !== undefined
  const conflict = comparing && behind
  if (comparing && !behind) setComparing(false)
  const resolution = useRef<Resolution>(undefined)
  const editor = useRef<EditorView>(undefined)
  /** Brings the focus to the code, which the comparison has hidden until it is drawn again. */
  const toEditor = () => setTimeout(() => editor.current?.focus())

  function settled(outcome: Saved) {
    setComparing(outcome === "conflict")
    if (outcome === "saved") void playing.update()
    return outcome
  }
  const save = async () => settled(await clip.save())

  async function resolve(made: Resolution) {
    if ((await clip.resolve(made)) === "saved") toEditor()
  }

  const isThere = useRef(true)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])

  function discard() {
    const before = editing
    const undo = clip.discard()
    offerForAWhile("Your changes are discarded.", () => {
      if (isThere.current) {
        if (!undo()) toastError("Not brought back: you have changed the clip anew.")
      } else if (kept.bringBack(before)) showToast(keptUnsaved, location.pathname === path ? undefined : goBack)
      else toastError("Not brought back: this browser keeps other changes of the clip, or has no room.")
    })
  }

  const saveWhatIsThere = () => {
    if (locked || phase.kind === "saving") return
    if (conflict) {
      if (resolution.current) void resolve(resolution.current)
    } else if (dirty) void save()
  }
  useSaveKey(saveWhatIsThere)
  useSaveAgain(phase.kind === "failed" && phase.again && !locked, saveWhatIsThere)

  return (
    <Page>
      <ClipHead
        projectId={projectId}
        name={draft.name}
        metadata={contentOf(editing).metadata}
        heard={stored}
        problem={problems.name}
        locked={locked || conflict}
        onRename={(name) => void clip.saveName(name).then(settled)}
      >
        <PlaySourceButton source={playing.source} size="large" />
        <ClipPageMenu
          clip={stored}
          source={playing.source}
          code={contentOf(editing).code}
          onLookUp={language.lookUp}
          stays={dirty && !kept.kept}
          onSave={saveWhatIsThere}
          onMoved={kept.carry}
        />
      </ClipHead>
      {kept.offer && (
        <DraftOffer
          offer={kept.offer}
          newest={newest}
          onDiscard={kept.throwAway}
          onContinue={() => {
            if (kept.offer) clip.goOn(kept.offer)
            setComparing(kept.offer?.draft.merging !== undefined)
            kept.close()
          }}
        />
      )}
      {behind && !conflict && phase.kind !== "saving" && (
        <Notice icon={GitCompareIcon} actions={<Button onClick={() => setComparing(true)}>Compare</Button>}>
          Changed elsewhere (version {newest.version}) while you have unsaved changes.{" "}
          {draft.merging ? "What you merged is in the editor." : "Nothing of yours is lost."}
        </Notice>
      )}
      {versions.pair && !conflict && (
        <Suspense fallback={null}>
          <VersionCompare
            clip={{ ...stored, ...newest }}
            versions={versions.pair}
            locked={dirty || locked ? "Save or discard your changes before you restore a version." : undefined}
            onRestore={restore}
            onClose={versions.close}
          />
        </Suspense>
      )}
      {conflict && (
        <ConflictView
          editing={editing}
          busy={phase.kind === "saving"}
          problem={failureOf(phase, kept.kept)}
          resolution={resolution}
          onMerge={clip.merge}
          onResolve={(made) => void resolve(made)}
          onClose={(resolved) => {
            clip.leave(resolved)
            setComparing(false)
            toEditor()
          }}
        />
      )}
      <div
        hidden={conflict}
        className={conflict ? "" : "grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr] lg:gap-x-10"}
      >
        <section aria-label="Code" className="min-w-0">
          <SaveBar
            clip={clip}
            kept={kept.kept}
            fault={faultOf(playing.findings ?? findingsOfProblem(stored.problem))}
            onFault={playing.goTo}
            locked={locked}
            onSave={() => void save()}
            onDiscard={discard}
          />
          <CodeEditor
            value={draft.code}
            onChange={(code) => clip.edit({ code })}
            label={`Code of ${draft.name}`}
            readOnly={locked}
            line={line}
            extensions={extensions}
            withVisuals
            onReady={(view) => {
              editor.current = view
              playing.onReady(view)
              language.onReady(view)
            }}
          />
          <FindingsList findings={playing.findings ?? []} onGo={playing.goTo} />
          {problems.code && (
            <p role="alert" className="mt-2 text-sm text-danger">
              {problems.code}
            </p>
          )}
        </section>
        <div className="flex min-w-0 flex-col gap-8 lg:row-span-2">
          <ClipForm
            fields={draft.fields}
            metadata={editing.base.metadata}
            problems={problems}
            locked={locked}
            onChange={(fields) => clip.edit({ fields })}
          />
          <ClipSound projectId={projectId} id={id} />
          <ClipSongs clip={stored} />
          <ClipSessions projectId={projectId} id={id} />
        </div>
        <ClipVersions
          projectId={projectId}
          id={id}
          current={newest.version}
          shown={versions.shown}
          onToggle={versions.toggle}
        />
      </div>
      <div hidden={conflict} className="mt-8">
        <ClipSimilar projectId={projectId} id={id} />
      </div>
      {language.dialog}
      {guard.asked && (
        <LeaveDialog
          name={draft.name}
          busy={phase.kind === "saving"}
          onStay={guard.stay}
          onLeave={guard.go}
          onSave={() => {
            void save().then((outcome) => (outcome === "saved" ? guard.go() : guard.stay()))
          }}
        />
      )}
    </Page>
  )
}
