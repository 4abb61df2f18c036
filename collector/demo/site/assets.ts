/** The demo site's style sheet and its few lines of script. */

/**
 * Calls the tag as a site's own script would: only if the person ticked the box. Choosing who one is is no form of the
 * vendor's: `submit()`, unlike `requestSubmit()`, raises no event that the tag would count.
 */
export const siteScript = `
for (const select of document.querySelectorAll('[data-submit]')) {
  select.addEventListener('change', () => select.form.submit());
  select.form.classList.add('instant');
}
const tell = document.querySelector('[data-tell]');
tell?.form.addEventListener('submit', () => {
  if (tell.checked) window.footlight?.('identify', null, { email: tell.form.elements.email.value });
});
`;

export const siteStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfaf7, #14191b);
  --raised: light-dark(#ffffff, #1c2326);
  --ink: light-dark(#1c2a2e, #e8ecea);
  --soft: light-dark(#53636a, #a5b3b4);
  --line: light-dark(#e2dfd6, #2d3739);
  --sea: light-dark(#0b6470, #63c3cd);
  --on-sea: light-dark(#ffffff, #08262a);
  --sand: light-dark(#e8b45a, #d9a54b);
  --coral: light-dark(#d9705a, #e08a76);
  --mist: light-dark(#9dc3c4, #3f6b70);
  font: 17px/1.6 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); }
h1 { font-size: clamp(2rem, 1.2rem + 3.4vw, 3.4rem); line-height: 1.08; letter-spacing: -0.02em; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 0 0 0.3rem; }
p { margin: 0 0 1rem; }
a { color: var(--sea); }
:focus-visible { outline: 2px solid var(--sea); outline-offset: 3px; border-radius: 4px; }
code { font-size: 0.85em; overflow-wrap: anywhere; }

.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.25rem; padding: 0.6rem clamp(1rem, 4vw, 3rem); background: #1d1b2e; color: #f3f1fa; font-size: 0.875rem; }
.bar p { margin: 0; flex: 1 1 20rem; }
.bar .address { color: #bdb8d6; white-space: nowrap; }
.bar form { display: flex; align-items: center; gap: 0.5rem; min-width: 0; }
.bar label { color: #bdb8d6; white-space: nowrap; }
.bar select, .bar button { font: inherit; min-height: 32px; border: 1px solid #4b4768; border-radius: 6px; background: #2b2842; color: inherit; padding: 0.1rem 0.5rem; }
.bar select { min-width: 0; max-width: 15rem; }
.bar .instant button { display: none; }
.bar .seen { color: #ffcf70; display: inline-block; padding: 0.25rem 0; }
.bar :focus-visible { outline-color: #ffcf70; }

.head, main, .foot { max-width: 72rem; margin: 0 auto; padding-inline: clamp(1rem, 4vw, 3rem); }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0.5rem 2rem; padding-block: 1.25rem; }
.brand { display: inline-flex; align-items: center; gap: 0.5rem; font-weight: 700; font-size: 1.2rem; color: var(--ink); text-decoration: none; }
.brand path { fill: none; stroke: var(--sea); stroke-width: 2.2; stroke-linecap: round; }
.head nav { display: flex; gap: clamp(0.75rem, 3vw, 1.75rem); }
.head nav a { color: var(--soft); text-decoration: none; padding: 0.25rem 0; }
.head nav a:hover, .head nav a[aria-current] { color: var(--ink); }
.head nav a[aria-current] { box-shadow: 0 2px 0 var(--sea); }

main { padding-block: clamp(1.5rem, 5vw, 4rem) 4rem; }
.lead { font-size: 1.2rem; color: var(--soft); max-width: 38rem; margin-bottom: 1.75rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.button { display: inline-block; font: inherit; font-weight: 600; background: var(--sea); color: var(--on-sea); border: 1px solid var(--sea); border-radius: 999px; padding: 0.55rem 1.35rem; text-decoration: none; cursor: pointer; }
.button.quiet { background: none; color: var(--sea); }
.hero { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: clamp(2rem, 5vw, 4rem); align-items: center; }
.board { background: var(--raised); border: 1px solid var(--line); border-radius: 16px; padding: 1.25rem; font-size: 0.8rem; color: var(--soft); }
.days { display: grid; grid-template-columns: repeat(5, 1fr); margin-left: 6rem; padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); }
.row { display: grid; grid-template-columns: 6rem 1fr; align-items: center; min-height: 3rem; }
.bars { display: grid; grid-template-columns: repeat(5, 1fr); gap: 4px; }
.bars i { height: 1.4rem; border-radius: 6px; grid-row: 1; }
.bars .s1 { grid-column: 1 / span 2; } .bars .s2 { grid-column: 2 / span 3; } .bars .s3 { grid-column: 3 / span 3; }
.bars .s4 { grid-column: 4 / span 2; } .bars .s5 { grid-column: 5; }
.bars .a { background: var(--sea); } .bars .b { background: var(--sand); } .bars .c { background: var(--mist); } .bars .d { background: var(--coral); }
.three { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1.25rem; margin-top: clamp(2rem, 5vw, 4rem); }
article { background: var(--raised); border: 1px solid var(--line); border-radius: 16px; padding: 1.5rem; }
article p:last-child { margin: 0; }
blockquote { margin: clamp(2rem, 6vw, 5rem) 0 0; padding-left: 1.5rem; border-left: 4px solid var(--sand); max-width: 42rem; }
blockquote p { font-size: 1.35rem; line-height: 1.4; margin-bottom: 0.5rem; }
cite { color: var(--soft); font-style: normal; }
.steps { list-style: none; counter-reset: step; margin: 0 0 2rem; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem 3rem; }
.steps li { counter-increment: step; border-top: 1px solid var(--line); padding-top: 1.25rem; }
.steps li::before { content: '0' counter(step); color: var(--sea); font-variant-numeric: tabular-nums; font-weight: 600; }
.plan { display: flex; flex-direction: column; }
.plan ul { margin: 0 0 1.5rem; padding-left: 1.1rem; flex: 1; }
.plan .button { align-self: start; }
.price { color: var(--soft); } .price strong { font-size: 2rem; color: var(--ink); font-variant-numeric: tabular-nums; }
.narrow { max-width: 38rem; }
.form { display: grid; gap: 1.1rem; }
.form label { display: grid; gap: 0.3rem; font-weight: 600; }
.form input:not([type='checkbox']), .form textarea { font: inherit; color: inherit; background: var(--raised); border: 1px solid light-dark(#8a979b, #66767a); border-radius: 10px; padding: 0.6rem 0.8rem; width: 100%; }
.form .check { grid-template-columns: auto 1fr; gap: 0.7rem; font-weight: 400; color: var(--soft); }
.form .check input { width: 24px; height: 24px; margin: 0; accent-color: var(--sea); }
.form .button { justify-self: start; }
.foot { border-top: 1px solid var(--line); padding-block: 1.5rem 3rem; color: var(--soft); font-size: 0.9rem; }
`;
