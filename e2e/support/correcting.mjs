// A correction as somebody makes it in the portal: from Stoppade, by typing and choosing what the page offers. The page keeps
// the time meanwhile: from the last key press, or choice, until the send button says that the demands are met, and from the
// click on it until it says that it is sent.
import { signIn } from './browser.mjs';

// Runs in the page.
function keepTime() {
  performance.setResourceTimingBufferSize(10_000);
  const times = (globalThis.times = { judged: [], sent: [], opened: [] });
  const since = {};
  const isSend = (node) => /^Skicka (\d+ )?rätta/.test(node?.textContent ?? '');
  const sendButton = () => [...document.querySelectorAll('footer button')].find(isSend);
  const end = (what) => {
    if (since[what] === undefined) return;
    times[what].push(performance.now() - since[what]);
    delete since[what];
  };
  const look = () => {
    const button = sendButton();
    if (button && since.opened !== undefined) end('opened');
    if (button && !button.hasAttribute('aria-disabled')) end('judged');
    if (since.sent !== undefined && document.querySelector('section [role=status] a[download]')) end('sent');
  };
  addEventListener('input', () => void (since.judged = performance.now()), true);
  addEventListener(
    'click',
    ({ target }) => {
      if (target.closest?.('table') && target.closest('a')) since.opened = performance.now();
      if (isSend(target.closest?.('button')) && !target.closest('button').hasAttribute('aria-disabled')) since.sent = performance.now();
      else if (target.closest?.('section') && target.closest('button[class*=suggestion]')) since.judged = performance.now();
    },
    true,
  );
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-disabled'] });
}

export async function toStopped(page, person) {
  await page.addInitScript(keepTime);
  await signIn(page, person);
  await page.goto('/stopped');
  await page.getByRole('heading', { name: 'Stoppade', level: 1 }).waitFor();
}

// And how long the server took to answer each time it was asked how a correction stands.
export const timesOf = (page) =>
  page.evaluate(() => {
    const asked = performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/corrections'));
    return { ...globalThis.times, answered: asked.map((one) => one.responseEnd - one.requestStart) };
  });
export const panelOf = (page) => page.getByRole('region', { name: 'Rätta och skicka igen' });
export const fieldOf = (panel, term) => panel.getByLabel(new RegExp(`${term}\\b`));
export const sendButton = (panel) => panel.getByRole('button', { name: /^Skicka/ });

export async function open(page, number) {
  await page.getByRole('table', { name: 'Våra utskick' }).getByRole('link', { name: number, exact: true }).click();
  return panelOf(page);
}

// Types or chooses, field by field, lays in what is to be attached, and waits until the demands are met.
export async function putRight(panel, wanted, attach) {
  for (const { term, typed, choose } of wanted) {
    const field = fieldOf(panel, term);
    await field.fill('');
    if (choose) await panel.getByRole('button', { name: choose, exact: true }).first().click();
    else await field.pressSequentially(typed);
  }
  if (wanted.length > 0) await panel.locator('[data-judged=good]').nth(wanted.length - 1).waitFor();
  if (attach) await layIn(panel, attach);
  await panel.getByText('Kontrollen hittar inga brister').waitFor();
}

export async function layIn(panel, { name, mimeType, text }) {
  const chooser = panel.page().waitForEvent('filechooser');
  await panel.getByRole('button', { name: 'Lägg till bilaga' }).click();
  await (await chooser).setFiles({ name, mimeType, buffer: Buffer.from(text) });
}

// What the panel shows as the difference: [[before, after] …] in words.
export async function shownDifference(panel) {
  // Read at once: the page may draw the table anew between two questions.
  return panel
    .locator('table tbody tr:has(th)')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim())));
}

export async function send(panel, documents = 1) {
  await panel.getByRole('button', { name: documents > 1 ? `Skicka ${documents} rättade` : 'Skicka rättad', exact: true }).click();
  await panel.getByRole('status').getByText(/ättade? och på väg/).waitFor();
}

export async function close(panel) {
  await panel.locator('footer').getByRole('button', { name: 'Stäng' }).click();
  await panel.waitFor({ state: 'detached' });
}
