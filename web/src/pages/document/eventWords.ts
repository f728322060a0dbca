// An event in words: what happened, and the fact that belongs to it. Its evidence stands beside (Timeline).
import type { TFunction } from 'i18next';
import type { DocumentEvent } from '@/api/queries';
import { amountText, type Language } from '@/format/amounts';
import { dateTimeOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { bounceWords, reasonWords } from '@/ui/words';

type EventFact = Pick<DocumentEvent, 'type' | 'actor' | 'parameters'>;

// "1234.50 SEK" → "1 234,50 kr"
export function priceText(price: string | undefined, language: Language): string {
  const [value, currency] = (price ?? '').split(' ');
  return value && currency ? amountText({ value, currency }, language) : '';
}

// The first of the sentences for which every value is known.
function firstWhole(t: TFunction, keys: string[], values: Record<string, string>): string {
  for (const key of keys) {
    const sentence = t(key, { ...values, defaultValue: '' });
    if (sentence && !sentence.includes('{{')) return sentence;
  }
  return '';
}

// "email, print" → "E-post, Papper"
const channelsInWords = (t: TFunction, names: string) =>
  names
    .split(', ')
    .map((name) => t(`channel.${name}`, { defaultValue: name }))
    .join(', ');

function valuesOf(t: TFunction, event: EventFact, language: Language): Record<string, string> {
  const { channel, others, reason, finding, address, price, deadline, cause, ...rest } = event.parameters;
  const known: [string, string | undefined][] = [
    ['channel', channel && t(`channel.${channel}`, { defaultValue: channel })],
    ['others', others && channelsInWords(t, others)],
    ['reason', (reason ?? finding) && reasonWords(t, reason ?? finding)],
    ['address', address && identifierText(address.includes(':') ? address : `:${address}`)],
    ['price', priceText(price, language) || undefined],
    ['actor', event.actor.name ?? undefined],
    ['cause', cause && bounceWords(t, cause)],
    ['deadline', deadline && dateTimeOf(deadline)],
  ];
  const values: Record<string, string> = { ...rest };
  for (const [name, value] of known) if (value) values[name] = value;
  return values;
}

export function eventTitle(t: TFunction, event: EventFact, language: Language): string {
  const values = valuesOf(t, event, language);
  // What was held and a person let through is checked by that person.
  const released = event.type === 'checked' && event.actor.kind === 'person' ? 'released' : undefined;
  const variant = released ?? event.parameters.door ?? event.parameters.channel ?? event.parameters.way ?? '';
  return (
    firstWhole(t, [`event.${event.type}.${variant}`, `event.${event.type}.titleFull`, `event.${event.type}.title`], values) ||
    event.type
  );
}

export function eventDetail(t: TFunction, event: EventFact, language: Language): string {
  const values = valuesOf(t, event, language);
  const { type, parameters } = event;
  if (type === 'routed') {
    const why = t(`event.routed.reason.${parameters.reason}`, { defaultValue: '' });
    return [why, values.price].filter(Boolean).join(', ');
  }
  if (type === 'checked' && parameters.warnings && parameters.warnings !== '0')
    return t('event.checked.warnings', { count: Number(parameters.warnings) });
  if (type === 'checked' && parameters.reason) return firstWhole(t, ['event.checked.reason'], values);
  // Our words for it, then those of the server that sent it back.
  if (parameters.cause && type !== 'notice-bounced')
    return [t(`bounce.${parameters.cause}`, { defaultValue: '' }), parameters.detail].filter(Boolean).join('. ');
  // The access point's words for why it took no answer.
  if (type === 'notice-bounced' && parameters.way === 'peppol') return [values.address, parameters.detail].filter(Boolean).join(': ');
  if (type === 'received') {
    const who = event.actor.kind === 'program' ? t('event.received.key', values) : (event.actor.name ?? '');
    return [who, parameters.fileName].filter((part) => part && !part.includes('{{')).join(', ');
  }
  // Why a deadline passed or was moved, and to when.
  if (type === 'delivery-expired' || type === 'deadline-moved') {
    const why = t(`event.${type}.reason.${parameters.reason}`, { defaultValue: '' });
    const until = type === 'deadline-moved' && values.deadline ? t('event.deadline-moved.until', values) : '';
    return [why, until].filter(Boolean).join(', ');
  }
  if (type === 'failed') return firstWhole(t, [`problem.${parameters.reason}`, 'event.failed.detail'], { ...parameters, ...values });
  if ((type === 'delivered' || type === 'sent') && parameters.evidence)
    return firstWhole(t, [`event.${type}.evidence.${parameters.evidence}`, `event.${type}.detail`], values);
  return firstWhole(t, [`event.${type}.detailOf.${parameters.channel ?? ''}`, `event.${type}.detailFull`, `event.${type}.detail`, `event.${type}.detailShort`], values);
}
