import { describe, expect, it } from 'vitest';
import type { SmartmailSettings } from '@/api/smartmail';
import { moved } from '../partners/ChannelOrder';
import { companyChange, draftOf, faultsOf, fieldAt, partnerChange } from './smartmailForm';

const settings: SmartmailSettings = { days: 7, bankDays: false, daysBeforeDue: 5, toPaper: true, form: 'link', exempt: ['villkor*'], replyTo: '', remindAfterDays: [4], addresses: [] };

describe('the settings of Smartmail', () => {
  it('come back from the form as they were, without the addresses that only a counterpart has', () => {
    const { addresses, ...rest } = settings;
    expect(addresses).toEqual([]);
    expect(companyChange(draftOf(settings))).toEqual(rest);
  });

  it('are tidied: lists by commas, reminders in order and once', () => {
    const draft = { ...draftOf(settings), exempt: ' villkor* ,, prislista.pdf;', remindAfterDays: '6, 4, 4', replyTo: ' faktura@nordhamn.example ' };
    expect(companyChange(draft)).toMatchObject({ exempt: ['villkor*', 'prislista.pdf'], remindAfterDays: [4, 6], replyTo: 'faktura@nordhamn.example' });
  });

  it.each([
    [{ days: '' }, { days: 'days' }],
    [{ days: 91 }, { days: 'days' }],
    [{ daysBeforeDue: 61 }, { daysBeforeDue: 'daysBeforeDue' }],
    [{ remindAfterDays: 'fyra' }, { remindAfterDays: 'remindAfterDays' }],
    [{ remindAfterDays: '1,2,3,4,5,6' }, { remindAfterDays: 'remindersMost' }],
    [{ remindAfterDays: '9' }, { remindAfterDays: 'remindersLate' }],
    [{ replyTo: 'nordhamn' }, { replyTo: 'address' }],
    [{ addresses: 'a@b.example, c' }, { addresses: 'address' }],
    [{ exempt: 'x'.repeat(61) }, { exempt: 'exemptLong' }],
  ])('%o is refused at its field', (typed, faults) => expect(faultsOf({ ...draftOf(settings), ...typed })).toEqual(faults));

  it('of a counterpart are only its own', () => {
    const draft = { ...draftOf(settings), days: 14, addresses: 'ekonomi@granberga.example' };
    expect(partnerChange(draft, new Set(['days']))).toEqual({ days: 14, addresses: ['ekonomi@granberga.example'] });
    expect(partnerChange(draftOf(settings), new Set())).toEqual({});
  });

  it('find the field that a problem is about', () => {
    expect(fieldAt('/exempt/0')).toBe('exempt');
    expect(fieldAt('/other')).toBeUndefined();
  });
});

it('a channel moves one step and the others keep their order', () => {
  expect(moved(['network', 'email', 'print'], 2, -1)).toEqual(['network', 'print', 'email']);
  expect(moved(['network', 'email'], 0, 1)).toEqual(['email', 'network']);
});
