/**
 * What the engine expects of its surroundings and QuickJS lacks, as a script: a console, a clock and timers in virtual
 * time, so that waiting costs nothing. Its value is the function that runs the next timer, which clip code cannot reach.
 */
export const prelude = `
globalThis.console = { log() {}, info() {}, warn() {}, error() {}, debug() {}, assert() {} };
(() => {
  let timers = [], now = 0, last = 0;
  const add = (again) => (work, delay = 0, ...inputs) => {
    const pause = Math.max(again === undefined ? 0 : 1, Number(delay) || 0);
    timers.push({ id: ++last, at: now + pause, pause: again && pause, work, inputs });
    return last;
  };
  const remove = (id) => { timers = timers.filter((timer) => timer.id !== id); };
  globalThis.setTimeout = add();
  globalThis.setInterval = add(true);
  globalThis.clearTimeout = globalThis.clearInterval = remove;
  globalThis.performance = { now: () => now };
  return () => {
    const next = timers.reduce((first, timer) => (!first || timer.at < first.at ? timer : first), undefined);
    if (!next) return false;
    now = next.at;
    if (next.pause) next.at += next.pause;
    else remove(next.id);
    next.work(...next.inputs);
    return true;
  };
})()
`

/** Entries of a list in an answer; characters of a problem's message, of a stack trace and of a whole answer. */
export const most = { listed: 1_000, message: 10_000, stack: 200_000, text: 8_000_000 } as const

/**
 * The three functions that the host calls, as the value of a script: `begin` starts an analysis, `explain` puts an answer
 * for what was thrown past the engine, `read` is the answer as JSON or undefined. Clip code shares their realm: it finds
 * neither them nor the engine by name, and what they use of the language is remembered before it runs. An answer that is
 * too long is told of fewer events, and says so.
 */
export const beginScript = `
(() => {
  const { evaluate, problemAfterStop } = strudelEngine;
  delete globalThis.strudelEngine;
  const { parse, stringify } = JSON;
  const { call } = Function.prototype;
  const start = call.bind(Array.prototype.slice), startOfText = call.bind(String.prototype.slice);
  const most = ${JSON.stringify(most)};
  let text;
  const shorten = (answer) => {
    answer.warnings = start(answer.warnings, 0, most.listed);
    if (!answer.ok) answer.error.message = startOfText(answer.error.message, 0, most.message);
    else for (const list of ["lanes", "sounds", "samples"]) answer[list] = start(answer[list], 0, most.listed);
    return answer;
  };
  const tell = (answer) => {
    let told = stringify(shorten(answer));
    while (told.length > most.text && answer.ok && answer.haps.length > 0) {
      answer.haps = start(answer.haps, 0, answer.haps.length >> 1);
      answer.cut = true;
      told = stringify(answer);
    }
    text = told;
  };
  const explain = (stage, message, stack) => {
    tell({ ok: false, error: problemAfterStop({ stage, message }, stack), warnings: [] });
  };
  const fail = (error) => explain("run", String(error?.message ?? error), String(error?.stack ?? ""));
  return {
    begin: (code, options, prepared) => {
      text = undefined;
      evaluate(code, parse(options), prepared === "" ? undefined : parse(prepared)).then(tell, fail);
    },
    explain,
    read: () => text,
  };
})()
`
