// Stoppade as a file: every row of the view, also those of a group that the page does not show all of.
import type { TFunction } from 'i18next';
import { api } from '@/api/client';
import { keepFile } from '@/api/credit';
import type { DocumentSummary, Party } from '@/api/queries';
import type { CorrectedItem, Side, StoppedGroup, StoppedItem } from '@/api/stops';
import type { Amount, Language } from '@/format/amounts';
import { csvOf } from '@/format/csv';
import { dateTimeOf, today } from '@/format/dates';
import { identifierText, valueWords } from '@/format/identifiers';
import { lastEventWords } from '@/ui/words';
import { causeWords, findingWords } from '../correction/findingWords';
import { latenessOf } from './grouping';

const pageMost = 200;
const stands = ['stopped', 'held', 'returned'] as const;

interface Words {
  t: TFunction;
  language: Language;
}

// A comma in Swedish, as the spreadsheet on the same computer reads it.
const figure = (amount: Amount | null, language: Language) => (amount ? (language === 'sv' ? amount.value.replace('.', ',') : amount.value) : '');
const who = (party: Party) => [party.name ?? '', identifierText(party.identifier)];

const heading = ({ t }: Words, side: Side | 'corrected', columns: readonly string[]) => [
  t('portal.column.number'),
  t(side === 'received' ? 'portal.stopped.column.sender' : 'portal.stopped.column.receiver'),
  t('portal.stopped.column.identifier'),
  ...columns,
  t('portal.column.amount'),
  t('portal.stopped.column.currency'),
];

function common(words: Words, row: DocumentSummary, party: Party, cells: readonly string[]): string[] {
  return [row.number ?? '', ...who(party), ...cells, figure(row.amount, words.language), row.amount?.currency ?? ''];
}

export function stoppedRows(words: Words, side: Side, items: readonly StoppedItem[], others: readonly DocumentSummary[] = []): string[][] {
  const { t, language } = words;
  const party = (row: DocumentSummary) => (side === 'sent' ? row.receiver : row.sender);
  const notice = ({ held, notice: told }: StoppedItem) => {
    if (held) return [t('portal.stopped.heldThere'), ''];
    if (!told) return [t('portal.notice.none'), ''];
    const at = told.state === 'read' ? told.readAt : told.sentAt;
    return [t(`portal.notice.state.${told.state}`), at ? dateTimeOf(at) : ''];
  };
  const late = (day: string | null) => {
    const how = latenessOf(day, today());
    return how ? t(`portal.stopped.late.${how}`) : '';
  };
  return [
    heading(words, side, [
      t('portal.column.partnerStatus'),
      t('portal.stopped.column.cause'),
      t('portal.stopped.column.finding'),
      t('portal.stopped.column.found'),
      t(`portal.stopped.column.notice.${side}`),
      t('portal.stopped.column.told'),
      t('portal.stopped.column.due'),
      t('portal.stopped.column.late'),
      t('portal.column.issueDate'),
      t('portal.column.dueDate'),
    ]),
    ...items.map((item) =>
      common(words, item, party(item), [
        t(`status.document.${item.status}`),
        causeWords(t, item, language),
        findingWords(t, item.finding, language).what,
        item.finding.value ?? '',
        ...notice(item),
        item.putRightBy ?? '',
        late(item.putRightBy),
        item.issueDate ?? '',
        item.dueDate ?? '',
      ]),
    ),
    ...others.map((row) =>
      common(words, row, party(row), [
        t(`status.document.${row.status}`),
        lastEventWords(t, row.lastEvent, ''),
        ...['', '', '', '', '', ''],
        row.issueDate ?? '',
        row.dueDate ?? '',
      ]),
    ),
  ];
}

export function correctedRows(words: Words, items: readonly CorrectedItem[]): string[][] {
  const { t, language } = words;
  const difference = ({ difference: changes }: CorrectedItem) =>
    changes.map(({ term, title, before, after }) => `${title[language]}: ${before ? valueWords(t, language, term, before) : t('portal.missing')} → ${after ? valueWords(t, language, term, after) : t('portal.correction.takenAway')}`).join(', ');
  return [
    heading(words, 'corrected', [t('portal.correction.difference'), t('portal.stopped.column.corrected'), t('portal.stopped.column.by'), t('portal.column.partnerStatus')]),
    ...items.map((item) => common(words, item, item.receiver, [difference(item), dateTimeOf(item.correctedAt), item.correctedBy ?? '', t(`status.document.${item.status}`)])),
  ];
}

const cut = (groups: readonly StoppedGroup[]) => groups.some((group) => group.documents > group.items.length);

// Of each group the server tells the first 200. Where one is larger, the other ways of grouping tell most of the rest with
// all there is to say, and the list of documents the remaining ones without their notice.
async function allOf(side: Side, groups: readonly StoppedGroup[]): Promise<{ items: StoppedItem[]; others: DocumentSummary[] }> {
  const items = new Map(groups.flatMap((group) => group.items.map((item) => [item.id, item])));
  if (!cut(groups)) return { items: [...items.values()], others: [] };
  for (const groupBy of ['cause', 'counterpart', 'due'] as const) {
    const answer = await api.get('/api/v1/stopped', { query: { side, groupBy } });
    for (const item of answer.groups.flatMap((group) => group.items)) if (!items.has(item.id)) items.set(item.id, item);
    if (items.size >= answer.total) return { items: [...items.values()], others: [] };
  }
  const others: DocumentSummary[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: DocumentSummary[]; nextCursor: string | null } = await api.get('/api/v1/documents', { query: { direction: side, status: [...stands], limit: pageMost, cursor } });
    others.push(...page.items.filter((row) => !items.has(row.id)));
    cursor = page.nextCursor;
  }
  return { items: [...items.values()], others };
}

const keep = (rows: string[][], name: string) => keepFile(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }), `${name} ${today()}.csv`);

export async function exportStopped(words: Words, side: Side, groups: readonly StoppedGroup[]): Promise<void> {
  const { items, others } = await allOf(side, groups);
  keep(stoppedRows(words, side, items, others), `${words.t('portal.nav.stopped')} ${words.t(`portal.stopped.tab.${side}`).toLocaleLowerCase(words.language)}`);
}

export async function exportCorrected(words: Words): Promise<void> {
  const items: CorrectedItem[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: CorrectedItem[]; nextCursor: string | null } = await api.get('/api/v1/stopped/corrected', { query: { side: 'sent', limit: pageMost, cursor } });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  keep(correctedRows(words, items), words.t('portal.stopped.tab.corrected'));
}
