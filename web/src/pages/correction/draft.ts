// What somebody has typed into a correction and not yet sent. Kept for the tab, so that neither a reload nor a colleague who
// was first loses it.
import type { Correction, CorrectionChange, CorrectionField, NewAttachment } from '@/api/stops';
import { without } from '@/without';

export interface Draft {
  values: Record<string, string>; // by fieldKey; only what differs from the document
  chosen: string[]; // fields that no finding speaks of, taken in by the clerk
  attachments: NewAttachment[];
  removed: string[]; // places of attachments to take away
  channel?: string; // to go by, where somebody has chosen
}

export const emptyDraft: Draft = { values: {}, chosen: [], attachments: [], removed: [] };

export const fieldKey = (field: Pick<CorrectionField, 'term' | 'place'>) => `${field.place}/${field.term}`;

const nameOf = (id: string) => `postgang.correction.${id}`;

export function loadDraft(id: string): Draft {
  try {
    return { ...emptyDraft, ...(JSON.parse(sessionStorage.getItem(nameOf(id)) ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft;
  }
}

export function saveDraft(id: string, draft: Draft): void {
  try {
    if (isEmpty(draft)) sessionStorage.removeItem(nameOf(id));
    else sessionStorage.setItem(nameOf(id), JSON.stringify({ ...draft, attachments: [] })); // files are too large to keep
  } catch {
    // a full or forbidden storage only costs the keeping
  }
}

export const forgetDraft = (id: string) => saveDraft(id, emptyDraft);

export function isEmpty(draft: Draft): boolean {
  return (
    Object.keys(draft.values).length === 0 &&
    draft.chosen.length === 0 &&
    draft.attachments.length === 0 &&
    draft.removed.length === 0
  );
}

// A value as it stands on the document again is no change.
export function withValue(draft: Draft, field: CorrectionField, typed: string): Draft {
  const others = without(draft.values, fieldKey(field));
  return { ...draft, values: typed.trim() === (field.value ?? '') ? others : { ...others, [fieldKey(field)]: typed } };
}

export function changesOf(correction: Correction, draft: Draft): CorrectionChange['changes'] {
  return correction.fields.flatMap((field) => {
    const typed = draft.values[fieldKey(field)];
    if (typed === undefined || !field.correctable) return [];
    return [{ term: field.term, place: field.place, value: typed.trim() === '' ? null : typed.trim() }];
  });
}

// The fields to show: those a finding speaks of, then those chosen, in the form's order. One that never can be corrected
// is shown where a finding speaks of it, to say why.
export function shownFields(correction: Correction, draft: Draft): CorrectionField[] {
  return correction.fields.filter(
    (field) => field.open || draft.chosen.includes(fieldKey(field)) || draft.values[fieldKey(field)] !== undefined,
  );
}

// The faulty fields that nobody has come to yet: not wrong, only not filled in.
export const yetToFill = (correction: Correction, draft: Draft): CorrectionField[] =>
  correction.fields.filter((field) => field.open && field.correctable && draft.values[fieldKey(field)] === undefined);

// What «Kom ihåg» can keep: what a demand asks for in the document's head. A line's value is no rule for the next document's
// lines, a date is true of one document only, and a file is never remembered.
export function rememberable(correction: Correction): CorrectionField[] {
  const asked = (field: CorrectionField) => correction.findings.some((one) => one.term === field.term && one.id.startsWith('demand-'));
  return correction.fields.filter((field) => field.open && field.correctable && field.place === '' && field.type !== 'date' && asked(field));
}

// What can only be put right by a credit note and a new invoice.
export const needsCredit = (correction: Correction) => correction.fields.some((field) => field.open && !field.correctable);
