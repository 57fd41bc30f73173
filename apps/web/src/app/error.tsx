"use client"

import { Failed } from "#shared/ui/failed.tsx"

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="grid min-h-[60vh] place-items-center">
      <h1 className="sr-only">This page did not load</h1>
      <Failed onRetry={retry} />
    </div>
  )
}
