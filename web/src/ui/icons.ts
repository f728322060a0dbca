// One meaning per icon: the names in tokens.json and the icons they stand for. Outline, stroke 1.75.
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsExchange,
  IconBellRinging,
  IconBan,
  IconBuildingBank,
  IconCircleCheck,
  IconCircleDashedCheck,
  IconClipboardCheck,
  IconClock,
  IconEye,
  IconFileText,
  IconHandStop,
  IconHelpCircle,
  IconInbox,
  IconLoader2,
  IconMail,
  IconClockExclamation,
  IconClockPlus,
  IconMailX,
  IconMailbox,
  IconMessageReply,
  IconPlayerPause,
  IconPlugConnected,
  IconPrinter,
  IconRobot,
  IconRoute,
  IconSend,
  IconServer2,
  IconThumbDown,
  IconThumbUp,
  IconUserX,
  IconVersions,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import { tokens, type StatusColour } from '@/theme/tokens';

const icons: Record<string, Icon> = {
  IconAlertCircle,
  IconArrowBackUp,
  IconArrowsExchange,
  IconBan,
  IconBuildingBank,
  IconCircleCheck,
  IconCircleDashedCheck,
  IconClock,
  IconEye,
  IconHandStop,
  IconHelpCircle,
  IconInbox,
  IconLoader2,
  IconMail,
  IconMailX,
  IconPlayerPause,
  IconPlugConnected,
  IconPrinter,
  IconSend,
  IconServer2,
  IconThumbDown,
  IconThumbUp,
  IconVersions,
  IconWorld,
};

export interface StatusLook {
  Icon: Icon;
  colour: StatusColour;
  tinted: boolean;
}

interface LookToken {
  colour: string;
  icon: string;
  tinted: boolean;
}

function look(token: LookToken | undefined): StatusLook {
  if (!token) return { Icon: IconHelpCircle, colour: 'gray', tinted: false };
  return { Icon: icons[token.icon] ?? IconHelpCircle, colour: token.colour as StatusColour, tinted: token.tinted };
}

const documentLooks: Record<string, LookToken> = tokens.documentStatus;
const deliveryLooks: Record<string, LookToken> = tokens.deliveryStatus;
const channelLooks: Record<string, { icon: string }> = tokens.colour.channel;

export const documentLook = (status: string): StatusLook => look(documentLooks[status]);
export const deliveryLook = (status: string): StatusLook => look(deliveryLooks[status]);

export function channelLook(channel: string): { Icon: Icon; colour: string } {
  const token = channelLooks[channel];
  return token
    ? { Icon: icons[token.icon] ?? IconRoute, colour: `var(--ch-${channel})` }
    : { Icon: IconRoute, colour: 'var(--pg-dim)' };
}

// Events: those that make a status look like it, the others by what they are.
const eventLooks: Record<string, { Icon: Icon; colour: StatusColour }> = {
  recognised: { Icon: IconFileText, colour: 'gray' },
  checked: { Icon: IconClipboardCheck, colour: 'gray' },
  routed: { Icon: IconRoute, colour: 'gray' },
  'delivery-started': { Icon: IconLoader2, colour: 'gray' },
  fetched: { Icon: IconRobot, colour: 'gray' },
  bounced: { Icon: IconMailX, colour: 'red' },
  'delivery-failed': { Icon: IconAlertCircle, colour: 'red' },
  'delivery-uncertain': { Icon: IconHelpCircle, colour: 'amber' },
  'delivery-expired': { Icon: IconPrinter, colour: 'gray' },
  warned: { Icon: IconAlertTriangle, colour: 'amber' },
  'notice-sent': { Icon: IconBellRinging, colour: 'blue' },
  'notice-read': { Icon: IconEye, colour: 'green' },
  'notice-bounced': { Icon: IconMailX, colour: 'red' },
  'notice-unreachable': { Icon: IconUserX, colour: 'amber' },
  'delivery-returned': { Icon: IconArrowBackUp, colour: 'amber' },
  'delivery-queued': { Icon: IconClock, colour: 'blue' },
  printed: { Icon: IconPrinter, colour: 'gray' },
  posted: { Icon: IconMailbox, colour: 'blue' },
  'part-opened': { Icon: IconEye, colour: 'green' },
  'page-fetched': { Icon: IconRobot, colour: 'gray' },
  'deadline-moved': { Icon: IconClockPlus, colour: 'gray' },
  reminded: { Icon: IconBellRinging, colour: 'blue' },
  'recipient-bounced': { Icon: IconMailX, colour: 'amber' },
  asked: { Icon: IconHelpCircle, colour: 'amber' },
  'einvoice-wanted': { Icon: IconRoute, colour: 'blue' },
  'wrong-recipient': { Icon: IconUserX, colour: 'red' },
  answered: { Icon: IconMessageReply, colour: 'blue' },
  'not-fetched': { Icon: IconClockExclamation, colour: 'amber' },
};

export function eventLook(type: string): { Icon: Icon; colour: StatusColour } {
  return eventLooks[type] ?? documentLook(type);
}
