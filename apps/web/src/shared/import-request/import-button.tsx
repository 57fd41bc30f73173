"use client"

import { UploadIcon } from "lucide-react"
import { Button } from "#shared/ui/button.tsx"
import { choose } from "./give.ts"

/** Lets a person choose files to import, or a folder of them. Where it is `small`, a phone shows the icon alone. */
export const ImportButton = ({
  what = "files",
  words = "Import",
  small = false,
}: {
  what?: "files" | "folder"
  words?: string
  small?: boolean
}) => (
  <Button title="Files can also be dropped anywhere on the page" onClick={() => choose(what)}>
    <UploadIcon aria-hidden="true" />
    <span className={small ? "sr-only sm:not-sr-only" : ""}>{words}</span>
  </Button>
)
