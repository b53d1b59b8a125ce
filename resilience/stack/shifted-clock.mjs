// Loaded by `--import` before everything else of a process, whose clock is wrong from then on: by as
// many milliseconds as CLOCK_SHIFT_MS says. Timers and `performance.now()` go on as they do.
const byMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);

globalThis.Date = new Proxy(Date, {
  construct: (date, args, asked) =>
    Reflect.construct(date, args.length > 0 ? args : [date.now() + byMs], asked),
  apply: (date) => new date(date.now() + byMs).toString(),
  get: (date, name) => (name === 'now' ? () => date.now() + byMs : Reflect.get(date, name)),
});
