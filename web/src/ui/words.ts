// Sentences that several pages make: why something stopped, what an event means.
import type { TFunction } from 'i18next';

// A problem code or a finding's id in a few words: "Ordernummer saknas". A receiver's demand comes with its term:
// "demand-missing:BT-13". Unknown ones stand as they are.
export function reasonWords(t: TFunction, given: string | null | undefined): string {
  if (!given) return '';
  if (/\s/.test(given)) return given.replace(/\.$/, ''); // a person's own words: no code has a blank
  const [code = '', bt] = given.split(':');
  const term = bt && t(`portal.reasonTerm.${bt}`, { defaultValue: '' });
  const whole = term && t(`portal.reasonOf.${code}`, { term, defaultValue: '' });
  if (whole) return whole;
  for (const section of ['portal.reason', 'finding', 'problem']) {
    const words = t(`${section}.${code}`, { defaultValue: '' });
    if (words && !words.includes('{{')) return words.replace(/\.$/, '');
  }
  return code;
}

// What stands beside the status in a list: never a repetition of the status itself.
export function lastEventWords(t: TFunction, event: { type: string; detail: string | null }, when: string): string {
  const { type, detail } = event;
  if (['stopped', 'returned', 'failed', 'rejected', 'held', 'warned', 'bounced'].includes(type)) return reasonWords(t, detail) || when;
  // What was opened is no name; who opened it is.
  if (type === 'opened' && detail && !['copy', 'original', 'pdf'].includes(detail)) return t('portal.last.openedBy', { name: detail });
  const proof = type === 'delivered' && detail ? t(`portal.deliveredBy.${detail}`, { when, defaultValue: '' }) : '';
  return proof || t(`portal.last.${type}`, { when, defaultValue: when });
}

// Why a mail came back: "Adressen finns inte". Unknown ones stand as they are.
export function bounceWords(t: TFunction, cause: string): string {
  return t(cause === 'wrong-recipient' ? 'event.wrong-recipient.title' : `bounce.${cause}`, { defaultValue: cause });
}
