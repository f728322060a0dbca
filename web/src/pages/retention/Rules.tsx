// How long each kind is kept, changed in its row.
import { useState } from 'react';
import { Button, NumberInput, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { forecastQuery, retentionQuery, type RetentionRule } from '@/api/retention';
import { useWords } from '@/texts/useWords';
import classes from './Retention.module.css';

const yearsLeast = 7;
const daysLeast = 30;

export function Rules({ rules, mayChange }: { rules: readonly RetentionRule[]; mayChange: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState<string>();
  return (
    <section className={classes.section} aria-labelledby="retention-rules">
      <h2 id="retention-rules">{t('portal.retention.rules')}</h2>
      <ul className={classes.list}>
        {rules.map((rule) => (
          <li key={rule.kind}>
            <span>{t(`portal.type.${rule.kind}`)}</span>
            {open === rule.kind ? <RuleForm rule={rule} onDone={() => setOpen(undefined)} /> : <RuleRow rule={rule} {...(mayChange ? { onEdit: () => setOpen(rule.kind) } : {})} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RuleRow({ rule, onEdit }: { rule: RetentionRule; onEdit?: () => void }) {
  const { t, number } = useWords();
  const kept = rule.days === null ? t('portal.retention.years', { years: number(rule.years ?? yearsLeast) }) : t('portal.retention.days', { days: number(rule.days) });
  return (
    <span className={classes.rule}>
      <span>
        {kept} <span className={classes.quiet}>{rule.changedBy ?? (rule.accountingRecord && rule.changedAt === null ? t('portal.retention.lawful') : '')}</span>
      </span>
      {onEdit && (
        <Button size="compact-sm" variant="subtle" aria-label={t('portal.retention.editOf', { kind: t(`portal.type.${rule.kind}`) })} onClick={onEdit}>
          {t('portal.retention.edit')}
        </Button>
      )}
    </span>
  );
}

function RuleForm({ rule, onDone }: { rule: RetentionRule; onDone: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [by, setBy] = useState<'years' | 'days'>(rule.days === null ? 'years' : 'days');
  const [years, setYears] = useState<number | string>(rule.years ?? yearsLeast);
  const [days, setDays] = useState<number | string>(rule.days ?? 365);
  const save = useMutation({
    mutationFn: () => api.put('/api/v1/retention/{kind}', { path: { kind: rule.kind }, body: by === 'years' ? { years: Number(years) } : { days: Number(days) } }),
    onSuccess: (answer) => {
      client.setQueryData(retentionQuery.queryKey, answer);
      void client.invalidateQueries({ queryKey: forecastQuery.queryKey });
      onDone();
    },
  });
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {rule.accountingRecord ? (
        <p className={classes.quiet}>{t('portal.retention.accounting')}</p>
      ) : (
        <SegmentedControl
          size="xs"
          aria-label={t('portal.retention.by')}
          value={by}
          onChange={(value) => setBy(value as 'years' | 'days')}
          data={[
            { value: 'years', label: t('portal.retention.byYears') },
            { value: 'days', label: t('portal.retention.byDays') },
          ]}
        />
      )}
      {by === 'years' ? (
        <NumberInput size="sm" label={t('portal.retention.inYears')} min={yearsLeast} max={100} value={years} onChange={setYears} />
      ) : (
        <NumberInput size="sm" label={t('portal.retention.inDays')} min={daysLeast} max={36500} value={days} onChange={setDays} />
      )}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <span className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={save.isPending}>
          {t('portal.retention.save')}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={onDone}>
          {t('portal.retention.cancel')}
        </Button>
      </span>
    </form>
  );
}
