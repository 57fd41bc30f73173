import type { AppRouter } from "@strudel-agent/api/root"
import { TRPCClientError, type TRPCLink } from "@trpc/client"
import { observable } from "@trpc/server/observable"

/** A link whose code is loaded by its first call. */
export function lazyLink(load: () => Promise<TRPCLink<AppRouter>>): TRPCLink<AppRouter> {
  let loaded: Promise<TRPCLink<AppRouter>> | undefined
  return (runtime) => (call) =>
    observable((observer) => {
      let left = false
      let leave = () => {}
      loaded ??= load()
      loaded.then(
        (link) => {
          if (!left) leave = link(runtime)(call).subscribe(observer).unsubscribe
        },
        (error: Error) => {
          // What could not be fetched may be there the next time.
          loaded = undefined
          observer.error(TRPCClientError.from(error))
        },
      )
      return () => {
        left = true
        leave()
      }
    })
}
