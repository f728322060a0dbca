import { describe, expect, it } from 'vitest';
import { mailtoOf, phoneText } from './leadLook';
import { readLeadsSearch } from './leadsSearch';

describe('a telephone number', () => {
  it.each([
    ['+46701234567', '070-123 45 67'],
    ['+46771123456', '0771-12 34 56'],
    ['+468123456', '08-12 34 56'],
    ['+4681234567', '08-123 45 67'],
    ['+46812345678', '08-123 456 78'],
    ['+46311234567', '031-123 45 67'],
    ['+4654123456', '054-12 34 56'],
    ['+4690123456', '090-12 34 56'],
    ['+4620123456', '020-12 34 56'],
    ['+46581740605', '0581-74 06 05'],
    ['+4692012345', '0920-123 45'],
    ['+461234', '+461234'],
    ['+4722123456', '+4722123456'],
  ])('%s is shown as %s', (kept, shown) => expect(phoneText(kept)).toBe(shown));
});

describe('a link to write to an address', () => {
  it.each([
    ['karin@mejl.example', 'mailto:karin@mejl.example'],
    ['a?bcc=alla@mejl.example', 'mailto:a%3Fbcc%3Dalla@mejl.example'],
    ['a&body=x%0a@mejl.example', 'mailto:a%26body%3Dx%250a@mejl.example'],
  ])('of %s is %s', (address, link) => expect(mailtoOf(address)).toBe(link));
});

describe('what the address of the list says', () => {
  it('is read', () => expect(readLeadsSearch({ state: 'lost', query: 'holm', mine: '1' })).toEqual({ state: 'lost', query: 'holm', mine: '1' }));
  it('is nothing where it is none of ours', () => expect(readLeadsSearch({ state: 'gone', query: '', mine: 'yes', other: '1' })).toEqual({}));
});
