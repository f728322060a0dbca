// Where it stands, who has it, and when to be reminded. Each is saved as it is chosen; a lost one waits for its reason.
import { useState } from 'react';
import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { leadsQuery, type LeadDetail, type LeadState } from '@/api/leads';
import { asProblem, problemWords } from '@/api/problem';
import { today } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { leadStates } from './leadLook';
import { useChange } from './useChange';
import classes from './Leads.module.css';

export function FollowUp({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const change = useChange(lead.id);
  const [losing, setLosing] = useState(false);
  const [reason, setReason] = useState('');
  const staff = useInfiniteQuery(leadsQuery({})).data?.pages[0]?.staff ?? [];
  const people = lead.assignedTo && !staff.some(({ id }) => id === lead.assignedTo?.id) ? [...staff, lead.assignedTo] : staff;
  const fault = change.error ? problemWords(t, asProblem(change.error)) : undefined;
  const choose = (state: string | null) => {
    setLosing(state === 'lost');
    if (state && state !== 'lost' && state !== lead.state) change.mutate({ state: state as LeadState });
  };
  return (
    <section className={classes.section} aria-labelledby="work">
      <h2 id="work">{t('portal.leads.work')}</h2>
      <Select
        size="sm"
        allowDeselect={false}
        label={t('portal.leads.column.state')}
        value={losing ? 'lost' : lead.state}
        onChange={choose}
        data={leadStates.filter((state) => state !== 'customer' || lead.state === 'customer').map((state) => ({ value: state, label: t(`portal.leads.state.${state}`) }))}
      />
      {losing && (
        <form
          className={classes.panel}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) change.mutate({ state: 'lost', lostReason: reason.trim() }, { onSuccess: () => setLosing(false) });
          }}
        >
          <Textarea size="sm" autosize minRows={2} maxLength={300} required withAsterisk={false} data-autofocus label={t('portal.leads.reason')} description={t('portal.leads.reasonWhy')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <div className={classes.buttons}>
            <Button type="submit" size="sm" loading={change.isPending} disabled={!reason.trim()}>
              {t('portal.leads.lose')}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => setLosing(false)}>
              {t('portal.leads.cancel')}
            </Button>
          </div>
        </form>
      )}
      <Select
        size="sm"
        clearable
        label={t('portal.leads.column.assigned')}
        placeholder={t('portal.leads.nobody')}
        value={lead.assignedTo?.id ?? null}
        onChange={(assignedTo) => change.mutate({ assignedTo })}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        size="sm"
        type="date"
        min={today()}
        label={t('portal.leads.remindOn')}
        description={lead.remindOn ? t('portal.leads.remindWhy') : t('portal.leads.noReminder')}
        value={lead.remindOn ?? ''}
        onChange={(event) => change.mutate({ remindOn: event.currentTarget.value || null })}
      />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
    </section>
  );
}
