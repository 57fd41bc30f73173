/** Texts given out that have not come back: more than these are never on their way. */
const most = 100

/** Tells a text that an editor gave out, and that comes back to it, from one that somebody else wrote. */
export function createEcho() {
  const onTheWay: string[] = []
  return {
    sent(text: string): void {
      onTheWay.push(text)
      if (onTheWay.length > most) onTheWay.shift()
    },
    /** Whether a text was given out; those before it do not come any more. */
    isEcho(text: string): boolean {
      const place = onTheWay.lastIndexOf(text)
      onTheWay.splice(0, place < 0 ? onTheWay.length : place + 1)
      return place >= 0
    },
  }
}
