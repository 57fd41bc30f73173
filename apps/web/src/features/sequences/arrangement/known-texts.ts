import type { Places } from "#shared/song/order.ts"

interface Listing {
  text: string
  places: Places
}

/** Orders whose texts are remembered. */
const most = 101

const keyOf = ({ ids, sections }: Places): string => JSON.stringify([ids, sections])

/**
 * Remembers which text was stored with which order, so that an order that is gone back to has its text again, byte for
 * byte. A text that something else than the order has changed is where it begins anew.
 */
export class KnownTexts {
  readonly #texts = new Map<string, string>()
  #last: string | undefined

  /** The text that an order had; `stored` is what is to be changed into it. */
  textOf(stored: Listing, places: Places): string | undefined {
    if (stored.text !== this.#last) this.#texts.clear()
    this.keep(stored)
    return this.#texts.get(keyOf(places))
  }

  /** Told of what was stored. */
  keep({ text, places }: Listing): void {
    this.#last = text
    const key = keyOf(places)
    this.#texts.delete(key)
    this.#texts.set(key, text)
    const [oldest] = this.#texts.keys()
    if (this.#texts.size > most && oldest !== undefined) this.#texts.delete(oldest)
  }
}
