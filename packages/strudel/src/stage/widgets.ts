import { registerWidgetType } from "@strudel/transpiler"

/** Methods that the transpiler gives an id, since strudel.cc draws them below their line. */
export const widgetMethods = ["_pianoroll", "_punchcard", "_wordfall", "_spiral", "_scope", "_spectrum", "_pitchwheel"]

for (const name of widgetMethods) registerWidgetType(name)
