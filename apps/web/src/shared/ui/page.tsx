import type { ReactNode } from "react"

/** A page with room around it. */
export const Page = ({ children }: { children: ReactNode }) => (
  <div className="mx-auto flex w-full max-w-[88rem] flex-col gap-6 px-4 pt-6 pb-28 md:px-8 md:pt-9 md:pb-16">
    {children}
  </div>
)

/** A page's name, what it is about, and what can be done with it. */
export const PageTitle = ({ title, note, above }: { title: string; note?: ReactNode; above?: ReactNode }) => (
  <div className="flex min-w-0 flex-col gap-1.5">
    {above}
    <h1
      dir="auto"
      className="text-3xl font-semibold tracking-[-0.025em] text-balance [overflow-wrap:anywhere] md:text-4xl"
    >
      {title}
    </h1>
    {note && <p className="text-soft">{note}</p>}
  </div>
)

/** A part of a page under a heading of its own. */
export const Part = ({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) => (
  <section className="flex min-w-0 flex-col gap-3">
    <h2 className="flex items-baseline gap-2 text-sm font-semibold">
      {title}
      {note !== undefined && <span className="font-mono text-xs font-normal text-faint">{note}</span>}
    </h2>
    {children}
  </section>
)

/** Facts by name. */
export const Facts = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 gap-y-2 text-sm">{children}</dl>
)

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-soft">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
)
