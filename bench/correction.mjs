// bench/correction.mjs [BINARY]: what somebody waits for while a fault is put right in the portal, in headless Chromium, over
// the faults of e2e/support/faults.mjs, one after the other: from the click on the invoice until the panel is there to type
// in, from the last key press (or choice) until the demands are judged as met, and from the click on send until it says that
// it is sent. The pause that the portal makes after a key before it asks (60 ms) is counted in.
//   PATH=web/node_modules/.bin:$PATH node bench/correction.mjs
if (process.argv[2]) process.env.POSTGANG_BINARY = process.argv[2];
const { launch, openPage } = await import('../e2e/support/browser.mjs');
const { corpusMissing } = await import('../e2e/support/corpus.mjs');
const { close, open, putRight, send, timesOf, toStopped } = await import('../e2e/support/correcting.mjs');
const { handIn, invoiceWith, startFaultyWorld, wanted } = await import('../e2e/support/faulty_world.mjs');

if (corpusMissing) {
  console.log(`skipped: ${corpusMissing}`);
  process.exit(0);
}

const world = await startFaultyWorld();
const browser = await launch();
const words = { opened: 'click on the invoice → panel', judged: 'last key → judged', sent: 'click on send → sent', answered: 'the server’s answer alone, judging or sending' };
try {
  const faults = world.receivers.flatMap((receiver) => receiver.faults.map((fault) => ({ receiver, fault })));
  for (const [index, { receiver, fault }] of faults.entries()) await handIn(world, invoiceWith(receiver, fault, `F-${index}`));
  const page = await openPage(browser, world.server);
  await toStopped(page, world.clerk);
  for (const [index, { receiver, fault }] of faults.entries()) {
    const panel = await open(page, `F-${index}`);
    await putRight(panel, wanted(receiver, fault), fault.attach);
    await send(panel);
    await close(panel);
  }
  for (const [what, times] of Object.entries(await timesOf(page))) {
    const sorted = times.map(Math.round).sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    console.log(`${words[what]}: ${sorted.length} times, median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  }
} finally {
  await browser.close();
  await world.server.remove();
}
