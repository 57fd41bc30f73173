import { connect, type Socket } from "node:net"

/** A connection that sends what it is told and keeps what it hears. */
export interface RawConnection {
  socket: Socket
  /** Everything that came so far. */
  heard(): string
  /** Resolves, to everything that came, when the other side ends the connection; rejects after ten seconds. */
  ended: Promise<string>
}

/** Opens a connection to a port of the loopback and sends these bytes as they are. */
export function openRaw(port: number, text: string): RawConnection {
  let heard = ""
  const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"))
  socket.setEncoding("latin1").on("data", (part: string) => {
    heard += part
  })
  socket.on("error", () => {})
  const ended = new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`still open after: ${heard}`)), 10_000)
    socket.once("close", () => {
      clearTimeout(late)
      resolve(heard)
    })
  })
  // Not everybody waits for the end.
  ended.catch(() => {})
  return { socket, heard: () => heard, ended }
}

/** Sends a request line and headers as they are, `connection: close` among them, and resolves to the answer as text. */
export const sendRaw = (port: number, requestLine: string, headers: string[] = []): Promise<string> =>
  openRaw(port, [requestLine, ...headers, "Connection: close", "", ""].join("\r\n")).ended

/** The status of an answer as text. */
export const statusOfRaw = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
