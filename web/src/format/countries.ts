// Countries as addresses name them, by ISO 3166-1 code; the names are the browser's, in the language of the page.
import type { Language } from './amounts';

const codes = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF ' +
  'CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG ' +
  'GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR ' +
  'KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE ' +
  'NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK ' +
  'SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU ' +
  'WF WS XK YE YT ZA ZM ZW'
).split(' ');

export interface Country {
  code: string;
  name: string;
}

const made = new Map<Language, readonly Country[]>();

// Our neighbours first, then by name.
export function countries(language: Language): readonly Country[] {
  const known = made.get(language);
  if (known) return known;
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const near = ['SE', 'NO', 'DK', 'FI', 'IS'];
  const rank = (code: string) => (near.includes(code) ? near.indexOf(code) : near.length);
  const list = codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => rank(a.code) - rank(b.code) || a.name.localeCompare(b.name, language));
  made.set(language, list);
  return list;
}

export const countryName = (language: Language, code: string): string | undefined => countries(language).find((one) => one.code === code.trim().toUpperCase())?.name;

// Those that are called so or begin so, by code or by name; all where nothing has been typed.
export function countriesLike(language: Language, typed: string): readonly Country[] {
  const wanted = typed.trim().toLocaleLowerCase(language);
  if (wanted === '') return countries(language);
  const rank = ({ code, name }: Country) => {
    const lower = name.toLocaleLowerCase(language);
    return lower.startsWith(wanted) ? 0 : code.toLowerCase().startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : 3;
  };
  return countries(language)
    .filter((country) => rank(country) < 3)
    .sort((a, b) => rank(a) - rank(b));
}
