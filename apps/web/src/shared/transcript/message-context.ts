import type { MessageContext } from "@strudel-agent/contract/message"
import { isRecord, isText } from "#shared/versioned-draft/shape.ts"

const texts = ["item_type", "item_id", "project_id", "code"] as const

/** What a message was about, as a browser kept it; undefined for anything else. */
export const isMessageContext = (value: unknown): value is MessageContext =>
  isRecord(value) && texts.every((name) => value[name] === undefined || value[name] === null || isText(value[name]))

/** What a message is about in a few words; undefined where that names no item. */
export const aboutOf = ({ item_type: type, item_id: id }: MessageContext): string | undefined =>
  type && id ? `${type} ${id}` : undefined
