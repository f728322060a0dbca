// The corpus' faulty invoices, stopped by their receivers' demands, put right in the portal by their sender and delivered: a
// test for each fault. What is sent in holds one fault; without it the same invoice arrives at once.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { launch, looksRight, openPage } from '../support/browser.mjs';
import { corpusMissing } from '../support/corpus.mjs';
import { close, fieldOf, open, panelOf, putRight, send, sendButton, shownDifference, toStopped } from '../support/correcting.mjs';
import { handIn, invoiceWith, startFaultyWorld, wanted } from '../support/faulty_world.mjs';
import { receivers } from '../support/faults.mjs';

// A skipped test is counted, a skipped group is not.
const group = corpusMissing ? (name) => test(name, { skip: corpusMissing }) : describe;
group('what the corpus’ mutations break is put right', () => {
  let world, browser, page;
  before(async () => {
    world = await startFaultyWorld();
    browser = await launch();
    page = await openPage(browser, world.server);
    page.setDefaultTimeout(10_000);
    await toStopped(page, world.clerk);
  });
  after(async () => {
    await browser?.close();
    await world?.server.remove();
  });

  const read = async (path) => (await world.server.call(path, { key: world.key })).json;
  const fileOf = async (path) => (await world.server.call(path, { key: world.key })).bytes.toString();
  const receiverNamed = (name) => world.receivers.find((one) => one.name === name);
  const faultOf = (receiver, what) => receiver.faults.find((one) => one.what === what);
  const stop = async (receiver, fault, number) => {
    const xml = invoiceWith(receiver, fault, number);
    const document = await handIn(world, xml);
    assert.equal(document.status, 'returned', `${number}, ${fault.what}, was not stopped`);
    return { id: document.id, number, xml };
  };
  const newVersionOf = async (id) => {
    const { supersededBy } = await read(`/api/v1/documents/${id}`);
    assert.ok(supersededBy, 'there is no new version');
    return (await world.server.settled(world.key, supersededBy)).json;
  };

  // Version 2 has arrived, with what was wanted and nothing else; the original is as it was handed in, to the byte.
  async function holds({ id, xml }, receiver, fault) {
    const made = await newVersionOf(id);
    assert.equal(made.status, 'delivered');
    const { items } = await read(`/api/v1/documents/${made.id}/versions`);
    assert.deepEqual(items.map(({ version }) => version), [1, 2]);
    const difference = items[1].difference.map(({ term, place, before, after }) => [term, /BG-25/.test(place) ? place : '', before || null, after]);
    assert.deepEqual(difference, expected(receiver, fault));
    assert.equal(await fileOf(`/api/v1/documents/${id}/original`), xml);
    assert.notEqual(await fileOf(`/api/v1/documents/${id}/corrected-file`), xml);
  }

  const inOrder = (a, b) => a[0].localeCompare(b[0], 'en', { numeric: true });
  function expected(receiver, fault) {
    const values = wanted(receiver, fault).map(({ term, place, was, typed, choose, scheme }) => {
      const withScheme = (value) => (value && scheme ? `${value} ${scheme}` : value);
      return [term, /BG-25/.test(place) ? place : '', withScheme(was), withScheme(typed ?? choose)];
    });
    const { attach } = fault;
    const files = attach ? [['BT-122', '', null, attach.name], ['BT-125', '', null, `${attach.name} (${Buffer.from(attach.text).toString('base64').length})`]] : [];
    return [...values, ...files].sort(inOrder);
  }

  let count = 0;
  for (const [index, { name, faults }] of receivers.entries()) {
    test(`${name}: the same invoice without a fault arrives`, async () => {
      const receiver = world.receivers[index];
      assert.equal((await handIn(world, invoiceWith(receiver, {}, `U-${index}`))).status, 'delivered');
    });
    for (const fault of faults) {
      const number = `F-${++count}`;
      test(`${name}: ${fault.what}`, async () => {
        const receiver = world.receivers[index];
        const stopped = await stop(receiver, fault, number);
        const panel = await open(page, number);
        await putRight(panel, wanted(receiver, fault), fault.attach);
        const difference = await shownDifference(panel);
        assert.equal(difference.length, expected(receiver, fault).length);
        await send(panel);
        await close(panel);
        await holds(stopped, receiver, fault);
        assert.deepEqual(page.faults, []);
      });
    }
  }

  const references = () => receiverNamed('Storbygget AB');
  const byHeading = (heading) => page.getByRole('row').filter({ has: page.getByRole('heading', { name: heading, level: 2 }) });

  test('all of one cause are put right together, each tried before', async () => {
    const fault = faultOf(references(), 'a reference that is not in the register');
    const stopped = [];
    for (const number of ['G-1', 'G-2', 'G-3']) stopped.push(await stop(references(), fault, number));
    await byHeading(/^Er referens finns inte i mottagarens register/).getByRole('button', { name: 'Rätta alla 3' }).click();
    const panel = panelOf(page);
    await putRight(panel, wanted(references(), fault));
    await panel.getByRole('group').getByText('Uppfyller kravet').nth(1).waitFor();
    assert.equal(await panel.getByRole('group').getByText('Uppfyller kravet').count(), 2);
    await send(panel, 3);
    await close(panel);
    for (const one of stopped) await holds(one, references(), fault);
  });

  test('of all of one cause, those that have another fault stay, and say which', async () => {
    const fault = faultOf(references(), 'no order number');
    const worse = { ...fault, alter: [...fault.alter, ...faultOf(references(), 'no project').alter] };
    const stopped = [];
    for (const [number, what] of [['H-1', worse], ['H-2', fault], ['H-3', fault]]) stopped.push(await stop(references(), what, number));
    await byHeading(/^Ordernummer saknas/).getByRole('button', { name: 'Rätta alla 3' }).click();
    const panel = panelOf(page);
    await putRight(panel, wanted(references(), fault));
    await panel.getByRole('group').getByText(/Projektreferens/).waitFor();
    await send(panel, 3);
    await panel.getByText('2 av 3 rättade och på väg. Resten är orörda.').waitFor();
    await close(panel);
    for (const one of stopped.slice(1)) await holds(one, references(), fault);
    const { status, supersededBy } = await read(`/api/v1/documents/${stopped[0].id}`);
    assert.deepEqual([status, supersededBy], ['returned', null]);
    const alone = await open(page, 'H-1');
    const both = { right: [...fault.right, ...faultOf(references(), 'no project').right] };
    await putRight(alone, wanted(references(), both));
    await send(alone);
    await close(alone);
    await holds(stopped[0], references(), both);
  });

  test('all that lack a file get the same one, each tried before', async () => {
    const receiver = receiverNamed('Platsverket');
    const fault = faultOf(receiver, 'no attachment');
    const stopped = [];
    for (const number of ['B-1', 'B-2']) stopped.push(await stop(receiver, fault, number));
    await byHeading(/^Bilaga saknas/).getByRole('button', { name: 'Rätta alla 2' }).click();
    const panel = panelOf(page);
    await putRight(panel, [], fault.attach);
    await panel.getByRole('group').getByText('Uppfyller kravet').waitFor();
    await send(panel, 2);
    await close(panel);
    for (const one of stopped) await holds(one, receiver, fault);
  });

  test('a date is chosen in the calendar, a country by its name', async () => {
    const receiver = receiverNamed('A-Kommunen');
    const [date, country] = [faultOf(receiver, 'a date of delivery that is blank'), faultOf(receiver, 'no country to deliver to')];
    const dated = await stop(receiver, date, 'D-1');
    const panel = await open(page, 'D-1');
    await fieldOf(panel, 'BT-72').fill('2008-02-01');
    await panel.getByRole('button', { name: /^Välj i kalendern/ }).click();
    await looksRight(page, 'a day in the calendar');
    await page.getByRole('dialog').getByRole('button', { name: /^7 februari/ }).click();
    assert.equal(await fieldOf(panel, 'BT-72').inputValue(), '2008-02-07');
    await panel.getByText('Kontrollen hittar inga brister').waitFor();
    await panel.getByRole('button', { name: 'Hela fakturan' }).click();
    await panel.getByText(/^Så ser mottagaren fakturan/).waitFor();
    await panel.locator('iframe[srcdoc*="2008-02-07"]').waitFor();
    // What keeps the time (correcting.mjs) is not let into the copy, as no script is.
    page.faults = page.faults.filter((fault) => !fault.startsWith("Blocked script execution in 'about:srcdoc'"));
    await send(panel);
    await close(panel);
    await holds(dated, receiver, date);
    const placed = await stop(receiver, country, 'D-2');
    const again = await open(page, 'D-2');
    await fieldOf(again, 'BT-80').pressSequentially('Sver');
    await again.getByRole('button', { name: /Sverige/ }).click();
    assert.equal(await fieldOf(again, 'BT-80').inputValue(), 'SE');
    await again.getByText('Kontrollen hittar inga brister').waitFor();
    await send(again);
    await close(again);
    await holds(placed, receiver, country);
  });

  test('an address typed from the top is awaited: no field is wrong before it is left, no code stands in a sentence', async () => {
    const receiver = receiverNamed('Platsverket');
    const fault = faultOf(receiver, 'no postal address at all');
    const stopped = await stop(receiver, fault, 'A-1');
    const panel = await open(page, 'A-1');
    await fieldOf(panel, 'BT-50').pressSequentially('Storgatan 8');
    assert.equal(await panel.getByRole('figure').count(), 1, 'one picture of one place');
    await panel.getByText('Fyll i Köparens land också, så kan resten kontrolleras.').waitFor();
    await fieldOf(panel, 'BT-55').pressSequentially('SE');
    await panel.getByText('Kvar att rätta: Köparens postnummer, Köparens ort').waitFor();
    await fieldOf(panel, 'BT-53').pressSequentially('102');
    await panel.getByText('1 brist kvar').waitFor();
    assert.equal(await panel.getByRole('alert').count(), 0, 'nothing is called wrong while it is typed');
    await fieldOf(panel, 'BT-52').pressSequentially('Motown');
    await panel.getByRole('alert').getByText(/fem siffror/).waitFor();
    assert.doesNotMatch(await panel.locator('p, li').allInnerTexts().then((texts) => texts.join('\n')), /\(BT-\d+\)/);
    await looksRight(page, 'half an address');
    await fieldOf(panel, 'BT-53').fill('10203');
    await panel.getByText('Kontrollen hittar inga brister').waitFor();
    await send(panel);
    await close(panel);
    await holds(stopped, receiver, fault);
  });

  test('an identifier is told by its scheme’s name before it is sent', async () => {
    const receiver = receiverNamed('Storverket');
    const fault = faultOf(receiver, 'no electronic address of the buyer');
    const stopped = await stop(receiver, fault, 'I-1');
    const panel = await open(page, 'I-1');
    await putRight(panel, wanted(receiver, fault));
    const grouped = receiver.number.replace(/^(\d{6})/, '$1-');
    assert.deepEqual(await shownDifference(panel), [['saknas', `Org.nr ${grouped}`]]);
    await send(panel);
    await close(panel);
    await holds(stopped, receiver, fault);
  });

  test('two correct the same invoice: the second is told who was first, keeps what was typed and goes on from there', async () => {
    const [receiver, fault] = [references(), faultOf(references(), 'an order number of the wrong form')];
    const stopped = await stop(receiver, fault, 'T-1');
    const colleague = await openPage(browser, world.server);
    await toStopped(colleague, world.colleague);
    const [mine, theirs] = [await open(page, 'T-1'), await open(colleague, 'T-1')];
    await putRight(mine, wanted(receiver, fault));
    await putRight(theirs, [{ term: 'BT-13', typed: '20180117' }]);
    await send(mine);
    // The stream may have told already: then the button says why there is nothing to press, and is let go of before
    // anything else is done (a click that still waits would press the button of the next panel).
    const told = theirs.getByText('Klara Berg hann före.');
    const pressed = sendButton(theirs).click({ timeout: 3000 }).catch(() => undefined);
    await told.waitFor();
    await pressed;
    await theirs.getByText(/Det var \d{4}-\d\d-\d\d \d\d:\d\d\./).waitFor();
    assert.equal(await fieldOf(theirs, 'BT-13').inputValue(), '20180117');
    await looksRight(colleague, 'somebody was first');
    await close(mine);
    await holds(stopped, receiver, fault);
    await theirs.getByRole('button', { name: 'Fortsätt på den nya versionen' }).click();
    await theirs.getByRole('cell', { name: '20180118' }).waitFor(); // the panel before this one has another
    await theirs.getByText('Kontrollen hittar inga brister').waitFor();
    assert.deepEqual(await shownDifference(theirs), [['20180118', '20180117']]);
    await send(theirs);
    const { items } = await read(`/api/v1/documents/${stopped.id}/versions`);
    assert.deepEqual(items.map(({ version, difference }) => [version, difference[0]?.after]), [[1, undefined], [2, '20180118'], [3, '20180117']]);
    assert.deepEqual(colleague.faults, []);
    await colleague.context().close();
  });

  describe('on a phone', () => {
    let phone;
    before(async () => {
      phone = await openPage(browser, world.server, 'phone');
      await toStopped(phone, world.clerk);
    });
    for (const [name, what] of [
      ['Storbygget AB', 'a line with an unregistered cost centre'],
      ['Platsverket', 'no postal address at all'],
      ['Platsverket', 'no attachment'],
    ])
      test(what, async () => {
        const receiver = receiverNamed(name);
        const fault = faultOf(receiver, what);
        const stopped = await stop(receiver, fault, `P-${++count}`);
        const panel = await open(phone, stopped.number);
        await putRight(panel, wanted(receiver, fault), fault.attach);
        await looksRight(phone, `${what}, put right on a phone`);
        await send(panel);
        await close(panel);
        await holds(stopped, receiver, fault);
      });
  });
});
