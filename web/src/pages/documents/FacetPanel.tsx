import { useState } from 'react';
import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery, type Facets } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { channelLook, documentLook } from '@/ui/icons';
import type { ListSearch } from './listSearch';
import { monthDays } from './periods';
import classes from './Documents.module.css';

type FacetName = 'direction' | 'status' | 'channel' | 'type' | 'company' | 'counterpart' | 'month';
interface Counted {
  value: string;
  count: number;
  name?: string | null; // of a company and a counterpart
}
const several: readonly FacetName[] = ['status', 'channel', 'type']; // of which more than one may be chosen
const shownAtOnce = 8;
export type Change = (to: Partial<Record<keyof ListSearch, unknown>>, replace?: boolean) => void;

interface FacetPanelProps {
  facets: Facets | undefined;
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  onChange: Change;
}

export function FacetPanel({ facets, search, direction, onChange }: FacetPanelProps) {
  const { t } = useWords();
  const [whole, setWhole] = useState<FacetName[]>([]); // those shown to their end
  const shown: FacetName[] = [...(direction ? [] : (['direction'] as const)), 'status', 'channel', 'type', 'company', 'counterpart', 'month'];
  return [...shown.map(facetOf), <GroupChoice key="internal" search={search} onChange={onChange} />];

  function facetOf(name: FacetName) {
    const chosen = chosenOf(search, name);
    const all = (facets as Partial<Record<FacetName, Counted[]>> | undefined)?.[name] ?? [];
    const counted = all.filter((facet) => facet.count > 0);
    if (name === 'company' && counted.length < 2 && chosen.length === 0) return null; // nothing to choose between
    // What is chosen stays, also when nothing is left of it: otherwise it could not be unchosen.
    const gone = chosen.filter((value) => !counted.some((facet) => facet.value === value));
    const values: Counted[] = [...counted, ...gone.map((value) => ({ value, count: 0 }))];
    if (values.length === 0) return null;
    const isWhole = whole.includes(name) || values.length <= shownAtOnce + 1;
    const listed = isWhole ? values : values.filter((facet, place) => place < shownAtOnce || chosen.includes(facet.value));
    return (
      <fieldset key={name} className={classes.facet}>
        <legend>{t(`portal.facet.${name}`)}</legend>
        {listed.map((facet) => (
          <FacetChoice
            key={facet.value}
            name={name}
            facet={facet}
            checked={chosen.includes(facet.value)}
            onToggle={(checked) => onChange(choice(name, facet.value, chosen, checked))}
          />
        ))}
        {values.length > shownAtOnce + 1 && (
          <Button size="compact-xs" variant="subtle" onClick={() => setWhole((now) => (isWhole ? now.filter((other) => other !== name) : [...now, name]))} aria-expanded={isWhole}>
            {t(isWhole ? 'portal.facet.less' : 'portal.facet.more')}
          </Button>
        )}
      </fieldset>
    );
  }
}

function chosenOf(search: ListSearch, name: FacetName): string[] {
  if (name === 'status' || name === 'channel' || name === 'type') return search[name] ?? [];
  if (name !== 'month') return search[name] ? [search[name]] : [];
  const month = search.from?.slice(0, 7) ?? '';
  const days = /^\d{4}-\d{2}$/.test(month) ? monthDays(month) : undefined;
  return days && days.from === search.from && days.to === search.to ? [month] : [];
}

function choice(name: FacetName, value: string, chosen: string[], checked: boolean): Partial<Record<keyof ListSearch, unknown>> {
  if (name === 'month') return checked ? monthDays(value) : { from: undefined, to: undefined };
  if (!several.includes(name)) return { [name]: checked ? value : undefined };
  return { [name]: checked ? [...chosen, value] : chosen.filter((other) => other !== value) };
}

// Only who sees several companies has anything to choose between.
function GroupChoice({ search, onChange }: { search: ListSearch; onChange: Change }) {
  const { t } = useWords();
  const { data: session } = useQuery(sessionQuery);
  if ((session?.companies.length ?? 0) < 2 && search.internal === undefined) return null;
  return (
    <fieldset className={classes.facet}>
      <legend>{t('portal.facet.internal')}</legend>
      {[true, false].map((internal) => (
        <label key={String(internal)} className={classes.facetChoice}>
          <Checkbox
            checked={search.internal === internal}
            onChange={(event) => onChange({ internal: event.currentTarget.checked ? internal : undefined })}
          />
          <span>{t(internal ? 'portal.documents.withinGroup' : 'portal.documents.outsideGroup')}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface ChoiceProps {
  name: FacetName;
  facet: Counted;
  checked: boolean;
  onToggle: (checked: boolean) => void;
}

function FacetChoice({ name, facet, checked, onToggle }: ChoiceProps) {
  const { t, number } = useWords();
  const { value, count } = facet;
  const words = {
    direction: () => t(`portal.nav.${value}`),
    status: () => t(`status.document.${value}`),
    channel: () => t(`channel.${value}`, { defaultValue: value }),
    type: () => t(`portal.type.${value}`),
    company: () => facet.name ?? identifierText(value),
    counterpart: () => facet.name ?? identifierText(value),
    month: () => value,
  };
  const mark =
    name === 'status'
      ? { Icon: documentLook(value).Icon, colour: `var(--st-${documentLook(value).colour})` }
      : name === 'channel'
        ? channelLook(value)
        : undefined;
  return (
    <label className={classes.facetChoice}>
      <Checkbox checked={checked} onChange={(event) => onToggle(event.currentTarget.checked)} />
      {mark && <mark.Icon size={tokens.icon.size.default} stroke={tokens.icon.stroke} color={mark.colour} aria-hidden />}
      <span>{words[name]()}</span>
      <span className={classes.facetCount}>{number(count)}</span>
    </label>
  );
}
