// Reports by mail: the question that the page shows, sent by itself.
import { useState } from 'react';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconMailForward, IconPlayerPause } from '@tabler/icons-react';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { asProblem, problemWords } from '@/api/problem';
import { schedulesQuery, type Schedule, type StatisticsQuery } from '@/api/statistics';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Notice } from '@/ui/Notice';
import classes from './Statistics.module.css';

export function Reports({ question }: { question: StatisticsQuery }) {
  const { t } = useWords();
  const mayWrite = useMay('documents:write');
  const { data } = useQuery(schedulesQuery);
  const [making, setMaking] = useState(false);
  if (!data) return null;
  const make = mayWrite && !making && (
    <Button size="sm" leftSection={<IconMailForward size={16} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
      {t('portal.statistics.reports.make')}
    </Button>
  );
  return (
    <section className={classes.part} aria-labelledby="reports">
      <h2 id="reports">{t('portal.statistics.reports.title')}</h2>
      <p className={classes.quiet}>{t('portal.statistics.reports.lead')}</p>
      {!data.mailIsOn && <p>{t('portal.statistics.reports.mailOff')}</p>}
      {data.items.length === 0 && !making && (
        <Notice icon={IconMailForward} title={t('portal.statistics.reports.none')} action={make || undefined}>
          {t('portal.statistics.reports.noneWhy')}
        </Notice>
      )}
      {data.items.length > 0 && (
        <ul className={classes.reports}>
          {data.items.map((schedule) => (
            <Report key={schedule.id} schedule={schedule} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      {data.items.length > 0 && make}
      {making && <ReportForm question={question} onClose={() => setMaking(false)} />}
    </section>
  );
}

function Report({ schedule, mayWrite }: { schedule: Schedule; mayWrite: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.delete('/api/v1/statistics/schedules/{scheduleId}', { path: { scheduleId: schedule.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  });
  const name = schedule.name || t('portal.statistics.reports.unnamed');
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p className={classes.quiet}>
          {[t(`portal.statistics.reports.${schedule.every}`), schedule.formats.map((format) => t(`portal.statistics.${format === 'pdf' ? 'pdf' : 'excel'}`)).join(', '), schedule.recipients.map(({ email }) => email).join(', ')].join(' · ')}
        </p>
        {schedule.pausedReason ? (
          <p className={classes.paused}>
            <IconPlayerPause size={16} stroke={1.75} aria-hidden /> {t('portal.statistics.reports.paused')}
          </p>
        ) : (
          schedule.nextAt && <p className={classes.quiet}>{t('portal.statistics.reports.next', { date: dateTimeOf(schedule.nextAt) })}</p>
        )}
      </div>
      {mayWrite && (
        <Button size="xs" loading={remove.isPending} onClick={() => remove.mutate()} aria-label={t('portal.statistics.reports.removeOf', { name })}>
          {t('portal.statistics.reports.remove')}
        </Button>
      )}
    </li>
  );
}

// A report moves on with time: of an own period it takes the last week or month.
function worded({ period, ...query }: StatisticsQuery, every: 'week' | 'month'): Record<string, string> {
  const words = Object.entries(query).filter(([name]) => name !== 'from' && name !== 'to').map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]);
  const chosen = period === 'last-12-months' ? period : every === 'week' ? 'last-week' : 'last-month';
  return { ...Object.fromEntries(words), period: every === 'week' && query.groupBy?.includes('counterpart') ? 'last-month' : chosen };
}

function ReportForm({ question, onClose }: { question: StatisticsQuery; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [every, setEvery] = useState<'week' | 'month'>('month');
  const [formats, setFormats] = useState<string[]>(['xlsx']);
  const [recipients, setRecipients] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.post('/api/v1/statistics/schedules', {
        body: {
          name: name.trim(),
          question: worded(question, every),
          every,
          formats: formats as ('xlsx' | 'pdf')[],
          recipients: recipients.split(/[,;\s]+/).filter(Boolean),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: schedulesQuery.queryKey });
      onClose();
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
      <TextInput size="sm" label={t('portal.statistics.reports.name')} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <NativeSelect
        size="sm"
        label={t('portal.statistics.reports.every')}
        value={every}
        onChange={(event) => setEvery(event.currentTarget.value === 'week' ? 'week' : 'month')}
        data={(['week', 'month'] as const).map((value) => ({ value, label: t(`portal.statistics.reports.${value}`) }))}
      />
      <Checkbox.Group label={t('portal.statistics.reports.formats')} value={formats} onChange={setFormats}>
        <div className={classes.choices}>
          <Checkbox value="xlsx" label={t('portal.statistics.excel')} />
          <Checkbox value="pdf" label={t('portal.statistics.pdf')} />
        </div>
      </Checkbox.Group>
      <TextInput
        size="sm"
        label={t('portal.statistics.reports.recipients')}
        description={t('portal.statistics.reports.recipientsHint')}
        value={recipients}
        onChange={(event) => setRecipients(event.currentTarget.value)}
      />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.choices}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending}>
          {t('portal.statistics.reports.save')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('portal.statistics.reports.cancel')}
        </Button>
      </div>
    </form>
  );
}
