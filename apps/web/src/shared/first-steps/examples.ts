/** Where the command line connects unless it is told. */
const usualAddress = "http://127.0.0.1:3000"

/** The command that brings a folder of work into the product at an address. */
export const importCommand = (address: string): string =>
  `${address === usualAddress ? "" : `STRUDEL_URL=${address} `}npm run -s cli -- import ~/music/projects`

/** The command that gives Claude Code the tools of this installation. */
export const mcpCommand = (address: string): string => `claude mcp add --transport http strudel ${address}/mcp`

/** The settings that give other assistants its tools. */
export const mcpSettings = (address: string): string =>
  JSON.stringify({ mcpServers: { strudel: { type: "http", url: `${address}/mcp` } } }, null, 2)

/** What to tell an assistant that has these tools, so that it answers in a session. */
export const mcpWords = (sessionId: string): string =>
  `Read session ${sessionId} with the tools of strudel, do what its last message asks, and write your answer there.`

const json = "-H 'content-type: application/json'"

/** Starts a session over REST. */
export const createExample = (address: string, sessionId: string): string =>
  `curl -sX POST ${address}/api/sessions ${json} \\
  -d '{"session_id": "${sessionId}", "session_name": "My agent"}'`

/** Says something in a session over REST, and reads it. */
export const talkExample = (address: string, sessionId: string): string =>
  `curl -sX POST ${address}/api/messages/${sessionId} ${json} \\
  -d '{"messages": [{"role": "assistant", "content": "Hello from my agent."}]}'
curl -s "${address}/api/messages/${sessionId}?page_size=50"`

/** Listens to what is said in a session, from its beginning on, until it is stopped. */
export const listenExample = (address: string, sessionId: string): string =>
  `curl -sNG ${address}/trpc/live.watch \\
  --data-urlencode 'input={"sessions": [{"sessionId": "${sessionId}", "after": -1}]}'`

/** A beat of built-in sounds. */
export const firstBeat = `$: s("bd*4, [~ hh]*4, ~ cp").gain(.8)
$: note("<c2 eb2 g2 bb1>*4").s("sawtooth").lpf(700).decay(.2).sustain(0)`
