import type { CallToolRequest, CallToolResult } from "@modelcontextprotocol/client"
import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge"

declare global {
  interface Window {
    /** Calls a tool of the server, as the chat's own client does. */
    callTool(params: CallToolRequest["params"]): Promise<CallToolResult>
    /** Shows a view with what a tool answered. */
    showAnswer(view: string, answer: CallToolResult, theme: "light" | "dark"): Promise<void>
    /** What the view told the model, and asked to be opened. */
    told: string[]
    opened: string[]
  }
}

window.told = []
window.opened = []
window.showAnswer = async (view, answer, theme) => {
  const frame = document.createElement("iframe")
  frame.setAttribute("sandbox", "allow-scripts")
  frame.allow = "autoplay"
  frame.title = "View"
  frame.style.cssText = "width: 100%; height: 600px; border: 0"
  document.body.replaceChildren(frame)
  const target = frame.contentWindow
  if (!target) throw new Error("The frame has no window")
  const bridge = new AppBridge(
    null,
    { name: "chat", version: "1.0.0" },
    { serverTools: {}, openLinks: {}, updateModelContext: { text: {} } },
    { hostContext: { theme } },
  )
  bridge.oncalltool = (params) => window.callTool(params)
  bridge.onupdatemodelcontext = async ({ content = [] }) => {
    for (const part of content) if (part.type === "text") window.told.push(part.text)
    return {}
  }
  bridge.onopenlink = async ({ url }) => {
    window.opened.push(url)
    return {}
  }
  bridge.onsizechange = ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`
  }
  const initialized = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve()
  })
  await bridge.connect(new PostMessageTransport(target, target))
  frame.srcdoc = view
  await initialized
  await bridge.sendToolResult(answer)
}
