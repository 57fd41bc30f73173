import type { Metadata } from "next"
import { Logo } from "#shared/shell/logo.tsx"
import { Link } from "#shared/ui/link.tsx"

export const metadata: Metadata = { title: "Not found" }

export default function NotFound() {
  return (
    <div className="grid min-h-[70vh] place-items-center px-6 text-center">
      <div className="flex flex-col items-center gap-4">
        <Logo className="size-12 text-faint" />
        <h1 className="text-2xl font-semibold tracking-tight">Silence here</h1>
        <p className="max-w-sm text-balance text-soft">
          Nothing is kept at this address. It may have been renamed or deleted.
        </p>
        <Link
          href="/sessions"
          className="rounded-md border border-line bg-raised px-4 py-2 font-medium hover:border-edge"
        >
          To the sessions
        </Link>
      </div>
    </div>
  )
}
