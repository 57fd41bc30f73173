/** An answer as far as it is looked at. */
export interface Answer {
  ok: boolean
  status: number
  url: string
  redirected: boolean
  headers: Pick<Headers, "get">
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null
  text(): Promise<string>
  json(): Promise<unknown>
}

/** What calls need of fetch; the global one is one of these. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Answer>
