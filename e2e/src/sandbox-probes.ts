/** Where a probe tries to get to: the product itself, and a server of somebody else. */
export interface Targets {
  own: string
  other: string
  /** `host:port` that listens for datagrams. */
  stun: string
}

/** Ways out of a sandbox, each a function body that resolves to `REACHED …` where it found one. */
export function probes({ own, other, stun }: Targets): { [name: string]: string } {
  const fetched = (what: string) => `const r = await fetch(${what}); return 'REACHED ' + r.status`
  const opened = (what: string) =>
    `return await new Promise((done) => { const it = ${what}; it.onopen = () => done('REACHED'); it.onerror = () => done('refused'); setTimeout(() => done('nothing'), 800) })`
  const element = (make: string) =>
    `return await new Promise((done) => { const it = ${make}; it.onload = () => done('REACHED'); it.onerror = () => done('refused'); document.documentElement.append(it); setTimeout(() => done('nothing'), 800) })`
  return {
    "the page's document": "return 'REACHED ' + parent.document.title",
    "the top's address": "return 'REACHED ' + top.location.href",
    "the opener": "return opener ? 'REACHED' : 'none'",
    cookies: "return 'REACHED ' + document.cookie.length",
    "setting a cookie": "document.cookie = 'probe=1'; return 'REACHED'",
    localStorage: "localStorage.setItem('probe', '1'); return 'REACHED'",
    sessionStorage: "sessionStorage.setItem('probe', '1'); return 'REACHED'",
    indexedDB:
      "return await new Promise((done) => { const it = indexedDB.open('probe'); it.onsuccess = () => done('REACHED'); it.onerror = () => done('refused') })",
    caches: "await caches.open('probe'); return 'REACHED'",
    "the origin's private files": "await navigator.storage.getDirectory(); return 'REACHED'",
    "a service worker": `await navigator.serviceWorker.register('${own}/sw.js?probe'); return 'REACHED'`,
    "the API": fetched(`'${own}/api/projects?probe'`),
    "the API with credentials": fetched(`'${own}/api/projects?probe', { credentials: 'include', mode: 'cors' }`),
    "the API blindly": fetched(`'${own}/api/projects?probe', { method: 'POST', mode: 'no-cors', body: '{}' }`),
    "another server": fetched(`'${other}/?probe', { mode: 'no-cors' }`),
    "fetch of the prototype": `const it = Object.getPrototypeOf(Object.getPrototypeOf(globalThis)); const r = await (it.fetch ?? Window.prototype.fetch).call(globalThis, '${other}/?probe'); return 'REACHED ' + r.status`,
    XMLHttpRequest: `return await new Promise((done) => { const it = new XMLHttpRequest(); it.onload = () => done('REACHED'); it.onerror = () => done('refused'); it.open('GET', '${other}/?probe'); it.send() })`,
    "a beacon": `return navigator.sendBeacon('${other}/?probe', 'x') ? 'sent' : 'refused'`,
    WebSocket: opened(`new WebSocket('${other.replace("http", "ws")}/?probe')`),
    EventSource: opened(`new EventSource('${other}/?probe')`),
    WebTransport: `const it = new WebTransport('${other.replace("http:", "https:")}/?probe'); await it.ready; return 'REACHED'`,
    WebRTC: `const it = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${stun}' }] }); it.createDataChannel('probe'); await it.setLocalDescription(await it.createOffer()); await new Promise((done) => setTimeout(done, 800)); return 'tried'`,
    "importScripts of a server": `importScripts('${other}/?probe'); return 'REACHED'`,
    "importScripts of the product": `importScripts('${own}/sandbox.html?probe'); return 'REACHED'`,
    "import() of a server": `await import('${other}/?probe'); return 'REACHED'`,
    "import() of the product": `await import('${own}/sandbox.html?probe'); return 'REACHED'`,
    "import() of a blob":
      "const url = URL.createObjectURL(new Blob(['export const a = 1'], { type: 'text/javascript' })); await import(url); return 'REACHED'",
    "a data URL that fetches": `await import('data:text/javascript,' + encodeURIComponent('await fetch(\\'${other}/?probe\\')')); return 'REACHED'`,
    "fetch of a blob": "return 'REACHED ' + (await fetch(URL.createObjectURL(new Blob(['x'])))).status",
    "fetch of a data URL": "return 'REACHED ' + (await fetch('data:,x')).headers.get('content-type').slice(0, 4)",
    "a shared worker": `new SharedWorker('${own}/sandbox.html?probe'); return 'REACHED'`,
    "a worker of a server": opened(`new Worker('${own}/sandbox.html?probe')`),
    "a channel to other pages": "new BroadcastChannel('probe').postMessage('x'); return 'posted'",
    "an image": element(`Object.assign(new Image(), { src: '${other}/?probe' })`),
    "a style sheet": element(
      `Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '${other}/?probe' })`,
    ),
    "a script": element(`Object.assign(document.createElement('script'), { src: '${other}/?probe' })`),
    "a font": `await new FontFace('probe', 'url(${other}/?probe)').load(); return 'REACHED'`,
    "a sound element": `const it = new Audio('${other}/?probe'); await it.play(); return 'REACHED'`,
    "a frame inside": `const it = document.createElement('iframe'); it.src = '${other}/?probe'; document.documentElement.append(it); await new Promise((done) => setTimeout(done, 500)); return 'tried'`,
    "a prefetch": `document.documentElement.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: '${other}/?probe' })); await new Promise((done) => setTimeout(done, 300)); return 'tried'`,
    "a form": `const it = document.createElement('form'); it.action = '${other}/?probe'; it.target = '_blank'; document.documentElement.append(it); it.submit(); return 'submitted'`,
    "a popup": `return open('${other}/?probe') ? 'REACHED' : 'refused'`,
    "moving the top": `top.location.href = '${other}/?probe'; return 'tried'`,
    "asking for rights": "await navigator.mediaDevices.getUserMedia({ audio: true }); return 'REACHED'",
    "the clipboard": "return 'REACHED ' + (await navigator.clipboard.readText())",
    // Last, since it would take the frame away.
    "moving itself": `location.href = '${other}/?probe'; await new Promise((done) => setTimeout(done, 500)); return 'tried'`,
  }
}

/** Tricks on what carries messages between clip code and the player, for the worker alone. */
export const forgeries: { [name: string]: string } = {
  "posting as the worker": "postMessage({ answer: [] }); return 'REACHED'",
  "posting by the prototype":
    "DedicatedWorkerGlobalScope.prototype.postMessage.call(self, { answer: [] }); return 'REACHED'",
  "posting through the global's prototypes":
    "let at = self; while (at) { if (Object.hasOwn(at, 'postMessage') && typeof at.postMessage === 'function') return 'REACHED'; at = Object.getPrototypeOf(at) } return 'none'",
  "listening to the frame": "addEventListener('message', () => {}); return 'REACHED'",
  "setting onmessage":
    "const found = []; let at = self; while (at) { if (Object.getOwnPropertyDescriptor(at, 'onmessage')?.set) found.push(1); at = Object.getPrototypeOf(at) } return found.length ? 'REACHED' : 'none'",
  "a port of its own": "new MessageChannel(); return 'REACHED'",
  "closing the worker": "close(); return 'REACHED'",
  "reading messages from the event's prototype":
    "const it = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data'); return it ? 'REACHED' : 'none'",
  "spying on apply":
    "let seen = 'none'; const was = Reflect.apply; Reflect.apply = (f, self, list) => { if (String(f).includes('postMessage')) seen = 'REACHED'; return was(f, self, list) }; await null; return seen",
  "names that are left":
    "const names = []; for (let at = self; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) names.push(...Object.getOwnPropertyNames(at)); const bad = names.filter((name) => self[name] !== undefined && /fetch|http|socket|worker|cache|storage|database|rtc|transport|channel|message|navigator|import|file|crypto|lock/i.test(name) && !/WorkerGlobalScope|AbortController/.test(name)); return bad.length ? 'REACHED ' + bad : 'none'",
}
