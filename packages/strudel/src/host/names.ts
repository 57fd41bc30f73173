/** JavaScript's own globals: what a clip finds in every realm. */
export const languageNames = [
  ...["globalThis", "Object", "Function", "Array", "Number", "parseFloat", "parseInt", "Infinity", "NaN", "undefined"],
  ...["Boolean", "String", "Symbol", "Date", "Promise", "RegExp", "Error", "AggregateError", "EvalError", "RangeError"],
  ...["ReferenceError", "SyntaxError", "TypeError", "URIError", "JSON", "Math", "ArrayBuffer", "DataView"],
  ...["Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array"],
  ...["Float64Array", "Uint8ClampedArray", "BigUint64Array", "BigInt64Array", "Map", "BigInt", "Set", "WeakMap"],
  ...["WeakSet", "WeakRef", "Iterator", "Proxy", "Reflect", "decodeURI", "decodeURIComponent", "encodeURI"],
  ...["encodeURIComponent", "escape", "unescape", "eval", "isFinite", "isNaN"],
]

/** Globals of a browser that compute and have no way out: the realm's own, which QuickJS is given. */
export const computingNames = [
  ...["console", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask", "performance"],
  ...[
    "structuredClone",
    "TextEncoder",
    "TextDecoder",
    "URL",
    "URLSearchParams",
    "atob",
    "btoa",
    "DOMException",
    "Intl",
  ],
  ...["AbortController", "AbortSignal", "Event", "EventTarget", "CustomEvent"],
]

/** Globals of a browser that draw: in their place stands what does nothing. */
export const visualNames = [
  ...["document", "screen", "Image", "ImageData", "Path2D", "OffscreenCanvas", "HTMLElement", "HTMLCanvasElement"],
  ...["Element", "Node", "DOMParser", "customElements", "FontFace", "matchMedia", "getComputedStyle", "scrollTo"],
  ...["ResizeObserver", "MutationObserver", "IntersectionObserver", "createImageBitmap", "visualViewport"],
  ...["requestAnimationFrame", "cancelAnimationFrame", "requestIdleCallback", "cancelIdleCallback"],
]

/** Globals of a browser that reach devices, people or other programs: in their place stands what does nothing. */
export const deviceNames = [
  ...["Audio", "AudioContext", "webkitAudioContext", "OfflineAudioContext", "AudioWorkletNode", "MediaRecorder"],
  ...["MediaStream", "speechSynthesis", "SpeechSynthesisUtterance", "SpeechRecognition", "webkitSpeechRecognition"],
  ...["Notification", "DeviceMotionEvent", "DeviceOrientationEvent", "WebSocket", "EventSource", "XMLHttpRequest"],
  ...["RTCPeerConnection", "BroadcastChannel", "Worker", "SharedWorker", "indexedDB", "caches", "open", "print"],
  ...["postMessage", "importScripts", "alert"],
]
