// What a browser's realm has and QuickJS lacks: libraries put it there, and our own Intl.
import "core-js/actual/queue-microtask"
import "core-js/actual/dom-exception"
import "core-js/actual/atob"
import "core-js/actual/btoa"
import "core-js/actual/structured-clone"
import "core-js/actual/url"
import "core-js/actual/url-search-params"
import "core-js/actual/object/group-by"
import "core-js/actual/map/group-by"
import "core-js/actual/promise/with-resolvers"
import "core-js/actual/promise/try"
import "core-js/actual/array/from-async"
import "core-js/actual/array/to-sorted"
import "core-js/actual/array/to-reversed"
import "core-js/actual/array/to-spliced"
import "core-js/actual/array/with"
import "core-js/actual/array/find-last"
import "core-js/actual/set"
import "core-js/actual/iterator"
import "event-target-polyfill"
import "fast-text-encoding"
import { AbortController, AbortSignal } from "abortcontroller-polyfill/dist/cjs-ponyfill.js"
import { englishIntl } from "./english-intl.ts"

class CustomEvent extends Event {
  readonly detail: unknown
  constructor(type: string, options: EventInit & { detail?: unknown } = {}) {
    super(type, options)
    this.detail = options.detail ?? null
  }
}

Object.assign(globalThis, { CustomEvent, AbortController, AbortSignal, Intl: englishIntl })
