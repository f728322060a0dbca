import { Checkbox } from '@mantine/core';
import type { Facets } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { channelLook, documentLook } from '@/ui/icons';
import type { ListSearch } from './listSearch';
import classes from './Documents.module.css';

type FacetName = 'direction' | 'status' | 'channel' | 'type';
export type Change = (to: Partial<Record<keyof ListSearch, unknown>>, replace?: boolean) => void;

interface FacetPanelProps {
  facets: Facets | undefined;
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  onChange: Change;
}

export function FacetPanel({ facets, search, direction, onChange }: FacetPanelProps) {
  const { t } = useWords();
  const shown: FacetName[] = direction ? ['status', 'channel', 'type'] : ['direction', 'status', 'channel', 'type'];
  return shown.map((name) => {
    const chosen = name === 'direction' ? (search.direction ? [search.direction] : []) : (search[name] ?? []);
    const counted = (facets?.[name] ?? []).filter((facet) => facet.count > 0);
    // What is chosen stays, also when nothing is left of it: otherwise it could not be unchosen.
    const gone = chosen.filter((value) => !counted.some((facet) => facet.value === value));
    const values = [...counted, ...gone.map((value) => ({ value, count: 0 }))];
    if (values.length === 0) return null;
    return (
      <fieldset key={name} className={classes.facet}>
        <legend>{t(`portal.facet.${name}`)}</legend>
        {values.map((facet) => (
          <FacetChoice
            key={facet.value}
            name={name}
            value={facet.value}
            count={facet.count}
            checked={chosen.includes(facet.value)}
            onToggle={(checked) => {
              if (name === 'direction') return onChange({ direction: checked ? facet.value : undefined });
              onChange({ [name]: checked ? [...chosen, facet.value] : chosen.filter((value) => value !== facet.value) });
            }}
          />
        ))}
      </fieldset>
    );
  });
}

interface ChoiceProps {
  name: FacetName;
  value: string;
  count: number;
  checked: boolean;
  onToggle: (checked: boolean) => void;
}

function FacetChoice({ name, value, count, checked, onToggle }: ChoiceProps) {
  const { t, number } = useWords();
  const words = {
    direction: () => t(`portal.nav.${value}`),
    status: () => t(`status.document.${value}`),
    channel: () => t(`channel.${value}`, { defaultValue: value }),
    type: () => t(`portal.type.${value}`),
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
