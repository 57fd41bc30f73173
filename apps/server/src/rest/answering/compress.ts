import { constants } from "node:zlib"
import compress from "@fastify/compress"
import type { FastifyInstance } from "fastify"

/** Bytes from which on compression saves more than it costs: what is smaller fits a packet or two as it is. */
const threshold = 2048

/** Compresses a scope's answers for those who ask for it, off the event loop; requests are taken as they are. */
export async function compressAnswers(scope: FastifyInstance): Promise<void> {
  await scope.register(compress, {
    globalDecompression: false,
    threshold,
    encodings: ["br", "gzip"],
    // The usual quality of Brotli is made for files that are compressed once.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 6 },
  })
}
