import { beforeAll, describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import type { Finding } from '@/api/queries';
import type { TicketDetail, TicketSnapshot } from '@/api/tickets';
import { wordsIn } from '@/test-words';
import { seenDeliveries, seenEvents, seenFindings } from './snapshotWords';
import { isNarrowed, queryOf, readTicketSearch } from './ticketSearch';
import { threadOf } from './threadOf';

describe('the address of the list', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(readTicketSearch({ status: 'waiting,new,made-up', priority: 'urgent', mine: '1', overdue: 'yes', query: 'Ä-10', x: '1' })).toEqual({ status: ['new', 'waiting'], priority: ['urgent'], mine: '1', query: 'Ä-10' });
    expect(readTicketSearch({ status: ['closed'], all: '1' })).toEqual({ status: ['closed'] });
  });
  it('shows what is open unless something else is asked for', () => {
    expect(queryOf({})).toEqual({ status: 'new,in-progress,waiting' });
    expect(queryOf({ all: '1' })).toEqual({});
    expect(queryOf({ query: '4711' })).toEqual({ query: '4711' });
    expect(queryOf({ status: ['closed'], assignee: 'none', overdue: '1' })).toEqual({ status: 'closed', assignee: 'none', overdue: true });
    expect(isNarrowed({ all: '1' })).toBe(false);
    expect(isNarrowed({ mine: '1' })).toBe(true);
  });
});

describe('a thread', () => {
  it('has what was said and what was done in the order of time', () => {
    const message = (id: string, at: string) => ({ id, at }) as TicketDetail['messages'][number];
    const change = (what: string, at: string) => ({ what, at }) as TicketDetail['changes'][number];
    const thread = threadOf({ messages: [message('a', '2026-11-30T08:00:00Z'), message('b', '2026-11-30T10:00:00Z')], changes: [change('status', '2026-11-30T10:00:00Z'), change('assignee', '2026-11-30T09:00:00Z')] });
    expect(thread.map((one) => ('message' in one ? one.message.id : one.change.what))).toEqual(['a', 'assignee', 'b', 'status']);
  });
});

describe('a document as it stood then', () => {
  let t: TFunction;
  beforeAll(async () => {
    t = await wordsIn('sv');
  });
  const at = '2026-11-30T08:00:00Z';
  const event = (event: string, detail: string | null = null, by: string | null = null) => ({ at, event, by, detail });
  const told = (seen: Partial<TicketSnapshot>) => seenEvents(t, { timeline: [], findings: [], document: {}, ...seen }, 'sv').map(({ title, detail }) => [title, detail].filter(Boolean).join(' | '));

  it('says reasons and ways in words', () => {
    expect(told({ timeline: [event('received', null, 'Affärssystem'), event('stopped', 'BR-CO-15'), event('returned')] })).toEqual(['Inkommet | Affärssystem', 'Stoppat | Beloppet med moms stämmer inte', 'Returnerat till avsändaren']);
    expect(told({ timeline: [event('stopped', 'demand-missing')], findings: [{ id: 'demand-missing', severity: 'error', term: 'BT-13', detail: null }] })).toEqual(['Stoppat | Ordernummer saknas']);
    expect(told({ timeline: [event('routed'), event('delivery-started', 'email'), event('sent', 'email'), event('bounced', 'email: 550 No such user.')] })).toEqual(['Kanal vald: E-post', 'Försök börjar | E-post', 'Skickat med e-post', 'Studsade | E-post: 550 No such user']);
    expect(told({ timeline: [event('routed')], document: { channel: 'print' } })).toEqual(['Kanal vald: Papper']);
    expect(told({ timeline: [event('routed'), event('failed', 'no-channel-person')], document: { channel: null } })[0]).toBe('Ingen kanal når mottagaren');
    expect(told({ timeline: [event('notice-sent', null, 'email'), event('answered', 'UQ Fel referens')] })).toEqual(['Avsändaren är aviserad via e-post', 'Mottagaren har svarat | Fel referens']);
  });
  it('has the document’s own sentences for findings, each once', () => {
    const finding = (id: string, term: string, sv: string) => ({ id, term, severity: 'error', where: null, value: null, explanation: { sv, en: '' }, advice: null }) as Finding;
    const seen = (id: string, term: string) => ({ id, term, severity: 'error', detail: null });
    const known = [finding('BR-CO-17', 'BT-117', 'Den första.'), finding('BR-CO-17', 'BT-117', 'Den andra.')];
    expect(seenFindings(t, [seen('BR-CO-17', 'BT-117'), seen('BR-CO-17', 'BT-117'), seen('demand-missing', 'BT-13')], known, 'sv')).toEqual(['Den första.', 'Den andra.', 'Ordernummer saknas']);
  });
  it('says since when a delivery stands as it does, where only one can be meant', () => {
    const delivery = (channel: string, status: string) => ({ channel, status, address: null, evidence: null, attempts: 1 });
    const timeline = ['delivery-started email', 'sent email', 'opened ', 'reminded email', 'delivery-queued print', 'posted print', 'opened '].map((one, hour) => {
      const [name = '', detail = ''] = one.split(' ');
      return { ...event(name, detail || null), at: `2026-11-30T0${hour}:00:00Z` };
    });
    const hours = (...deliveries: TicketSnapshot['deliveries']) => seenDeliveries({ deliveries, timeline }).map((one) => one.at?.slice(11, 13));
    expect(hours(delivery('email', 'opened'), delivery('print', 'sent'))).toEqual(['02', '05']);
    expect(hours(delivery('email', 'sent'), delivery('print', 'queued'))).toEqual(['01', '04']);
    expect(hours(delivery('email', 'sent'), delivery('print', 'sent'), delivery('print', 'sent'))).toEqual(['01', undefined, undefined]);
    expect(hours(delivery('email', 'opened'), delivery('network', 'opened'))).toEqual([undefined, undefined]);
  });
});
