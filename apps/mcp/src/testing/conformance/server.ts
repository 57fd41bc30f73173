import { createClient } from "@strudel-agent/client/client"
import { openConformanceDoor } from "./door.ts"

// The server that the conformance suite speaks to, over the library that runs at the address that it is given.
const [pageUrl = "http://127.0.0.1:3000"] = process.argv.slice(2)
const client = createClient({ url: pageUrl, token: process.env.STRUDEL_TOKEN })
const { url } = await openConformanceDoor({ client, pageUrl })
process.stdout.write(`${url}\n`)
