// What was said and done, the newest first, and a place to write down what was said now.
import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { LeadDetail, LeadNote } from '@/api/leads';
import { asProblem, problemWords } from '@/api/problem';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { unsent } from '@/ui/unsent';
import { useShown } from './useChange';
import classes from './Leads.module.css';

export function Notes({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const show = useShown(lead.id);
  const [text, setText] = useState('');
  const save = useMutation({
    mutationFn: (written: string) => api.post('/api/v1/leads/{leadId}/notes', { path: { leadId: lead.id }, body: { text: written.trim() } }),
    onSuccess: (answer, sent) => {
      setText((now) => unsent(now, sent));
      return show(answer);
    },
  });
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  return (
    <section className={classes.section} aria-labelledby="notes">
      <h2 id="notes">{t('portal.leads.notes')}</h2>
      <form
        className={classes.write}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() && !save.isPending) save.mutate(text);
        }}
      >
        <Textarea size="sm" autosize minRows={2} maxLength={2000} aria-label={t('portal.leads.write')} placeholder={t('portal.leads.write')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        {fault && (
          <p role="alert" className={classes.fault}>
            {fault.what} {fault.advice}
          </p>
        )}
        <Button type="submit" size="sm" className={classes.start} loading={save.isPending} disabled={!text.trim()}>
          {t('portal.leads.save')}
        </Button>
      </form>
      {lead.notes.length === 0 && <p className={classes.quiet}>{t('portal.leads.noNotes')}</p>}
      <ol className={classes.notes}>
        {lead.notes.map((note) => (
          <Note key={note.number} note={note} />
        ))}
      </ol>
    </section>
  );
}

function Note({ note }: { note: LeadNote }) {
  const { t } = useWords();
  const [state, ...why] = note.text.split('\n');
  const words =
    note.kind === 'state'
      ? t('portal.leads.said.state', { state: t(`portal.leads.state.${state}`) })
      : note.kind === 'assigned'
        ? note.text
          ? t('portal.leads.said.assigned', { name: note.text })
          : t('portal.leads.said.unassigned')
        : t(`portal.leads.said.${note.kind}`, { company: note.text });
  const own = note.kind === 'note' || note.kind === 'again' ? note.text : why.join('\n');
  return (
    <li>
      <p className={classes.quiet}>
        <DateText date={dateTimeOf(note.at)} /> {note.by && <strong>{note.by}</strong>} {words}
      </p>
      {own && <p className={classes.said}>{own}</p>}
    </li>
  );
}
