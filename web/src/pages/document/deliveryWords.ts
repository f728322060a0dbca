// Where a delivery by e-mail or on paper stands, in a line.
import type { TFunction } from 'i18next';
import type { Delivery } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { timeLeft, whenWords } from '../smartmail/timeLeft';

export interface Standing {
  words: string;
  left: { share: number; urgent: boolean } | undefined; // a Smartmail's time, while it runs
}

const said = (t: TFunction, key: string, at: string | null): string => (at ? t(`portal.delivery.${key}At`, { when: dateTimeOf(at) }) : t(`portal.delivery.${key}`));

export function standingOf(t: TFunction, delivery: Delivery, now: number): Standing | undefined {
  const { state, deadline, sentAt, openedAt, expiredAt, printedAt, postedAt } = delivery;
  const plain = (words: string): Standing => ({ words, left: undefined });
  if (state === null) return undefined;
  if (delivery.channel === 'print') {
    if (state === 'queued') return plain(deadline ? t('portal.delivery.prints', { when: whenWords(t, deadline, now) }) : t('portal.delivery.queued'));
    if (state === 'printed') return plain(said(t, 'printed', printedAt));
    if (state === 'posted') return plain(said(t, 'posted', postedAt));
    return plain(t(`portal.delivery.letter.${state}`, { defaultValue: '' }));
  }
  if (delivery.channel === 'bank') {
    if (state === 'queued' && deadline) return plain(t('portal.delivery.bank.leaves', { when: whenWords(t, deadline, now) }));
    return plain(t(`portal.delivery.bank.${state}`, { defaultValue: '' }));
  }
  if (state === 'opened') return plain(said(t, 'opened', openedAt));
  if (state === 'posted') return plain([said(t, 'expired', expiredAt), openedAt && t('portal.delivery.openedLater', { when: dateTimeOf(openedAt) })].filter(Boolean).join(' '));
  if (state !== 'waiting') return undefined;
  if (!sentAt) return plain(t('portal.delivery.notSent'));
  if (!deadline) return plain(t('portal.delivery.noDeadline'));
  const { words, share, urgent } = timeLeft(t, { deadline, sentAt }, now);
  return { words: t('portal.delivery.waits', { when: whenWords(t, deadline, now), left: words }), left: { share, urgent } };
}

// The tries that did not end as the delivery did: what was said, and when.
export const failedTries = (delivery: Delivery) => delivery.attempts.filter((attempt) => attempt.detail && attempt.result !== delivery.status);
