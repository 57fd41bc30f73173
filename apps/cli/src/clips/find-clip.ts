import type { Client, Outputs } from "@strudel-agent/client/client"
import { itemNameOf } from "../things/item-name.ts"

export type Clip = Outputs["clip"]["find"]

/** The clip of a name such as `house/kick`, or of an id that one project alone has. */
export const findClip = (client: Client, name: string): Promise<Clip> =>
  client.clip.find.query(itemNameOf("clip", name))
