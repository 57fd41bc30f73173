/**
 * What the engine expects of its surroundings and QuickJS lacks, as a script: a console, a clock and timers in virtual
 * time, so that waiting costs nothing; and the function that the host calls.
 */
export const prelude = `
globalThis.console = { log() {}, info() {}, warn() {}, error() {}, debug() {}, assert() {} };
{
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
  globalThis.runNextTimer = () => {
    const next = timers.reduce((first, timer) => (!first || timer.at < first.at ? timer : first), undefined);
    if (!next) return false;
    now = next.at;
    if (next.pause) next.at += next.pause;
    else remove(next.id);
    next.work(...next.inputs);
    return true;
  };
}
`

/**
 * `beginAnalysis` starts an analysis, whose answer will stand in the global `answer` as JSON; `explain` puts an answer
 * there for what was thrown past the engine.
 */
export const beginScript = `
globalThis.beginAnalysis = (code, options) => {
  globalThis.answer = undefined;
  const answer = (value) => { globalThis.answer = JSON.stringify(value); };
  const fail = (error) => explain("run", String(error?.message ?? error), String(error?.stack ?? ""));
  strudelEngine.evaluate(code, JSON.parse(options)).then(answer, fail);
};
globalThis.explain = (stage, message, stack) => {
  const error = strudelEngine.problemAfterStop({ stage, message }, stack);
  globalThis.answer = JSON.stringify({ ok: false, error, warnings: [] });
};
`
