"use client"

import { UploadIcon } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { choose } from "./give.ts"

/** Lets a person choose files to import, or a folder of them. */
export const ImportButton = ({ what = "files", words = "Import" }: { what?: "files" | "folder"; words?: string }) => (
  <Button title="Files can also be dropped anywhere on the page" onClick={() => choose(what)}>
    <UploadIcon aria-hidden="true" />
    {words}
  </Button>
)
