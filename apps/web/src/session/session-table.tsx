import type { Outputs } from "@strudel-agent/client/client"
import { Link } from "../ui/link.tsx"
import { PendingHint } from "../ui/pending-hint.tsx"
import { Bone } from "../ui/skeleton.tsx"
import { Ago } from "../ui/time.tsx"
import { formatNumber } from "../words/count.ts"
import { sessionTags } from "./session-facts.ts"
import { SessionItem } from "./session-item.tsx"
import { StatusSign } from "./status-sign.tsx"

type Session = Outputs["session"]["list"]["items"][number]

const head = "border-b border-line py-2 pr-4 text-left text-xs font-medium whitespace-nowrap text-soft last:pr-0"
const cell = "border-b border-line py-2 pr-4 align-top last:pr-0"
const wide = "hidden lg:table-cell"
const middle = "hidden sm:table-cell"

const Head = () => (
  <thead>
    <tr>
      <th scope="col" className={head}>
        Session
      </th>
      <th scope="col" className={`${head} ${middle} w-32`}>
        Status
      </th>
      <th scope="col" className={`${head} ${wide} w-44`}>
        Item
      </th>
      <th scope="col" className={`${head} ${wide} w-60`}>
        Agent and model
      </th>
      <th scope="col" className={`${head} w-20 text-right sm:w-24`}>
        <span className="sm:hidden">Msgs</span>
        <span className="hidden sm:inline">Messages</span>
      </th>
      <th scope="col" className={`${head} w-16 text-right sm:w-24`}>
        <span className="sm:hidden">Active</span>
        <span className="hidden sm:inline">Last activity</span>
      </th>
    </tr>
  </thead>
)

/** Tags that a row has room for. */
const mostTags = 4

function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null
  return (
    <span className="mt-0.5 flex h-4 gap-2 overflow-hidden text-xs/4 text-faint">
      {tags.slice(0, mostTags).map((tag, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a session may bear the same tag twice.
        <span key={index} className="truncate">
          #{tag}
        </span>
      ))}
      {tags.length > mostTags && <span>+{tags.length - mostTags}</span>}
    </span>
  )
}

function Row({ session }: { session: Session }) {
  const { id, displayName, projectId, itemType, itemId, agentName, modelName, provider } = session
  const { messageCount, lastActivity, status } = session
  return (
    <tr className="group relative hover:bg-panel">
      <th scope="row" className={`${cell} text-left font-normal`}>
        <span className="flex min-w-0 items-baseline gap-2.5">
          <span className="sm:hidden" aria-hidden="true">
            <StatusSign status={status} quiet />
          </span>
          <Link
            href={`/sessions/${id}`}
            data-row
            className="line-clamp-2 min-w-0 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent sm:line-clamp-1"
          >
            {displayName} <PendingHint className="inline-block align-middle" />
          </Link>
        </span>
        <span className="mt-0.5 block truncate text-sm text-soft lg:hidden">
          {[itemType && itemId && `${itemType} ${itemId}`, projectId, modelName ?? agentName]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <Tags tags={sessionTags(session.metadata)} />
      </th>
      <td className={`${cell} ${middle}`}>
        <StatusSign status={status} />
      </td>
      <td className={`${cell} ${wide} truncate text-sm`}>
        <span className="relative z-1">
          <SessionItem session={session} />
        </span>
        {projectId && <span className="block text-xs text-soft">{projectId}</span>}
      </td>
      <td className={`${cell} ${wide} text-sm`}>
        <span className="block truncate" title={provider ?? undefined}>
          {modelName ?? <span className="text-faint">no model</span>}
        </span>
        <span className="block truncate text-xs text-soft">{agentName}</span>
      </td>
      <td className={`${cell} text-right font-mono text-[0.8125rem]/6 tabular-nums`}>{formatNumber(messageCount)}</td>
      <td className={`${cell} text-right text-[0.8125rem]/6 text-soft`}>
        <span className="relative z-1">
          <Ago at={lastActivity} />
        </span>
      </td>
    </tr>
  )
}

/** Sessions, one a row. */
export const SessionTable = ({ sessions, busy }: { sessions: Session[]; busy: boolean }) => (
  <table
    aria-busy={busy}
    className={`w-full table-fixed border-separate border-spacing-0 transition-opacity ${busy ? "opacity-60" : ""}`}
  >
    <caption className="sr-only">Sessions, the last active first</caption>
    <Head />
    <tbody>
      {sessions.map((session) => (
        <Row key={session.id} session={session} />
      ))}
    </tbody>
  </table>
)

const ghosts = Array.from({ length: 12 }, (_, index) => index)

/** The shape of the list before its rows are there. */
export const SessionTableSkeleton = () => (
  <table aria-hidden="true" className="w-full table-fixed border-separate border-spacing-0">
    <Head />
    <tbody>
      {ghosts.map((ghost) => (
        <tr key={ghost}>
          <td className={cell}>
            <Bone className="my-[3px] h-4 w-3/5" />
            <Bone className="mt-1.5 mb-0.5 h-2.5 w-24" />
          </td>
          <td className={`${cell} ${middle}`}>
            <Bone className="my-1 h-4 w-16" />
          </td>
          <td className={`${cell} ${wide}`}>
            <Bone className="my-1 h-4 w-24" />
          </td>
          <td className={`${cell} ${wide}`}>
            <Bone className="my-1 h-4 w-32" />
          </td>
          <td className={cell}>
            <Bone className="my-1 ml-auto h-4 w-8" />
          </td>
          <td className={cell}>
            <Bone className="my-1 ml-auto h-4 w-14" />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
