import "./seed.ts"
import * as webAudio from "web-audio-api"
import { rememberFormulas } from "./automation.ts"
import { shareBuffers } from "./buffer-source.ts"
import { convolverOf } from "./convolver.ts"
import { moveInSteps } from "./filter-steps.ts"
import { soundAsInBrowsers } from "./oscillator.ts"

// superdough looks for these as it is loaded, and takes a realm without a window for one without sound.
Object.assign(globalThis, webAudio, { window: { addEventListener() {} } })
Object.assign(globalThis, { ConvolverNode: convolverOf(AudioWorkletNode) })

// superdough asks for as many channels as there may be, and two are listened to.
Object.defineProperty(webAudio.AudioDestinationNode.prototype, "maxChannelCount", { get: () => 2 })

rememberFormulas()
shareBuffers(AudioBufferSourceNode)
moveInSteps(BiquadFilterNode)
soundAsInBrowsers(OscillatorNode)
