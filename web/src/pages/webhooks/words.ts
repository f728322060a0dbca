import type { TFunction } from 'i18next';

// An event in words: those of the timeline where there are any, so that both say the same.
export function eventWords(t: TFunction, type: string): string {
  if (type === '*') return t('portal.webhooks.everyEvent');
  if (type === 'webhook.test') return t('portal.webhooks.testEvent');
  if (type.startsWith('ticket.')) return t(`portal.webhooks.ticketEvent.${type.slice('ticket.'.length)}`, { defaultValue: type });
  return t(`event.${type.replace('document.', '')}.title`, { defaultValue: type });
}
