// The settings of Smartmail as a form edits them: text as typed, judged before it is sent. A counterpart's form also knows
// which are its own and which are the company's.
import type { SmartmailChange, SmartmailSettings } from '@/api/smartmail';

export const fieldNames = ['days', 'bankDays', 'daysBeforeDue', 'toPaper', 'form', 'exempt', 'remindAfterDays', 'replyTo'] as const;
export type FieldName = (typeof fieldNames)[number];

export interface Draft {
  days: number | string;
  bankDays: boolean;
  daysBeforeDue: number | string;
  toPaper: boolean;
  form: SmartmailSettings['form'];
  exempt: string;
  remindAfterDays: string;
  replyTo: string;
  addresses: string;
}

export const daysMost = 90;
export const beforeDueMost = 60;
const remindersMost = 5;
const patternsMost = 20;
const addressesMost = 9;

const words = (text: string): string[] => text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);

export function draftOf(settings: SmartmailSettings, addresses: readonly string[] = []): Draft {
  return {
    ...settings,
    exempt: settings.exempt.join(', '),
    remindAfterDays: settings.remindAfterDays.join(', '),
    addresses: addresses.join(', '),
  };
}

export const isAddress = (text: string): boolean => /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(text) && text.length <= 254;

export type Fault = 'days' | 'daysBeforeDue' | 'remindAfterDays' | 'remindersMost' | 'remindersLate' | 'exemptMost' | 'exemptLong' | 'address' | 'addressesMost';

const within = (value: number | string, least: number, most = daysMost): boolean => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

// What is wrong with what was typed, by field.
export function faultsOf(draft: Draft): Partial<Record<FieldName | 'addresses', Fault>> {
  const faults: Partial<Record<FieldName | 'addresses', Fault>> = {};
  if (!within(draft.days, 1)) faults.days = 'days';
  if (!within(draft.daysBeforeDue, 0, beforeDueMost)) faults.daysBeforeDue = 'daysBeforeDue';
  const reminders = words(draft.remindAfterDays);
  if (reminders.some((text) => !/^\d+$/.test(text) || !within(Number(text), 1))) faults.remindAfterDays = 'remindAfterDays';
  else if (reminders.length > remindersMost) faults.remindAfterDays = 'remindersMost';
  else if (draft.toPaper && !draft.bankDays && typeof draft.days === 'number' && reminders.some((text) => Number(text) >= Number(draft.days))) faults.remindAfterDays = 'remindersLate';
  const patterns = words(draft.exempt);
  if (patterns.length > patternsMost) faults.exempt = 'exemptMost';
  else if (patterns.some((pattern) => [...pattern].length > 60)) faults.exempt = 'exemptLong';
  if (draft.replyTo.trim() && !isAddress(draft.replyTo.trim())) faults.replyTo = 'address';
  const addresses = words(draft.addresses);
  if (addresses.some((address) => !isAddress(address))) faults.addresses = 'address';
  else if (addresses.length > addressesMost) faults.addresses = 'addressesMost';
  return faults;
}

function settingsOf(draft: Draft): Omit<SmartmailSettings, 'addresses'> {
  return {
    days: Number(draft.days),
    bankDays: draft.bankDays,
    daysBeforeDue: Number(draft.daysBeforeDue),
    toPaper: draft.toPaper,
    form: draft.form,
    exempt: words(draft.exempt),
    remindAfterDays: [...new Set(words(draft.remindAfterDays).map(Number))].sort((a, b) => a - b),
    replyTo: draft.replyTo.trim(),
  };
}

// The company's: all of them.
export const companyChange = (draft: Draft): SmartmailChange => settingsOf(draft);

// A counterpart's: only its own.
export function partnerChange(draft: Draft, own: ReadonlySet<FieldName>): SmartmailChange {
  const all = settingsOf(draft);
  const addresses = words(draft.addresses);
  const mine = Object.fromEntries(fieldNames.filter((name) => own.has(name)).map((name) => [name, all[name]])) as SmartmailChange;
  return addresses.length > 0 ? { ...mine, addresses } : mine;
}

// "/days" in a problem's `where` → days: under which field it is said.
export function fieldAt(where: string | null | undefined): FieldName | 'addresses' | undefined {
  const name = where?.split('/')[1];
  return [...fieldNames, 'addresses' as const].find((known) => known === name);
}
