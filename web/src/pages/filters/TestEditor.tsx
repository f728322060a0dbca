// One test: of which value, what, and with which figures. Nobody sees JSON or XML.
import { Checkbox, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { registersQuery, type Condition, type Vocabulary, type VocabularyTest } from '@/api/filters';
import { parseAmount } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { without } from '@/without';
import { testsFor, withTerm, withTest } from './conditions';
import classes from './Filters.module.css';

const wholeDocument = 'document';
const kinds: Record<string, string[]> = {
  inRegister: ['reference', 'orderNumber', 'costCentre', 'supplierAccount'],
  checkDigit: ['luhn', 'ocr', 'bankgiro', 'plusgiro', 'iban', 'gln', 'organisationNumber', 'personnummer', 'swedishVatNumber'],
};

interface TestEditorProps {
  condition: Condition;
  vocabulary: Vocabulary;
  onChange: (condition: Condition) => void;
}

export function TestEditor({ condition, vocabulary, onChange }: TestEditorProps) {
  const { t, language } = useWords();
  const test = vocabulary.tests.find((one) => one.id === condition.test);
  const ofDocument = test ? !test.takesTerm : false;
  const term = vocabulary.terms.find((one) => one.term === condition.term);
  const tests = ofDocument || condition.term ? testsFor(vocabulary, condition.term) : [];
  return (
    <div className={classes.test}>
      <Select
        label={t('portal.filters.term')}
        size="sm"
        searchable
        maxDropdownHeight={340}
        nothingFoundMessage={t('portal.filters.noSuchTerm')}
        placeholder={t('portal.filters.termHint')}
        data={termOptions(vocabulary, language, t('portal.filters.wholeDocument'), t('portal.filters.wholeDocumentGroup'))}
        value={ofDocument ? wholeDocument : (condition.term ?? null)}
        allowDeselect={false}
        onChange={(value) => {
          if (value === wholeDocument) onChange(withTest({}, testsFor(vocabulary, undefined)[0]));
          else if (value) onChange(withTerm(vocabulary, condition, value));
        }}
        renderOption={({ option }) => {
          const known = vocabulary.terms.find((one) => one.term === option.value);
          return (
            <span className={classes.option}>
              <span>
                {option.label} {known && <span className={classes.quiet}>{known.term}</span>}
              </span>
              {known?.example && <span className={classes.quiet}>{t('portal.filters.forExample', { example: known.example })}</span>}
            </span>
          );
        }}
      />
      <Select
        label={t('portal.filters.test')}
        size="sm"
        searchable
        maxDropdownHeight={340}
        disabled={tests.length === 0}
        placeholder={t('portal.filters.testHint')}
        data={tests.map((one) => ({ value: one.id, label: one.title[language] }))}
        value={condition.test ?? null}
        allowDeselect={false}
        onChange={(value) =>
          onChange(
            withTest(
              condition,
              vocabulary.tests.find((one) => one.id === value),
            ),
          )
        }
      />
      {term?.example && !test && <p className={classes.example}>{t('portal.filters.termExample', { term: term.title[language], example: term.example })}</p>}
      {test && <Parameters condition={condition} test={test} vocabulary={vocabulary} onChange={onChange} example={term?.example ?? null} />}
    </div>
  );
}

function termOptions(vocabulary: Vocabulary, language: 'sv' | 'en', whole: string, wholeGroup: string) {
  const groups = new Map<string, { value: string; label: string }[]>([[wholeGroup, [{ value: wholeDocument, label: whole }]]]);
  for (const term of vocabulary.terms) {
    const group = term.group.title[language];
    groups.set(group, [...(groups.get(group) ?? []), { value: term.term, label: term.title[language] }]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

interface ParametersProps extends TestEditorProps {
  test: VocabularyTest;
  example: string | null;
}

// An exact count says what least and most say: only one of the ways is offered at a time.
const offered = (test: VocabularyTest, condition: Condition) =>
  test.parameters.filter(({ name }) => {
    if (name === 'which') return condition.term === undefined || condition.which !== undefined || test.id !== 'present';
    if ((name === 'least' || name === 'most') && condition.count !== undefined) return false;
    return !(name === 'count' && (condition.least !== undefined || condition.most !== undefined));
  });

function Parameters({ condition, test, vocabulary, onChange, example }: ParametersProps) {
  const { t, language } = useWords();
  const values = condition as Record<string, unknown>;
  const set = (name: string, value: unknown) => {
    const others = without(values, name);
    const empty = value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
    onChange((empty ? others : { ...others, [name]: value }) as Condition);
  };
  const label = (name: string, required: boolean) =>
    required || test.id === 'digits' ? t(`portal.filters.parameter.${name}`, { defaultValue: name }) : t('portal.filters.optional', { name: t(`portal.filters.parameter.${name}`, { defaultValue: name }) });
  const line = vocabulary.terms.find((one) => one.term === condition.term)?.line ?? false;
  const fields = offered(test, condition).filter(({ name, type }) => type !== 'flag' && (name !== 'which' || line || test.id === 'lineHas'));
  const flags = test.parameters.filter(({ type }) => type === 'flag');
  const terms = vocabulary.terms.filter((one) => one.term !== condition.term).map((one) => ({ value: one.term, label: one.title[language] }));
  return (
    <>
      {fields.length > 0 && (
        <div className={classes.parameters}>
          {fields.map(({ name, type, required, choices }) => {
            const value = values[name];
            const common = { label: label(name, required), size: 'sm' as const };
            if (name === 'register') return <RegisterSelect key={name} {...common} value={value as string | undefined} onChange={(next) => set(name, next)} />;
            if (type === 'texts')
              return <TagsInput key={name} {...common} value={(value as string[] | undefined) ?? []} onChange={(next) => set(name, next)} placeholder={t('portal.filters.textsHint')} acceptValueOnBlur />;
            if (type === 'terms')
              return <MultiSelect key={name} {...common} searchable data={terms} value={(value as string[] | undefined) ?? []} onChange={(next) => set(name, next)} />;
            if (type === 'term')
              return <Select key={name} {...common} searchable data={terms} value={(value as string | undefined) ?? null} onChange={(next) => set(name, next ?? undefined)} />;
            if (type === 'choice') {
              const data = (name === 'which' ? ['every', 'some', 'no'] : (choices ?? kinds[test.id] ?? [])).map((one) => ({ value: one, label: t(`portal.filters.choice.${one}`, { defaultValue: one }) }));
              return <Select key={name} {...common} data={data} allowDeselect={!required} value={(value as string | undefined) ?? (name === 'which' ? 'every' : null)} onChange={(next) => set(name, name === 'which' && next === 'every' ? undefined : (next ?? undefined))} />;
            }
            if (type === 'count')
              return (
                <TextInput key={name} {...common} inputMode="numeric" value={value === undefined ? '' : String(value)} maxLength={5} onChange={(event) => { const digits = event.currentTarget.value.replace(/\D/g, ''); set(name, digits === '' ? undefined : Number(digits)); }} />
              );
            if (type === 'number')
              return <TextInput key={name} {...common} inputMode="decimal" defaultValue={value === undefined ? '' : String(value)} maxLength={30} placeholder="10 000,00" onChange={(event) => set(name, parseAmount(event.currentTarget.value) ?? event.currentTarget.value)} />;
            return <TextInput key={name} {...common} value={value === undefined ? '' : String(value)} maxLength={name === 'currency' ? 3 : 200} placeholder={name === 'currency' ? 'SEK' : test.id === 'matches' ? '45\\d{6}' : (example ?? '')} onChange={(event) => set(name, name === 'currency' ? event.currentTarget.value.toUpperCase() : event.currentTarget.value)} />;
          })}
        </div>
      )}
      {flags.length > 0 && (
        <div className={classes.flags}>
          {flags.map(({ name }) => (
            <Checkbox key={name} label={t(`portal.filters.parameter.${name}`, { defaultValue: name })} checked={values[name] === true} onChange={(event) => set(name, event.currentTarget.checked)} />
          ))}
        </div>
      )}
    </>
  );
}

function RegisterSelect({ label, size, value, onChange }: { label: string; size: 'sm'; value: string | undefined; onChange: (name: string | undefined) => void }) {
  const { t } = useWords();
  const { data } = useQuery(registersQuery);
  const names = [...new Set([...(data?.items.map((register) => register.name) ?? []), ...(value ? [value] : [])])];
  return <Select label={label} size={size} data={names} value={value ?? null} clearable placeholder={t('portal.filters.onlyRegister')} onChange={(next) => onChange(next ?? undefined)} />;
}
