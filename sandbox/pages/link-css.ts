/** The look of Hosted Link and of the sign-in stand-in: calm, and not the portal's. */
export const LINK_CSS = `
:root {
  color-scheme: light dark;
  --page: #eef0f4; --card: #ffffff; --ink: #1b2430; --soft: #4d5a6b; --line: #d3d9e2;
  --accent: #4338a8; --accent-ink: #ffffff; --good: #17663a; --bad: #a1271f; --tint: #f4f4fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151b; --card: #1b2029; --ink: #e9edf3; --soft: #aab4c2; --line: #343c49;
    --accent: #a9a2f5; --accent-ink: #15131f; --good: #7fd6a2; --bad: #f2a29b; --tint: #222838;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; display: flex; flex-direction: column;
}
header, footer { padding: 1rem 1.25rem; max-width: 38rem; width: 100%; margin: 0 auto; color: var(--soft); font-size: .875rem; }
header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; flex-wrap: wrap; }
header strong { color: var(--ink); font-size: 1rem; }
footer { margin-top: auto; }
main {
  width: calc(100% - 2rem); max-width: 36rem; margin: .5rem auto 1.5rem; padding: 1.75rem clamp(1.1rem, 5vw, 2.25rem) 2rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
ul.tiles { list-style: none; margin: .75rem 0; padding: 0; display: grid; gap: .6rem; }
.tile {
  display: flex; align-items: center; gap: .85rem; padding: .7rem .85rem; border: 1px solid var(--line);
  border-radius: 12px; color: inherit; text-decoration: none; font-weight: 600; background: var(--card); min-height: 3.25rem;
}
a.tile:hover { border-color: var(--accent); background: var(--tint); }
.tile img, .lead img { width: 36px; height: 36px; border-radius: 9px; flex: none; }
.tile .grow { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.tile small { display: block; font-weight: 400; color: var(--soft); }
.row { flex-wrap: wrap; }
.row .grow { min-width: 9rem; }
a.tile::after {
  content: ""; margin-left: auto; width: .5rem; height: .5rem; border: solid var(--soft); border-width: 2px 2px 0 0;
  transform: rotate(45deg); flex: none;
}
.row .actions { display: flex; gap: .5rem; flex-wrap: wrap; }
.lead { display: flex; gap: .9rem; align-items: center; margin-bottom: .75rem; }
.lead img { width: 52px; height: 52px; border-radius: 13px; }
.lead h1 { margin: 0; }
.mark { font-weight: 600; }
.mark.good { color: var(--good); } .mark.bad { color: var(--bad); }
form { margin: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; align-items: center; }
button, .button {
  font: inherit; font-weight: 600; border-radius: 10px; padding: .6rem 1.15rem; border: 1px solid var(--accent); min-height: 2.75rem;
  background: var(--accent); color: var(--accent-ink); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center;
}
button.plain, .button.plain { background: transparent; color: var(--ink); border-color: var(--soft); }
button.small, .button.small { padding: .3rem .75rem; min-height: 2.25rem; font-size: .9rem; }
button:hover, .button:hover { filter: brightness(.94); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label { display: block; font-weight: 600; margin-bottom: .3rem; }
input, select {
  font: inherit; width: 100%; padding: .55rem .7rem; border: 1px solid var(--soft); border-radius: 10px;
  background: var(--card); color: var(--ink); min-height: 2.75rem;
}
.search { display: flex; gap: .6rem; align-items: end; margin: 1rem 0; }
.search > div { flex: 1; min-width: 0; }
details { border: 1px solid var(--line); border-radius: 12px; padding: .7rem .9rem; margin: .5rem 0; }
summary { font-weight: 600; cursor: pointer; }
.platform main { border-top: 6px solid var(--accent); }
`;
