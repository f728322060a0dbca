// What a sender can do with a Smartmail: the same four everywhere, in this order.
import { IconBellRinging, IconClockPlus, IconHandStop, IconMailbox, type Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ActionName, SmartmailActions } from '@/api/smartmail';

export interface OfferedAction {
  action: ActionName;
  field: keyof SmartmailActions;
  Icon: Icon;
}

export const offered: readonly OfferedAction[] = [
  { action: 'remind', field: 'remind', Icon: IconBellRinging },
  { action: 'extend', field: 'extend', Icon: IconClockPlus },
  { action: 'post-now', field: 'postNow', Icon: IconMailbox },
  { action: 'stop', field: 'stop', Icon: IconHandStop },
];

export const actionWord = (t: TFunction, action: ActionName): string => (action === 'post-now' ? t('portal.smartmail.postNow') : t(`portal.smartmail.do.${action}`));

// Why it cannot be done; empty: it can.
export function whyNot(t: TFunction, actions: SmartmailActions | null, field: keyof SmartmailActions): string {
  const code = actions === null ? 'smartmail-none' : actions[field];
  return code === null ? '' : t(`problem.${code}`, { defaultValue: t('portal.smartmail.notNow') });
}

// Of several: those for whom it can be done; where there is none, why.
export function doable<T extends { actions: SmartmailActions }>(t: TFunction, items: readonly T[], field: keyof SmartmailActions): { items: T[]; why: string } {
  const can = items.filter((item) => item.actions[field] === null);
  const [first] = items;
  return { items: can, why: can.length > 0 || !first ? '' : whyNot(t, first.actions, field) };
}
