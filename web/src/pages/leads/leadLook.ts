// Each state's icon and colour; a tint where somebody must act.
import { IconCalendarEvent, IconCircleCheck, IconInbox, IconMessageReply, IconUserX } from '@tabler/icons-react';
import type { LeadState } from '@/api/leads';
import type { StatusLook } from '@/ui/icons';

export const leadStates = ['new', 'contacted', 'meeting', 'customer', 'lost'] as const satisfies readonly LeadState[];

export const leadLook: Record<LeadState, StatusLook> = {
  new: { Icon: IconInbox, colour: 'amber', tinted: true },
  contacted: { Icon: IconMessageReply, colour: 'blue', tinted: false },
  meeting: { Icon: IconCalendarEvent, colour: 'blue', tinted: false },
  customer: { Icon: IconCircleCheck, colour: 'green', tinted: false },
  lost: { Icon: IconUserX, colour: 'gray', tinted: false },
};

// Swedish area codes without their nought: mobile ones and the short ones by name, all others have three figures.
const swedish = /^\+46(8|1[013689]|2[0136]|3[1356]|4[0246]|54|6[03]|7[02369]|90|\d{3})(\d{5,8})$/;
const groups = [/(\d{3})(\d\d)/, /(\d\d)(\d\d)(\d\d)/, /(\d{3})(\d\d)(\d\d)/, /(\d{3})(\d{3})(\d\d)/]; // of 5 to 8 figures

// "+46701234567" → "070-123 45 67", "+46581740605" → "0581-74 06 05"; those of other countries stand as they are.
export function phoneText(number: string): string {
  const [, area, own] = swedish.exec(number) ?? [];
  const [, ...parts] = groups[(own?.length ?? 0) - 5]?.exec(own ?? '') ?? [];
  return area && parts.length > 0 ? `0${area}-${parts.join(' ')}` : number;
}

// What a stranger has written before the @ stays an address: "?bcc=" and "&body=" would be more than that.
export function mailtoOf(address: string): string {
  const at = address.lastIndexOf('@');
  return `mailto:${encodeURIComponent(address.slice(0, at))}@${encodeURIComponent(address.slice(at + 1))}`;
}
