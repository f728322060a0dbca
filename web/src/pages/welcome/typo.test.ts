import { describe, expect, it } from 'vitest';
import { likelierAddress } from './typo';

describe('an address that is most likely mistyped', () => {
  it.each([
    ['karin@gmial.com', 'karin@gmail.com'],
    ['karin@gmal.com', 'karin@gmail.com'],
    ['karin@gmaill.com', 'karin@gmail.com'],
    ['Karin.Holm@Hotmial.com', 'karin.holm@hotmail.com'],
    ['karin@gmail.con', 'karin@gmail.com'],
    ['karin@telia.cm', 'karin@telia.com'],
  ])('%s: did you mean %s?', (typed, meant) => expect(likelierAddress(typed)).toBe(meant));

  it.each(['karin@gmail.com', 'karin@hotmail.se', 'karin@live.com', 'karin@holmsoner.se', 'karin', '@gmial.com', 'karin@', '', 'a@b@gmial.com '])('%s is let be', (typed) => {
    const meant = likelierAddress(typed);
    expect(meant === undefined || meant.startsWith('a@b@')).toBe(true);
  });
});
