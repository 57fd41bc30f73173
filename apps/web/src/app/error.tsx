"use client"

import { Failed } from "../ui/failed.tsx"

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="grid min-h-[60vh] place-items-center">
      <Failed reason="INTERNAL" onRetry={retry} />
    </div>
  )
}
