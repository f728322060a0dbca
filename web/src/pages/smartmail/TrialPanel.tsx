// "Vad händer om": another deadline tried on the last twelve months, and the button that sets it.
import { useState } from 'react';
import { Button, NumberInput, SegmentedControl, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { smartmailSettingsQuery, smartmailTrialQuery, type SmartmailSettings, type SmartmailTrial } from '@/api/smartmail';
import { percentage } from '@/format/amounts';
import { Aside } from '@/frame/Aside';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { beforeDueMost, daysMost } from '../settings/smartmailForm';
import { openedWithin, reservations, termOf, trialSentence, type Tried } from './trialWords';
import classes from './Smartmail.module.css';

const months = 12;

export function TrialPanel({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(smartmailSettingsQuery);
  return (
    <Aside title={t('portal.smartmail.trial.title')} under={t('portal.smartmail.trial.under', { count: months })} onClose={onClose}>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={240} />}
      {data && <Trying settings={data.effective} />}
    </Aside>
  );
}

const triedOf = ({ days, bankDays, daysBeforeDue }: SmartmailSettings): Tried => ({ days, bankDays, daysBeforeDue });
const holds = (value: number | string, least: number, most: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

function Trying({ settings }: { settings: SmartmailSettings }) {
  const { t } = useWords();
  const now = triedOf(settings);
  const [days, setDays] = useState<number | string>(now.days > 2 ? now.days - 2 : now.days);
  const [bankDays, setBankDays] = useState(now.bankDays);
  const [beforeDue, setBeforeDue] = useState<number | string>(now.daysBeforeDue);
  const good = holds(days, 1, daysMost) && holds(beforeDue, 0, beforeDueMost);
  const [settled] = useDebouncedValue(good ? { days, bankDays, daysBeforeDue: beforeDue } : undefined, 300);
  const wanted = settled ?? now;
  const trial = useQuery({ ...smartmailTrialQuery({ ...wanted, months }), enabled: settled !== undefined });
  const between = (least: number, most: number) => t('portal.smartmail.daysBetween', { least, most });
  return (
    <div className={classes.trial}>
      <p className={classes.quiet}>{t('portal.smartmail.trial.holdsNow', { term: termOf(t, now), before: now.daysBeforeDue })}</p>
      <div className={classes.trialFields}>
        <NumberInput size="sm" label={t('portal.smartmail.trial.daysField')} min={1} max={daysMost} allowDecimal={false} value={days} onChange={setDays} error={holds(days, 1, daysMost) ? undefined : between(1, daysMost)} />
        <SegmentedControl
          size="xs"
          aria-label={t('portal.smartmail.settings.counting')}
          value={bankDays ? 'bank' : 'calendar'}
          onChange={(value) => setBankDays(value === 'bank')}
          data={(['calendar', 'bank'] as const).map((value) => ({ value, label: t(`portal.smartmail.settings.count.${value}`) }))}
        />
        <NumberInput size="sm" label={t('portal.smartmail.trial.beforeDueField')} min={0} max={beforeDueMost} allowDecimal={false} value={beforeDue} onChange={setBeforeDue} error={holds(beforeDue, 0, beforeDueMost) ? undefined : between(0, beforeDueMost)} />
      </div>
      {trial.error && !trial.isFetching && <ErrorNotice error={trial.error} onRetry={() => void trial.refetch()} />}
      {!trial.data && !trial.error && <Skeleton height={120} />}
      {trial.data && settled && <Answer trial={trial.data} tried={settled} now={now} stale={trial.isPlaceholderData || !good} />}
    </div>
  );
}

function Answer({ trial, tried, now, stale }: { trial: SmartmailTrial; tried: Tried; now: Tried; stale: boolean }) {
  const { t, language, number, amount } = useWords();
  const same = JSON.stringify(tried) === JSON.stringify(now);
  const rows = [
    { name: 'opened', now: number(trial.opened.now), then: number(trial.opened.then) },
    { name: 'posted', now: number(trial.posted.now), then: number(trial.posted.then) },
    ...trial.cost.map((cost) => ({ name: 'cost', now: amount({ value: cost.now, currency: cost.currency }), then: amount({ value: cost.then, currency: cost.currency }) })),
  ] as const;
  return (
    <div data-stale={stale || undefined} className={classes.trialAnswer}>
      <p className={classes.trialSentence} role="status">
        {trialSentence(t, language, tried, trial)}
      </p>
      {trial.mails > 0 && (
        <>
          <table className={classes.trialTable}>
            <thead>
              <tr>
                <th scope="col">
                  {trial.from} – {trial.to}
                </th>
                <th scope="col">{t('portal.smartmail.trial.wasSo')}</th>
                <th scope="col">{termOf(t, tried)}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  <th scope="row">{t(`portal.smartmail.trial.row.${row.name}`)}</th>
                  <td>{row.now}</td>
                  <td>{row.then}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3 className={classes.trialHead}>{t('portal.smartmail.trial.howSoon')}</h3>
          <ul className={classes.soon}>
            {openedWithin(trial, tried.days).map(({ days, mails }) => (
              <li key={days} data-tried={days === tried.days || undefined}>
                <span>{t('portal.smartmail.trial.within', { count: days })}</span>
                <span className={classes.soonBar} aria-hidden>
                  <span style={{ width: `${(mails / trial.mails) * 100}%` }} />
                </span>
                <span>{percentage(mails, trial.mails, language)}&nbsp;%</span>
              </li>
            ))}
          </ul>
          {reservations(t, language, trial).map((words) => (
            <p key={words} className={classes.quiet}>
              {words}
            </p>
          ))}
        </>
      )}
      <SetIt tried={tried} same={same} stale={stale} />
    </div>
  );
}

function SetIt({ tried, same, stale }: { tried: Tried; same: boolean; stale: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { data } = useQuery(smartmailSettingsQuery);
  const save = useMutation({
    mutationFn: () => api.put('/api/v1/smartmail/settings', { body: { ...data?.own, ...tried } }),
    onSuccess: (answer) => {
      client.setQueryData(smartmailSettingsQuery.queryKey, answer);
      void client.invalidateQueries({ queryKey: ['smartmail', 'summary'] });
    },
  });
  const fault = save.error && problemWords(t, asProblem(save.error));
  return (
    <div className={classes.trialFoot}>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      {same ? (
        <p className={classes.quiet} role="status">
          {t(save.isSuccess ? 'portal.smartmail.trial.isSet' : 'portal.smartmail.trial.holdsAlready')}
        </p>
      ) : (
        <Button variant="filled" size="sm" disabled={stale || !data} loading={save.isPending} onClick={() => save.mutate()}>
          {t('portal.smartmail.trial.set', { term: termOf(t, tried) })}
        </Button>
      )}
    </div>
  );
}
