import { Html } from '../html.js';

/** The look of every page that the simulator serves itself. Colours keep their contrast in the dark as well. */
export const STYLE = new Html(`
:root { color-scheme: light dark; --ink: #1d2733; --faint: #55636f; --paper: #f6f8fa; --card: #fff;
  --line: #d5dde4; --accent: #1a6f3c; --accent-ink: #fff; --warn: #a3361f; --mark: #e4f3e9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7edf2; --faint: #a5b3bf; --paper: #14191e;
  --card: #1d242b; --line: #35414b; --accent: #5cc487; --accent-ink: #0b1a11; --warn: #ff9d85; --mark: #1f3528; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
body > header, main { max-width: 1240px; margin: 0 auto; padding: 0 20px; }
body.narrow main { max-width: 560px; padding-top: 6vh; }
body > header { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: baseline; padding-top: 18px; }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 0 0 10px; }
a { color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px; padding: 0; margin: 14px 0; list-style: none; }
nav a { display: block; padding: 7px 13px; border-radius: 8px; text-decoration: none; color: var(--ink); }
nav a[aria-current] { background: var(--accent); color: var(--accent-ink); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px;
  margin: 0 0 18px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--faint); font-weight: 600; font-size: 13px; }
th, td { padding: 7px 10px; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
td.wide { white-space: normal; min-width: 16ch; }
.number { text-align: right; }
tr.gone td { color: var(--faint); text-decoration: line-through; }
tr.gone td.plain { text-decoration: none; }
.state { display: inline-block; border-radius: 99px; padding: 0 9px; border: 1px solid var(--line); font-size: 13px; }
.state.good { background: var(--mark); border-color: transparent; }
.state.bad, .bad { color: var(--warn); }
button, input, select { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); padding: 5px 11px; }
button { cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button.danger { color: var(--warn); }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin: 0; }
form.row label { display: grid; gap: 2px; font-size: 13px; color: var(--faint); }
.choice { display: block; padding: 6px 0; }
details > summary { cursor: pointer; color: var(--accent); }
details[open] > summary { margin-bottom: 8px; }
form.row + form.row { margin-top: 10px; }
form[role='search'] { margin-bottom: 12px; }
fieldset { border: 1px solid var(--line); border-radius: 8px; }
.message { border-left: 5px solid var(--accent); }
.message.bad { border-color: var(--warn); }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(310px, 1fr)); gap: 18px; align-items: start; }
small, .faint { color: var(--faint); }
.buttons { display: flex; gap: 8px; }
code { font-size: 13px; }
`);
