// An entry of the trail as a sentence: "Karin Sund såg faktura 4711".
import type { TFunction } from 'i18next';
import type { AuditEntry } from '@/api/audit';

const typeOf = ({ detail }: AuditEntry) =>
  typeof detail === 'object' && detail !== null && 'type' in detail && typeof detail.type === 'string' ? detail.type : 'other';
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

export const whoOf = (t: TFunction, { actor }: AuditEntry) => actor.name ?? t(`audit.actor.${actor.kind}`);

export function whatOf(t: TFunction, entry: AuditEntry): string {
  const { object, objectId, objectName, actor } = entry;
  if (object === 'user' && objectId === actor.id) return ''; // one's own doing: the name stands there already
  if (object === 'document' && objectId === null) return '';
  if (object === 'document') return objectName === null ? t('portal.audit.document') : lowerFirst(t(`portal.typeNumber.${typeOf(entry)}`, { number: objectName }));
  if (object === 'setting' && objectId !== null) return lowerFirst(t(`audit.setting.${objectId}`));
  return objectName ?? (object === 'session' ? '' : (objectId ?? ''));
}

export const sentenceOf = (t: TFunction, entry: AuditEntry) =>
  t('portal.audit.sentence', { who: whoOf(t, entry), did: t(`audit.did.${entry.action}`), what: whatOf(t, entry) }).trim();

export interface Change {
  field: string;
  before: string;
  after: string;
}

function valueText(t: TFunction, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('portal.audit.nothing');
  if (value === true) return t('portal.audit.yes');
  if (value === false) return t('portal.audit.no');
  if (value === '…') return t('portal.audit.withheld');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const fieldName = (t: TFunction, field: string) => t(`audit.field.${field}`, { defaultValue: field });

// {field: [before, after]}, as the server notes what changed.
export function changesOf(t: TFunction, { detail }: AuditEntry): Change[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail)
    .filter((pair): pair is [string, [unknown, unknown]] => Array.isArray(pair[1]) && pair[1].length === 2)
    .map(([field, [before, after]]) => ({ field: fieldName(t, field), before: valueText(t, before), after: valueText(t, after) }));
}

// What else is known, say how somebody signed in.
export function factsOf(t: TFunction, { detail }: AuditEntry): { field: string; value: string }[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail)
    .filter(([field, value]) => field !== 'type' && !(Array.isArray(value) && value.length === 2))
    .map(([field, value]) => ({ field: fieldName(t, field), value: valueText(t, value) }));
}

// What can be chosen: every action that has words, by what it is done to.
const allDone = 'audit.did'; // a section of words, not one
export function actionGroups(t: TFunction): { group: string; items: { value: string; label: string }[] }[] {
  const groups = t(allDone, { returnObjects: true }) as Record<string, Record<string, string>>;
  return Object.entries(groups).map(([object, actions]) => ({
    group: t(`audit.object.${object}`),
    items: Object.entries(actions).map(([name, label]) => ({ value: `${object}.${name}`, label })),
  }));
}
