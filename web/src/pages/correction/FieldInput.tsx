// One field with the judgement beside it while somebody types, and what could stand in it.
import { useId, useState } from 'react';
import { ActionIcon, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconArrowBackUp, IconCheck, IconLock } from '@tabler/icons-react';
import type { CorrectionField } from '@/api/stops';
import type { Language } from '@/format/amounts';
import { countriesLike, countryName } from '@/format/countries';
import { schemeName } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { countryTerms, FieldControl } from './FieldControl';
import { placeWords } from './placeWords';
import { schemesOf } from './schemes';
import type { Judgement } from './useCorrection';
import classes from './Correction.module.css';

const mostSuggestions = 6;

interface FieldInputProps {
  field: CorrectionField;
  typed: string | undefined;
  judgement: Judgement | undefined;
  found: CorrectionField['suggestions']; // in the receiver's registers, while it is typed
  autoFocus?: boolean;
  patient?: boolean; // one of several that belong together: called wrong when it is left, not while it is typed
  onType: (value: string) => void;
  onLeave?: () => void; // taken out of the correction again
}

export function FieldInput({ field, typed, judgement: given, found, autoFocus = false, patient = false, onType, onLeave }: FieldInputProps) {
  const { t, language } = useWords();
  const id = useId();
  const [focused, setFocused] = useState(false);
  const judgement = given?.ok === false && patient && focused ? undefined : given;
  // Where the scheme is chosen beside the value, it is not said once more.
  const scheme = (field.type === 'identifier' || field.type === 'address') && (schemesOf(field).length === 0 || !field.correctable) ? schemeName(t, field.qualifier) : '';
  const place = [field.term, placeWords(t, field.place) || field.group[language].toLocaleLowerCase(language), scheme].filter(Boolean).join(' · ');
  const wrong = judgement?.ok === false;
  const value = typed ?? field.value ?? '';
  const demand = field.demand?.[language];
  // «Köparens ort» under a field that is called so says nothing.
  const wanted = demand && demand.toLocaleLowerCase(language) !== field.title[language].toLocaleLowerCase(language) ? t('portal.correction.wanted', { wanted: demand }) : undefined;
  const help = wrong ? (judgement.words ?? t('portal.correction.stillWrong')) : (wanted ?? (countryTerms.includes(field.term) ? countryName(language, value) : undefined));
  if (!field.correctable)
    return (
      <div className={classes.field}>
        <FieldLabel id={id} title={field.title[language]} place={place} />
        <TextInput id={id} value={value} readOnly aria-describedby={`${id}-help`} rightSection={<IconLock size={16} stroke={1.75} aria-hidden />} />
        <p id={`${id}-help`} className={classes.help}>
          {t(`portal.correction.why.${field.why ?? 'term-not-correctable'}`, { defaultValue: t('portal.correction.why.term-not-correctable') })}
        </p>
      </div>
    );
  return (
    <div className={classes.field}>
      <FieldLabel id={id} title={field.title[language]} place={place}>
        {onLeave && (
          <Tooltip label={t('portal.correction.leave')}>
            <ActionIcon size={24} onClick={onLeave} aria-label={t('portal.correction.leaveField', { field: field.title[language] })}>
              <IconArrowBackUp size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </FieldLabel>
      <FieldControl
        field={field}
        value={value}
        onType={onType}
        control={{
          id,
          autoFocus,
          onFocus: () => setFocused(true),
          onBlur: () => setFocused(false),
          maxLength: field.maxLength ?? 500,
          'aria-describedby': `${id}-help`,
          'aria-invalid': wrong || undefined,
          'data-judged': judgement ? (judgement.ok ? 'good' : 'wrong') : undefined,
          rightSectionWidth: judgement?.ok ? 130 : 36,
          rightSectionPointerEvents: 'none',
          rightSection:
            judgement &&
            (judgement.ok ? (
              <span className={classes.good}>
                <IconCheck size={16} stroke={1.75} aria-hidden />
                {t(field.demand ? 'portal.correction.meets' : 'portal.correction.fine')}
              </span>
            ) : (
              <IconAlertCircle size={16} stroke={1.75} color="var(--st-red)" aria-hidden />
            )),
        }}
      />
      <p id={`${id}-help`} className={classes.help} data-wrong={wrong || undefined} role={wrong ? 'alert' : undefined}>
        {help}
      </p>
      <Suggestions all={countryTerms.includes(field.term) ? countrySuggestions(language, value) : merged(field.suggestions, found)} value={value} onChoose={onType} />
    </div>
  );
}

function FieldLabel({ id, title, place, children }: { id: string; title: string; place: string; children?: React.ReactNode }) {
  return (
    <div className={classes.label}>
      <label htmlFor={id}>
        {title} <span className="prose">{place}</span>
      </label>
      {children}
    </div>
  );
}

type Suggested = (Pick<CorrectionField['suggestions'][number], 'value' | 'label'> & { source: CorrectionField['suggestions'][number]['source'] | 'country' })[];

// None once the code stands there.
const countrySuggestions = (language: Language, typed: string): Suggested =>
  typed === typed.toUpperCase() && countryName(language, typed)
    ? []
    : countriesLike(language, typed).map(({ code, name }) => ({ value: code, label: name, source: 'country' }));

const merged = (known: Suggested, found: Suggested): Suggested => [...known, ...found.filter((one) => !known.some((other) => other.value === one.value))];

// What was used before, what the receiver's register has: by source, those that begin as typed first.
function Suggestions({ all, value, onChoose }: { all: Suggested; value: string; onChoose: (value: string) => void }) {
  const { t } = useWords();
  const begun = value.trim().toLowerCase();
  const others = all.filter((one) => one.value !== value);
  const fitting = others.filter((one) => one.value.toLowerCase().startsWith(begun) || one.label?.toLowerCase().includes(begun));
  const offered = (fitting.length > 0 ? fitting : others).slice(0, mostSuggestions);
  const sources = (['used', 'register', 'partner', 'country'] as const).filter((source) => offered.some((one) => one.source === source));
  return sources.map((source) => (
    <p key={source} className={classes.suggestions}>
      {t(`portal.correction.suggestion.${source}`)}{' '}
      {offered
        .filter((one) => one.source === source)
        .map((one) => (
          <UnstyledButton key={one.value} onClick={() => onChoose(one.value)} className={classes.suggestion}>
            {one.value}
            {one.label && <span>{one.label}</span>}
          </UnstyledButton>
        ))}
    </p>
  ));
}
