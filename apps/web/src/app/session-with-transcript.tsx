"use client"

import type { ComponentProps } from "react"
import { type SessionParts, SessionView } from "#features/sessions/view/session-view.tsx"
import { Transcript } from "#features/transcript/view/transcript.tsx"
import type { TranscriptParts } from "#features/transcript/view/transcript-dialogs.tsx"
import { TranscriptSkeleton } from "#features/transcript/view/transcript-skeleton.tsx"
import { onDemand } from "#shared/api/on-demand.tsx"

const transcriptParts: TranscriptParts = {
  ReplayBar: onDemand(() => import("#features/replay/replay-bar.tsx").then((part) => part.ReplayBar)),
  NewClip: onDemand(() => import("#features/clips/new/clip-new-dialog.tsx").then((part) => part.NewClipDialog)),
}

const sessionParts: SessionParts = {
  Transcript: (props: Omit<ComponentProps<typeof Transcript>, "parts">) => (
    <Transcript {...props} parts={transcriptParts} />
  ),
  TranscriptSkeleton,
  ClipsAt: onDemand(() => import("#features/transcript/view/clips-at.tsx").then((part) => part.ClipsAt)),
}

/** The page of one session, with its transcript. */
export const SessionWithTranscript = ({ id }: { id: string }) => <SessionView id={id} parts={sessionParts} />
