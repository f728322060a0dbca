// What was known of a document when it was attached, in the words of its own page.
import type { TFunction } from 'i18next';
import type { DocumentEvent, Finding } from '@/api/queries';
import type { TicketSnapshot } from '@/api/tickets';
import type { Language } from '@/format/amounts';
import { reasonWords } from '@/ui/words';
import { findingWords } from '../correction/findingWords';
import { eventDetail, eventTitle } from '../document/eventWords';

type Seen = TicketSnapshot['timeline'][number];

// The snapshot has what a finding was; the document's own list has the sentence with its values.
export function seenFindings(t: TFunction, seen: TicketSnapshot['findings'], known: readonly Finding[], language: Language): string[] {
  const left = [...known];
  return seen.map(({ id, term }) => {
    const index = left.findIndex((finding) => finding.id === id && finding.term === term);
    const [same] = index < 0 ? [] : left.splice(index, 1);
    return same ? findingWords(t, same, language).what : reasonWords(t, term ? `${id}:${term}` : id);
  });
}

// What a delivery's event explains begins with its channel: "email: mailbox full".
function channelOf({ detail }: Pick<Seen, 'detail'>): { channel?: string; rest: string } {
  const [, channel, rest = ''] = /^(network|peppol|email|bank|edi|print|system)(?:: (.*))?$/s.exec(detail ?? '') ?? [];
  return channel ? { channel, rest } : { rest: detail ?? '' };
}

// Since when each stands as it does; not told where it could be of several. An opening does not say which way it came.
export function seenDeliveries({ deliveries, timeline }: Pick<TicketSnapshot, 'deliveries' | 'timeline'>) {
  return deliveries.map((delivery) => {
    const { channel, status } = delivery;
    const isOpened = status === 'opened';
    const alike = deliveries.filter((other) => other.channel === channel || (isOpened && other.status === status));
    const own = timeline.filter((event) => channelOf(event).channel === channel);
    const last = own.findLast(({ event }) => event === status || event === `delivery-${status}`) ?? own.at(-1);
    const since = isOpened ? timeline.find(({ event }) => event === status) : last;
    return { ...delivery, at: alike.length === 1 ? since?.at : undefined };
  });
}

export function seenEvents(t: TFunction, { timeline, findings, document }: Pick<TicketSnapshot, 'timeline' | 'findings' | 'document'>, language: Language) {
  return timeline.map((event, index) => {
    const { channel, rest } = channelOf(event);
    const fact = factOf(t, event, channel, rest);
    if (event.event === 'routed') {
      const after = timeline.slice(index + 1);
      const next = after.map((later) => channelOf(later).channel).find(Boolean) ?? document.channel;
      if (typeof next === 'string') fact.parameters.channel = next;
    }
    const term = findings.find(({ id }) => id === event.detail)?.term;
    if (term && event.detail) fact.parameters.reason = `${event.detail}:${term}`;
    const title = eventTitle(t, fact, language);
    const way = channel ? t(`channel.${channel}`, { defaultValue: channel }) : '';
    const isSaid = title.toLowerCase().includes(way.toLowerCase());
    return { at: event.at, title, detail: [isSaid ? '' : way, eventDetail(t, fact, language)].filter(Boolean).join(': ') };
  });
}

function factOf(t: TFunction, { event, by }: Seen, channel: string | undefined, rest: string): Pick<DocumentEvent, 'type' | 'actor' | 'parameters'> {
  const words = event === 'answered' ? rest.replace(/^[A-Z]{2} /, '') : rest; // after the answer's code
  const parameters: Record<string, string> = {};
  if (channel) parameters.channel = channel;
  if (words) Object.assign(parameters, { reason: words, detail: channel ? reasonWords(t, words) : words });
  if (by) parameters[event.startsWith('notice-') ? 'way' : 'by'] = by;
  return { type: event, actor: { kind: by ? 'person' : 'system', name: by }, parameters };
}
