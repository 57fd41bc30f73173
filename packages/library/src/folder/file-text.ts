import { createHash } from "node:crypto"
import { decodeFile } from "@strudel-agent/project-folder/storable-text"

/** A file's text. What is not UTF-8 reads with replacement characters; its bytes are given back as they are. */
export const textOf = (content: Uint8Array): string =>
  decodeFile(content) ?? new TextDecoder("utf-8", { ignoreBOM: true }).decode(content)

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text))

export const isUtf8 = (content: Uint8Array): boolean => decodeFile(content) !== undefined

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0

/** Tells one content from another, as the contract's digests do. */
export const digestOf = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex")

/** The last part of a path. */
export const fileNameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1)
