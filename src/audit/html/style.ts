// How the page looks: one column, dark or light as the reader's system is, no font and no picture from outside.

export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #f4f5f7; --card: #ffffff; --line: #dcdfe5; --text: #1b2027; --muted: #56606d; --code: #eef0f3;
  --new: #1a8a5a; --seen: #b27a08; --failed: #c43d27; --polled: #4668ad; --words: #7b8491; --user: #7a4cc0;
  --badge: #e4e7ec; --badge-text: #3d4651; --strong: #0f5f3d; --strong-bg: #d8efe3; --target: #1b2027; --focus: #2456c4;
  --new-text: #12704a; --seen-text: #855800; --failed-text: #b23420; --polled-text: #3a5a9e; --user-text: #6f40b6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0f1216; --card: #171b21; --line: #2a303a; --text: #e5e8ed; --muted: #9ea8b6; --code: #0f1318;
    --new: #3fb580; --seen: #e0aa3e; --failed: #ec6a53; --polled: #7597d6; --words: #7f8998; --user: #b691e6;
    --badge: #2a313b; --badge-text: #c3cad4; --strong: #7fdbb0; --strong-bg: #17382a; --target: #ffffff; --focus: #86aaff;
    --new-text: #56c793; --seen-text: #e0aa3e; --failed-text: #f08170; --polled-text: #8fabdf; --user-text: #c3a3ec;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 1.15rem; margin: 40px 0 12px; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: 0.8rem; font-weight: 600; color: var(--muted); margin: 14px 0 4px; }
p { margin: 0; }
ul, ol { list-style: none; margin: 0; padding: 0; }
code { font: 0.86em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.muted { color: var(--muted); font-size: 0.9rem; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.lead { margin: -8px 0 12px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 0; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.figures dt { color: var(--muted); font-size: 0.85rem; }
.figures dd { margin: 2px 0 0; font-size: 1.55rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures dd small { font-size: 0.9rem; font-weight: 400; color: var(--muted); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { text-align: left; padding: 9px 14px; border-top: 1px solid var(--line); white-space: nowrap; }
thead th { border-top: 0; color: var(--muted); font-weight: 500; font-size: 0.82rem; }
.num { text-align: right; font-variant-numeric: tabular-nums; }
td.last { white-space: normal; min-width: 12rem; }
.badge { display: inline-block; background: var(--badge); color: var(--badge-text); border-radius: 999px; padding: 0 9px; font-size: 0.78rem; line-height: 1.6; }
.badge.enforced { background: var(--strong-bg); color: var(--strong); }
.tools { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; background: var(--bg); padding: 10px 0; }
.tools label { font-size: 0.9rem; color: var(--muted); }
.tools input { flex: 1 1 240px; min-width: 0; max-width: 420px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--muted); border-radius: 8px; padding: 7px 12px; }
::placeholder { color: var(--muted); opacity: 1; }
.legend { display: grid; gap: 4px; margin: 0 0 14px; font-size: 0.85rem; color: var(--muted); }
.legend ul { display: flex; flex-wrap: wrap; gap: 4px 16px; }
.legend li { display: inline-flex; align-items: flex-end; gap: 6px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin: 0 0 14px; }
.card header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 2px 16px; }
.card h3 code { font-weight: 600; margin-right: 6px; }
.verdict { margin: 4px 0 12px; }
.strip { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 3px 1px; padding-top: 6px; }
.strip .cut { font-size: 0.75rem; color: var(--muted); margin: 0 6px; line-height: 18px; }
i { display: inline-block; flex: none; width: 6px; border-radius: 1px; background: var(--words); }
.h1 { height: 5px; } .h2 { height: 9px; } .h3 { height: 13px; } .h4 { height: 18px; }
i.n { background: var(--new); } i.s { background: var(--seen); } i.f { background: var(--failed); }
i.p { background: var(--polled); } i.u { background: var(--user); width: 2px; }
i.at { position: relative; height: 22px; outline: 2px solid var(--target); outline-offset: 0; margin: 0 3px; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 12px 0 0; font-size: 0.92rem; }
.facts .check { color: var(--seen-text); }
.repeated li + li { margin-top: 6px; }
.repeated code, .asread li { display: block; background: var(--code); border-radius: 6px; padding: 5px 10px; }
.repeated code.result { border-radius: 0 0 6px 6px; color: var(--muted); padding-top: 0; margin-top: -4px; }
details { margin: 12px 0 0; }
summary { cursor: pointer; font-size: 0.92rem; padding: 3px 0; }
.hint { color: var(--muted); font-size: 0.82rem; margin-left: 8px; }
.steps { margin-top: 6px; border-top: 1px solid var(--line); }
.steps li { display: grid; grid-template-columns: 3.2rem 4.8rem 3rem 7.6rem 1fr; gap: 0 8px; padding: 5px 6px; border-bottom: 1px solid var(--line); font-size: 0.88rem; }
.steps li.target { background: var(--code); box-shadow: inset 3px 0 0 var(--target); }
.no { text-align: right; } .no, .time { font-variant-numeric: tabular-nums; color: var(--muted); }
.tag { font-weight: 650; }
.came.new { color: var(--new-text); } .came.seen { color: var(--seen-text); } .came.failed { color: var(--failed-text); }
.came.polled { color: var(--polled-text); } .came.user { color: var(--user-text); }
.what { min-width: 0; } .what code { display: block; }
.what .result { color: var(--muted); }
.refused { display: block; color: var(--failed-text); font-size: 0.84rem; }
.asread { margin-top: 6px; } .asread li { font-size: 0.9rem; border-radius: 0; }
.command { margin-top: 14px; font-size: 0.9rem; color: var(--muted); }
.notes { margin-top: 40px; border-top: 1px solid var(--line); padding-top: 16px; }
.notes li { color: var(--muted); font-size: 0.9rem; margin: 0 0 4px; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main { padding: 20px 12px 48px; }
  h1 { font-size: 1.4rem; }
  .figures { grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 16px; }
  .figures div { padding: 10px 12px; }
  .figures div:last-child:nth-child(odd) { grid-column: 1 / -1; }
  .figures dd { font-size: 1.25rem; }
  .card { padding: 14px; border-radius: 10px; }
  .rules thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rules tr { display: flex; flex-wrap: wrap; gap: 0 14px; padding: 10px 14px; border-top: 1px solid var(--line); }
  .rules tbody tr:first-child { border-top: 0; }
  .rules td { display: block; border: 0; padding: 1px 0; white-space: normal; }
  .rules td:first-child { flex: 1 1 55%; font-weight: 600; }
  .rules td[data-name]::after { content: " " attr(data-name); color: var(--muted); font-size: 0.82rem; }
  .rules td.last { flex: 1 1 100%; min-width: 0; }
  .steps li { grid-template-columns: auto auto auto 1fr; gap: 0 10px; padding: 8px 6px; }
  .steps .what { grid-column: 1 / -1; }
  .no { text-align: left; }
  .hint { display: block; margin: 0; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
