// Tables that were given out, read again: CSV with semicolons, and a workbook's first sheet by its zip and XML.
import assert from 'node:assert/strict';
import { unzipped } from './unzip.mjs';

// What a spreadsheet would run has a ' before it, which reading takes away.
const plain = (text) => text.replace(/^'(?=[=+\-@\t\r])/, '');

export function csvRows(bytes) {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const rows = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r?\n|$)/g)) {
    rows.at(-1).push(plain(quoted === undefined ? bare : quoted.replaceAll('""', '"')));
    if (end === '') break;
    if (end !== ';') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text) => text.replace(/&(\w+);/g, (_, name) => entities[name] ?? assert.fail(`&${name};`));
const columnOf = (reference) => [...reference.replace(/\d/g, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

// Texts are texts, numbers numbers; a date is its serial number (dateOfSerial).
export function workbookRows(bytes) {
  const sheet = unzipped(bytes).get('xl/worksheets/sheet1.xml')?.toString('utf8');
  assert.ok(sheet, 'no sheet');
  assert.doesNotMatch(sheet, /<f>/, 'no formulas');
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, cells]) => {
    const row = [];
    for (const [, reference, attributes, inner] of cells.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const text = /t="inlineStr"/.test(attributes) ? unescaped([...(inner ?? '').matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, part]) => part).join('')) : undefined;
      const value = /<v>(.*?)<\/v>/s.exec(inner ?? '')?.[1];
      if (text !== undefined) row[columnOf(reference)] = text;
      else if (value !== undefined) row[columnOf(reference)] = Number(value);
    }
    return Array.from(row, (cell) => cell ?? '');
  });
}

export const dateOfSerial = (serial) => new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
