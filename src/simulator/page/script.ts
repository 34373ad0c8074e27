import { Html } from '../html.js';

/** Everything works without it: it asks before what cannot be undone, and keeps the list of calls fresh. */
export const SCRIPT = new Html(`
document.addEventListener('submit', (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});
document.getElementById('realm')?.addEventListener('change', (event) => event.target.form.submit());
const rows = document.getElementById('call-rows');
const follow = document.getElementById('follow');
async function refresh() {
  if (follow.checked && !document.hidden) {
    const answer = await fetch(location.pathname + location.search + '&part=rows').catch(() => undefined);
    if (answer?.ok) rows.innerHTML = await answer.text();
  }
  setTimeout(refresh, 2000);
}
if (rows) setTimeout(refresh, 2000);
`);
