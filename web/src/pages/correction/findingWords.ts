// A finding as it is told to somebody who puts it right.
import type { TFunction } from 'i18next';
import type { Finding } from '@/api/queries';
import type { CorrectionFinding, CutOut, StoppedItem } from '@/api/stops';
import type { Language } from '@/format/amounts';
import { isDate } from '@/format/dates';
import { plainWords } from '@/format/plain';

// A demand on a date's age fails, too, where no date can be read; then it is the writing that is wrong, not the age.
export const isUnreadDate = ({ id, value }: Pick<Finding, 'id' | 'value'>): boolean => id === 'demand-age' && value !== null && value !== '' && !isDate(value);

export function findingWords(t: TFunction, finding: Finding, language: Language): { what: string; advice: string } {
  if (isUnreadDate(finding)) return { what: t('portal.correction.dateUnread', { value: finding.value }), advice: t('portal.correction.dateWanted') };
  return { what: plainWords(finding.explanation[language]), advice: plainWords(finding.advice?.[language] ?? '') };
}

// The heading that an item stands under: its cause, or that its date cannot be read.
export function causeWords(t: TFunction, item: Pick<StoppedItem, 'cause' | 'finding'>, language: Language): string {
  if (!item.cause.finding.startsWith('demand-age') || !isUnreadDate(item.finding)) return item.cause.title[language];
  const term = item.cause.term ? t(`portal.reasonTerm.${item.cause.term}`, { defaultValue: '' }) : '';
  return term ? t('portal.stopped.dateUnread', { term }) : item.cause.title[language];
}

export interface Picture {
  findings: CorrectionFinding[];
  cutOut: CutOut | null;
}

const sameCell = (a: CutOut['cells'][number], b: CutOut['cells'][number]) => a.label.sv === b.label.sv && a.value === b.value;

function joined(into: CutOut, more: CutOut): CutOut {
  const cells = into.cells.map((cell) => (cell.marked ? cell : (more.cells.find((other) => other.marked && sameCell(cell, other)) ?? cell)));
  return { ...into, cells: [...cells, ...more.cells.filter((cell) => !into.cells.some((other) => sameCell(other, cell)))] };
}

// What is missing stands empty in the picture, in the words of the screen.
function emptied({ id, value, cutOut }: CorrectionFinding): CutOut | null {
  if (!cutOut || !['demand-missing', 'demand-attachment'].includes(id) || value) return cutOut;
  return { ...cutOut, cells: cutOut.cells.map((cell) => (cell.marked ? { ...cell, value: null } : cell)) };
}

// Findings of one place share one picture of it, with each of them marked.
export function picturesOf(findings: readonly CorrectionFinding[]): Picture[] {
  const pictures: Picture[] = [];
  for (const finding of findings) {
    const cutOut = emptied(finding);
    const same = pictures.find(
      (picture) =>
        cutOut !== null &&
        picture.cutOut?.heading.sv === cutOut.heading.sv &&
        picture.cutOut.cells.some((cell) => cutOut.cells.some((other) => sameCell(cell, other))),
    );
    if (same?.cutOut && cutOut) {
      same.findings.push(finding);
      same.cutOut = joined(same.cutOut, cutOut);
    } else pictures.push({ findings: [finding], cutOut });
  }
  return pictures;
}
