/** The look of the control panel: a workbench, told at a glance from portal and Hosted Link. */
export const PANEL_CSS = `
:root {
  color-scheme: light dark;
  --page: #f6f4ef; --card: #fffdf9; --ink: #26221b; --soft: #5f584c; --line: #ddd6c8; --accent: #7a4a00; --accent-ink: #fff;
  --good: #1c6238; --bad: #9a2a1f; --warn: #7a4a00; --bar: #2c2720; --bar-ink: #f6efe2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #191713; --card: #22201b; --ink: #f0ebe0; --soft: #b8b0a1; --line: #3d382f; --accent: #f0b95b; --accent-ink: #211a0c;
    --good: #87d3a4; --bad: #f0a49a; --warn: #f0b95b; --bar: #100f0c; --bar-ink: #f6efe2;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: .95rem/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
.bar { background: var(--bar); color: var(--bar-ink); }
.bar > div, main { max-width: 68rem; margin: 0 auto; padding: .8rem 1.25rem; }
.bar > div { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: baseline; }
.bar a { color: inherit; text-underline-offset: 4px; }
.bar nav { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; }
.bar a[aria-current] { font-weight: 700; text-decoration-thickness: 3px; }
h1 { font-size: 1.4rem; margin: .9rem 0 .6rem; } h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; } form + h2 { font-size: .95rem; margin: 1rem 0 .4rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.15rem; margin: 0 0 1rem; }
.soft { color: var(--soft); } code { font: .85em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.head { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; align-items: start; }
.connections { list-style: none; margin: .8rem 0; padding: 0; display: grid; gap: .5rem; }
.connections > li { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: center; border-top: 1px solid var(--line); padding-top: .6rem; }
.connections img { border-radius: 8px; } .grow { flex: 1; min-width: 11rem; }
.actions { display: flex; flex-wrap: wrap; gap: .4rem; }
.status { font-weight: 600; } .Linked, .Success { color: var(--good); } .Deauthorized, .Failure { color: var(--bad); } .PendingAuth, .Attempting, .Sending { color: var(--warn); }
form { margin: 0; } form.line { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; } form.line > div { min-width: 9rem; flex: 1; max-width: 20rem; }
label { font-weight: 600; display: block; font-size: .88rem; }
input, select { font: inherit; padding: .35rem .55rem; border: 1px solid var(--soft); border-radius: 8px; background: var(--card); color: var(--ink); width: 100%; min-height: 2.3rem; }
input[type=checkbox] { width: 1.15rem; min-height: 1.15rem; height: 1.15rem; accent-color: var(--accent); margin: 0 .5rem 0 0; vertical-align: middle; }
label.check { display: flex; align-items: center; }
button { font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid var(--soft); background: transparent; color: var(--ink); padding: .3rem .75rem; min-height: 2.1rem; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); } button.danger { border-color: var(--bad); color: var(--bad); }
a { color: var(--accent); } .bar a { color: var(--bar-ink); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; min-width: 46rem; } th, td { text-align: left; padding: .4rem .7rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .9rem 1.2rem; margin-bottom: 1rem; }
.note { border-left: 4px solid var(--good); padding: .5rem .9rem; background: var(--card); margin: 1rem 0; }
.pages { display: flex; gap: 1.2rem; }
`;
