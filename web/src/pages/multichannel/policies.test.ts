import { describe, expect, it } from 'vitest';
import type { Policy } from '@/api/multichannel';
import { complete, offered } from './policies';

const policy = (change: Partial<Policy>): Policy => ({ by: 'price', order: [], demands: [], asks: false, ...change });

describe('policies', () => {
  it('offers only what the channels there are can keep', () => {
    expect(offered(['network', 'email', 'print']).map(({ name }) => name)).toEqual(['noPaper', 'publicSector', 'other']);
    expect(offered(['network', 'email']).map(({ name }) => name)).toEqual(['publicSector', 'other']);
    expect(offered(['email'])).toHaveLength(1);
    expect(offered(['network', 'peppol', 'print'])[1]?.demand.channels).toEqual(['network', 'peppol']);
  });
  it('is complete when every demand names somebody and a channel', () => {
    expect(complete(policy({}))).toBe(true);
    expect(complete(policy({ by: 'order' }))).toBe(false);
    expect(complete(policy({ demands: [{ who: 'everyone', verb: 'never', channels: [] }] }))).toBe(false);
    expect(complete(policy({ demands: [{ who: 'named', verb: 'only', channels: ['print'] }] }))).toBe(false);
    expect(complete(policy({ demands: [{ who: 'named', counterparts: ['0007:5599900122'], verb: 'only', channels: ['print'] }] }))).toBe(true);
  });
});
