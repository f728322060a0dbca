import type { Policy, PolicyDemand } from '@/api/multichannel';

export interface Offer {
  name: 'noPaper' | 'publicSector' | 'other';
  demand: PolicyDemand;
}

const electronic = ['network', 'peppol'];

// What most ask for, ready made: of the channels that there are.
export function offered(channels: readonly string[]): Offer[] {
  const offers: Offer[] = [];
  if (channels.includes('print')) offers.push({ name: 'noPaper', demand: { who: 'everyone', verb: 'never', channels: ['print'] } });
  const eInvoice = electronic.filter((channel) => channels.includes(channel));
  if (eInvoice.length > 0) offers.push({ name: 'publicSector', demand: { who: 'public-sector', verb: 'only', channels: eInvoice } });
  offers.push({ name: 'other', demand: { who: 'companies', verb: 'never', channels: [] } });
  return offers;
}

// Whether it can be read back: every demand names a channel, and who is named is.
export function complete(policy: Policy): boolean {
  const demandIs = ({ who, counterparts = [], channels }: PolicyDemand) => channels.length > 0 && (who !== 'named' || counterparts.length > 0);
  return policy.demands.every(demandIs) && (policy.by !== 'order' || policy.order.length > 0);
}
