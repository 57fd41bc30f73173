import type { FetchSample, Sandbox, SandboxOptions } from "@strudel-agent/sandbox/host"
import type { Event } from "@strudel-agent/sandbox/protocol"

/** Keeps the one sandbox of a tab: opened when it is first wanted, and anew after it was dropped. */
export function createSandboxKeeper({
  open,
  fetchSample,
  onEvent,
  allowed,
}: {
  open(options: SandboxOptions): Promise<Sandbox>
  /** Fetches a file of samples where that is allowed. */
  fetchSample: FetchSample
  onEvent(event: Event): void
  /** Whether samples may be asked for over the network. */
  allowed(): boolean
}) {
  let opening: Promise<Sandbox> | undefined
  let current: Sandbox | undefined

  async function openNow(): Promise<Sandbox> {
    const mine: { sandbox?: Sandbox } = {}
    const sandbox = await open({
      fetchSample: async (url, signal) => (allowed() ? fetchSample(url, signal) : null),
      // What a dropped one still says counts no longer.
      onEvent: (event) => (mine.sandbox === undefined || mine.sandbox === current ? onEvent(event) : undefined),
    })
    mine.sandbox = sandbox
    current = sandbox
    await sandbox.network(allowed())
    return sandbox
  }

  return {
    /** The sandbox, opened if need be. Rejects where it does not open; then the next call tries again. */
    open(): Promise<Sandbox> {
      opening ??= openNow().catch((error: unknown) => {
        opening = undefined
        throw error
      })
      return opening
    },
    /** The sandbox if it is open. */
    opened: (): Sandbox | undefined => current,
    /** Takes it out of the page. */
    drop() {
      current?.close()
      current = undefined
      opening = undefined
    },
  }
}
