import type { TicketChange, TicketDetail, TicketMessage } from '@/api/tickets';

export type ThreadItem = { at: string; message: TicketMessage } | { at: string; change: TicketChange };

// What was said and what was done, by time; what a message brought about stands after it.
export function threadOf({ messages, changes }: Pick<TicketDetail, 'messages' | 'changes'>): ThreadItem[] {
  const items: ThreadItem[] = [...messages.map((message) => ({ at: message.at, message })), ...changes.map((change) => ({ at: change.at, change }))];
  return items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
