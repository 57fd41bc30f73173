import { limits } from "@strudel-agent/contract/limits"
import type { FastifyReply, FastifyRequest } from "fastify"
import { bodyTooLarge, largeText } from "./read-json.ts"
import { createRoom, type Room } from "./room.ts"

const mebibyte = 1024 * 1024

/** Bodies up to this size need no room: all that are read at once are little. */
const small = 64 * 1024
/** Bytes of the larger ones that are held at once; those of more than usual size keep none of the others waiting. */
const usualRoom = 32 * mebibyte
const largeRoom = 48 * mebibyte
const queue = { waiting: 256, longestWait: 20_000 }

/** Who lets bodies in. */
export interface Bodies {
  /**
   * Lets the body of a request be read: refuses one that says itself that it is larger than the limit, and waits for room
   * in memory, which is given back when the answer is through. Rejects with BODY_TOO_LARGE or SERVER_BUSY.
   */
  admit(request: FastifyRequest, reply: FastifyReply, limit: number): Promise<void>
}

/** Bytes that a request says its body has: none without one, and all that it may have where it does not say. */
function announced({ headers }: FastifyRequest, limit: number): number {
  const length = headers["content-length"]
  if (length !== undefined) return Number(length)
  return headers["transfer-encoding"] === undefined ? 0 : limit
}

/** Whether what a request brings takes a while to work at. */
export const bringsMuch = (request: FastifyRequest): boolean => announced(request, Number.POSITIVE_INFINITY) > largeText

/** Bounds the memory that the bodies of a server's requests take together. */
export function createBodies(rooms: { usual: Room; large: Room } = usualRooms()): Bodies {
  return {
    async admit(request, reply, limit) {
      const bytes = announced(request, limit)
      if (bytes > limit) throw bodyTooLarge(limit)
      if (bytes <= small) return
      const room = bytes > limits.requestBytes.usual ? rooms.large : rooms.usual
      const giveBack = await room.take(bytes)
      reply.raw.once("finish", giveBack).once("close", giveBack)
      // Who left while waiting is not told anything any more.
      if (reply.raw.destroyed) giveBack()
    },
  }
}

const usualRooms = () => ({
  usual: createRoom({ bytes: usualRoom, ...queue }),
  large: createRoom({ bytes: largeRoom, ...queue }),
})
