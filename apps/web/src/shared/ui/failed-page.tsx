"use client"

import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { Failed } from "./failed.tsx"

/** Stands in for a page whose data did not come. */
export function FailedPage({ text }: { text: string }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  return (
    <div className="grid min-h-[60vh] place-items-center">
      <h1 className="sr-only">This page did not load</h1>
      <Failed text={text} busy={isPending} onRetry={() => startTransition(() => router.refresh())} />
    </div>
  )
}
