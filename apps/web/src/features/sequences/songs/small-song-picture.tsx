"use client"

import type { ComponentProps } from "react"
import { Arrangement, oneByOne } from "../arrangement/arrangement.tsx"

/** The clips of a song one after the other, as a small picture; a list reads nothing of what a song says. */
export const SmallSongPicture = ({
  clipIds,
  ...look
}: { clipIds: string[] } & Omit<ComponentProps<typeof Arrangement>, "stretches">) => (
  <Arrangement stretches={oneByOne(clipIds)} {...look} />
)
