/**
 * The one stylesheet of all pages, with its address. Plain: a column of text, hairlines, one accent, light and dark.
 * It promises nothing from elsewhere (system fonts only, Latin face first, then the right Han face by `:lang()`),
 * contrast of at least 7:1 for text and 4.5:1 for what stands beside it, and no italics on Han.
 */
import { createHash } from 'node:crypto';

const LATIN = `-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial`;

/** The text of the stylesheet. */
export const STYLESHEET = `:root {
  color-scheme: light dark;
  --paper: #fdfdfc; --ink: #1f2328; --soft: #4f565e; --line: #e3e3de; --shade: #f3f3f0; --accent: #a3331f;
  --font: ${LATIN}, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #d8dbe0; --soft: #a9b0b9; --line: #2d3138; --shade: #1f2227; --accent: #f0907c; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 var(--font);
  overflow-wrap: anywhere; line-break: strict; text-autospace: normal; text-spacing-trim: trim-start;
}
:where([lang]:lang(zh), [lang]:lang(ja)) { line-height: 1.8; }
:where([lang]:lang(en)) { font-family: var(--font); line-height: 1.6; }
:where([lang]:lang(zh-Hant), [lang]:lang(zh-TW)) { font-family: ${LATIN}, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC", sans-serif; }
:where([lang]:lang(zh-Hant-HK), [lang]:lang(zh-HK)) { font-family: ${LATIN}, "PingFang HK", "Microsoft JhengHei", "Noto Sans CJK HK", "Noto Sans HK", sans-serif; }
:where([lang]:lang(zh-Hans), [lang]:lang(zh-CN), [lang]:lang(zh-SG)) { font-family: ${LATIN}, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
:where([lang]:lang(ja)) { font-family: ${LATIN}, "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; }
:lang(zh) em, :lang(zh) i, :lang(zh) cite, :lang(ja) em, :lang(ja) i, :lang(ja) cite { font-style: normal; }
:lang(zh) em, :lang(ja) em { text-emphasis: filled dot; text-emphasis-position: under right; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.column { inline-size: min(100%, 42.75rem); margin-inline: auto; padding-inline: 1.25rem; }
.top { border-block-end: 1px solid var(--line); font-size: .875rem; }
.top .column { display: flex; gap: 1rem; align-items: baseline; padding-block: .75rem; }
.top a { color: var(--ink); font-weight: 600; text-decoration: none; }
main { padding-block: 2.5rem 3rem; }
.bottom { border-block-start: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
.bottom .column { padding-block: 1.25rem 2.5rem; }
h1 { margin: 0 0 .75rem; font-size: clamp(1.6rem, 1.3rem + 1.5vw, 2.125rem); line-height: 1.3; font-weight: 700; text-wrap: balance; }
h1:lang(zh), h1:lang(ja) { text-wrap: wrap; }
h2, h3, h4, h5, h6 { margin: 2em 0 .6em; line-height: 1.4; font-weight: 600; }
:is(h2, h3) + h3 { margin-block-start: .4em; }
h2 { font-size: 1.3rem; } h3 { font-size: 1.125rem; } h4, h5, h6 { font-size: 1rem; }
.meta { margin: 0; color: var(--soft); font-size: .875rem; line-height: 1.6; }
.meta > :not(:last-child)::after { content: "·"; margin-inline: .5em; color: var(--soft); text-decoration: none; display: inline-block; }
.meta a { color: inherit; }
.meta time { white-space: nowrap; }
h1 a.title { color: inherit; text-decoration: none; }
h1 a.title:hover { color: var(--accent); }
.top a + a { color: var(--soft); font-weight: 400; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.lead { margin: 0 0 .75rem; color: var(--soft); }
.subscribe { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0 0; padding: 0; list-style: none; font-size: .875rem; line-height: 1.4; }
.subscribe a { display: block; padding: .4em .9em; border: 1px solid var(--line); border-radius: 1em; text-decoration: none; }
.subscribe a:hover { border-color: currentColor; }
.items { margin: 2.25rem 0 0; padding: 0; list-style: none; }
.items > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 1.25rem; padding-block: 1.4rem; border-block-start: 1px solid var(--line); }
.items h2 { grid-column: 1; margin: 0 0 .35rem; font-size: 1.2rem; line-height: 1.4; text-wrap: pretty; }
.items h2 a { color: var(--ink); text-decoration: none; }
.items h2 a:hover { color: var(--accent); text-decoration: underline; text-decoration-thickness: 1px; }
.items h2 a:visited { color: var(--soft); }
.items .meta { grid-column: 1; }
.items .subscribe { grid-column: 1 / -1; margin-block-start: .75rem; }
.items .excerpt { grid-column: 1; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3; overflow: hidden; margin: .5rem 0 0; font-size: 1rem; line-height: 1.7; }
.items .thumbnail { grid-column: 2; grid-row: 1 / span 3; inline-size: 7.5rem; block-size: 5rem; margin: .35rem 0 0; object-fit: cover; border-radius: 4px; background: var(--shade); }
.empty { margin-block-start: 2.25rem; padding-block-start: 1.4rem; border-block-start: 1px solid var(--line); color: var(--soft); }
.text { margin-block-start: 2rem; }
.text > :first-child { margin-block-start: 0; }
.text p, .text ul, .text ol, .text dl, .text blockquote, .text pre, .text table, .text figure { margin: 0 0 1em; }
.text li { margin-block-end: .35em; }
.text blockquote { padding-inline-start: 1em; border-inline-start: 3px solid var(--line); }
.text img, .text video, .text audio, .text svg { max-inline-size: 100%; block-size: auto; }
.text img { border-radius: 3px; }
.text > img, .text > p > img:only-child { display: block; margin-block: 0 1em; }
.text figure { margin-block: 1.5em; }
.text figure img { display: block; }
figcaption { margin-block-start: .5em; color: var(--soft); font-size: .875rem; line-height: 1.6; }
.text table { display: block; overflow-x: auto; border-collapse: collapse; font-size: 1rem; }
.text th, .text td { padding: .35em .75em; border: 1px solid var(--line); min-inline-size: 4.5em; text-align: start; vertical-align: top; overflow-wrap: normal; }
.text pre { overflow-x: auto; padding: .9em 1em; background: var(--shade); border-radius: 4px; font-size: .9rem; line-height: 1.5; overflow-wrap: normal; }
code, pre, kbd { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace, var(--font); font-size: .9em; }
pre code { font-size: 1em; }
hr { margin: 2em auto; border: 0; border-block-start: 1px solid var(--line); inline-size: 6em; }
.about { margin-block-start: 2.5rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); color: var(--soft); font-size: .875rem; line-height: 1.7; }
.about dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1rem; margin: 0; }
.about dt { font-weight: 600; }
.about dd { margin: 0; }
@media (max-width: 30rem) {
  main { padding-block-start: 1.75rem; }
  .items .thumbnail { inline-size: 5rem; block-size: 5rem; }
  .items > li { column-gap: .9rem; }
}
@media print { .top, .bottom, .subscribe { display: none; } body { background: none; color: #000; } }
`;

/** Path of the stylesheet under the address of the server; it changes with the text, so it may be kept for ever. */
export const STYLESHEET_PATH = `/assets/feedmill-${createHash('sha256').update(STYLESHEET).digest('hex').slice(0, 12)}.css`;
