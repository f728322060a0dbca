import { describe, expect, it } from 'vitest';
import { countries, countriesLike, countryName } from './countries';

describe('countries', () => {
  it('are called as people call them, our neighbours first', () => {
    expect(countryName('sv', 'se')).toBe('Sverige');
    expect(countryName('en', 'NO')).toBe('Norway');
    expect(countryName('sv', 'ZZ')).toBeUndefined();
    expect(countries('sv').slice(0, 3).map((one) => one.code)).toEqual(['SE', 'NO', 'DK']);
    expect(countries('sv').every((one) => one.name !== one.code)).toBe(true);
  });

  it('are found by code or name', () => {
    expect(countriesLike('sv', 'tysk').map((one) => one.code)).toEqual(['DE']);
    expect(countriesLike('sv', 'FI')[0]?.code).toBe('FI');
    expect(countriesLike('sv', 'sv').slice(0, 3).map((one) => one.code)).toEqual(['SE', 'SJ', 'SV']);
    expect(countriesLike('sv', '').length).toBe(countries('sv').length);
  });
});
