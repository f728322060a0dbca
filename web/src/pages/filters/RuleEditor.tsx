// One demand: what it says, whom it is for, how hard, when and in whose words; read back as a sentence while it is built.
import { useState } from 'react';
import { Button, MultiSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconQuote } from '@tabler/icons-react';
import { readBackQuery, type Rule, type RuleProblem, type Vocabulary } from '@/api/filters';
import { isDate } from '@/format/dates';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { Folded } from '../correction/Editor';
import { ConditionEditor } from './ConditionEditor';
import { conditionOf, isWhole, withCondition } from './conditions';
import { ruleProblems, ruleProblemWords } from './ruleProblems';
import { SenderPicker } from './SenderPicker';
import { without } from '@/without';
import classes from './Filters.module.css';

const documentKinds = ['invoice', 'credit-note', 'reminder', 'interest-invoice', 'order', 'despatch-advice'] as const;

interface RuleEditorProps {
  rule: Rule;
  vocabulary: Vocabulary;
  onDone: (rule: Rule) => void;
  onCancel: () => void;
}

export function RuleEditor({ rule: before, vocabulary, onDone, onCancel }: RuleEditorProps) {
  const { t } = useWords();
  const [rule, setRule] = useState(before);
  const whole = isWhole(conditionOf(rule));
  const [settled] = useDebouncedValue(rule, 200);
  const back = useQuery({ ...readBackQuery([settled]), enabled: isWhole(conditionOf(settled)) });
  const problems = ruleProblems(back.error, back.data?.problems);
  const set = (change: Partial<Rule>) => setRule((now) => withoutEmpty({ ...now, ...change }));
  const current = settled === rule && !back.isPlaceholderData;
  const ready = whole && current && back.isSuccess && problems.length === 0;
  return (
    <div className={classes.editor} role="group" aria-label={t('portal.filters.demand')}>
      <ConditionEditor condition={conditionOf(rule)} vocabulary={vocabulary} onChange={(condition) => setRule(withCondition(rule, condition))} />
      <ReadBack sentences={whole ? back.data?.sentences : undefined} problems={whole ? problems : []} />
      <div className={classes.severity}>
        <span id="severity">{t('portal.filters.severity')}</span>
        <SegmentedControl
          size="xs"
          aria-labelledby="severity"
          value={rule.severity ?? 'stop'}
          onChange={(value) => set({ severity: value as 'stop' | 'hold' | 'warn' })}
          data={(['stop', 'hold', 'warn'] as const).map((value) => ({ value, label: t(`portal.filters.severities.${value}`) }))}
        />
        <span className={classes.quiet}>{t(`portal.filters.severityMeans.${rule.severity ?? 'stop'}`)}</span>
      </div>
      <Folded title={t('portal.filters.forWhom')} open={rule.appliesTo !== undefined}>
        <Scope rule={rule} onChange={set} />
      </Folded>
      <Folded title={t('portal.filters.dates')} open={rule.from !== undefined || rule.to !== undefined}>
        <div className={classes.parameters}>
          {(['from', 'to'] as const).map((name) => (
            <DateField key={name} label={t(`portal.filters.${name}`)} value={rule[name]} onChange={(value) => set({ [name]: value })} />
          ))}
        </div>
      </Folded>
      <Folded title={t('portal.filters.message')} open={rule.message !== undefined}>
        <p className={classes.quiet}>{t('portal.filters.messageWhy')}</p>
        {(['sv', 'en'] as const).map((name) => (
          <Textarea
            key={name}
            label={t(`portal.filters.messageIn.${name}`)}
            size="sm"
            mb="xs"
            autosize
            minRows={2}
            maxLength={1000}
            value={messageOf(rule, name)}
            onChange={(event) => set({ message: { sv: messageOf(rule, 'sv'), en: messageOf(rule, 'en'), [name]: event.currentTarget.value } })}
          />
        ))}
        <TextInput label={t('portal.filters.ownExample')} size="sm" maxLength={200} value={rule.example ?? ''} onChange={(event) => set({ example: event.currentTarget.value })} />
      </Folded>
      <div className={classes.editorFoot}>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t('portal.correction.cancel')}
        </Button>
        <Button disabled={!ready} onClick={() => onDone(rule)}>
          {t('portal.filters.done')}
        </Button>
      </div>
    </div>
  );
}

export function ReadBack({ sentences, problems }: { sentences: { sv: string[]; en: string[] } | undefined; problems: RuleProblem[] }) {
  const { t, language } = useWords();
  return (
    <div className={classes.readBack} aria-live="polite" data-wrong={problems.length > 0 || undefined}>
      <IconQuote size={18} stroke={1.75} aria-hidden />
      <div className="prose">
        {problems.length > 0
          ? problems.map((problem) => <p key={`${problem.where}${problem.code}`}>{ruleProblemWords(t, problem)}</p>)
          : sentences
            ? sentences[language].map((sentence, index) => <p key={index}>{plainWords(sentence)}</p>)
            : t('portal.filters.readBackEmpty')}
      </div>
    </div>
  );
}

const messageOf = (rule: Rule, language: 'sv' | 'en') =>
  typeof rule.message === 'string' ? (language === 'sv' ? rule.message : '') : (rule.message?.[language] ?? '');

// What is empty or at its default is not said.
function withoutEmpty(rule: Rule): Rule {
  const said = (value: unknown) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  const scope = Object.fromEntries(Object.entries(rule.appliesTo ?? {}).filter(([, value]) => said(value)));
  const unsaid = (['from', 'to', 'example', 'name'] as const).filter((name) => !said(rule[name]));
  const kept: Rule = without(rule, ...unsaid, 'appliesTo', ...(rule.severity === 'stop' ? (['severity'] as const) : []));
  if (Object.keys(scope).length > 0) kept.appliesTo = scope;
  return messageOf(rule, 'sv') === '' && messageOf(rule, 'en') === '' ? without(kept, 'message') : kept;
}

function DateField({ label, value, onChange }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value ?? '');
  return (
    <TextInput
      label={label}
      size="sm"
      value={typed}
      placeholder={t('portal.documents.datePattern')}
      error={typed !== '' && !isDate(typed) ? t('portal.documents.dateWrong') : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(isDate(event.currentTarget.value) ? event.currentTarget.value : undefined);
      }}
    />
  );
}

function Scope({ rule, onChange }: { rule: Rule; onChange: (change: Partial<Rule>) => void }) {
  const { t } = useWords();
  const scope = rule.appliesTo ?? {};
  const senders = Array.isArray(scope.senders) ? 'only' : scope.notSenders ? 'except' : 'all';
  const [who, setWho] = useState(senders);
  const listed = Array.isArray(scope.senders) ? scope.senders : (scope.notSenders ?? []);
  const set = (change: Partial<NonNullable<Rule['appliesTo']>>) => onChange({ appliesTo: { ...scope, ...change } });
  const setSenders = (which: string, list: string[]) => {
    const others = without(scope, 'senders', 'notSenders');
    onChange({ appliesTo: which === 'only' ? { ...others, senders: list } : which === 'except' ? { ...others, notSenders: list } : others });
  };
  return (
    <div className={classes.scope}>
      <SegmentedControl
        size="xs"
        aria-label={t('portal.filters.senders')}
        value={who}
        onChange={(value) => {
          setWho(value as typeof who);
          setSenders(value, listed);
        }}
        data={(['all', 'only', 'except'] as const).map((value) => ({ value, label: t(`portal.filters.who.${value}`) }))}
      />
      {who !== 'all' && (
        <SenderPicker value={listed} onChange={(list) => setSenders(who, list)} />
      )}
      <MultiSelect
        label={t('portal.filters.kinds')}
        size="sm"
        data={documentKinds.map((value) => ({ value, label: t(`portal.type.${value}`) }))}
        value={scope.kinds ?? []}
        placeholder={scope.kinds?.length ? undefined : t('portal.filters.allKinds')}
        onChange={(kinds) => set({ kinds })}
      />
      <div className={classes.parameters}>
        <TextInput label={t('portal.documents.fromAmount')} size="sm" inputMode="decimal" value={scope.amountFrom ?? ''} onChange={(event) => set({ amountFrom: amountOf(event.currentTarget.value), currency: scope.currency ?? 'SEK' })} />
        <TextInput label={t('portal.documents.toAmount')} size="sm" inputMode="decimal" value={scope.amountTo ?? ''} onChange={(event) => set({ amountTo: amountOf(event.currentTarget.value), currency: scope.currency ?? 'SEK' })} />
        <TextInput label={t('portal.filters.parameter.currency')} size="sm" maxLength={3} value={scope.currency ?? ''} placeholder="SEK" onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })} />
      </div>
    </div>
  );
}

const amountOf = (typed: string) => typed.replace(/[^\d,.]/g, '').replace(',', '.');
