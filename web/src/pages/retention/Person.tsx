// What is held about a person, as a list to read and a file to hand over.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { asProblem, problemWords } from '@/api/problem';
import { personHref, personQuery, type PersonReport } from '@/api/retention';
import { useWords } from '@/texts/useWords';
import classes from './Retention.module.css';

const queryLeast = 3;
const shown = 20;

export function Person() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const { data, error, isFetching } = useQuery(personQuery(asked));
  const fault = error ? problemWords(t, asProblem(error)) : undefined;
  return (
    <section className={classes.section} aria-labelledby="retention-person">
      <h2 id="retention-person">{t('portal.persons.title')}</h2>
      <p className={classes.quiet}>{t('portal.persons.lead')}</p>
      <form
        className={classes.search}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <TextInput size="sm" aria-label={t('portal.persons.query')} maxLength={200} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" size="sm" loading={isFetching} disabled={typed.trim().length < queryLeast}>
          {t('portal.persons.search')}
        </Button>
      </form>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      {data && <Report report={data} asked={asked} />}
    </section>
  );
}

function Report({ report, asked }: { report: PersonReport; asked: string }) {
  const { t, number, language } = useWords();
  const counts = [report.documents.length, report.partners.length, report.users.length, report.mails.length, report.tickets.length];
  if (counts.every((count) => count === 0)) return <p role="status">{t('portal.persons.none', { query: report.query })}</p>;
  return (
    <div role="status">
      {report.masked && <p className={classes.quiet}>{t('portal.persons.masked', { query: report.query })}</p>}
      {report.more && <p className={classes.quiet}>{t('portal.persons.more')}</p>}
      <dl className={classes.counts}>
        {(['documents', 'partners', 'users', 'mails', 'tickets'] as const).map((what) => (
          <div key={what}>
            <dt>{t(`portal.persons.${what}`)}</dt>
            <dd>{number(report[what].length)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('portal.persons.auditRows')}</dt>
          <dd>{number(report.auditRows)}</dd>
        </div>
      </dl>
      <ul className={classes.list}>
        {report.documents.slice(0, shown).map((one) => (
          <li key={one.id}>
            <Link to="/documents/$id" params={{ id: one.id }}>
              {one.number ?? one.id}
            </Link>
            <span>{one.receivedAt.slice(0, 10)}</span>
          </li>
        ))}
        {report.tickets.slice(0, shown).map((one) => (
          <li key={one.id}>
            <Link to="/tickets/$ticketId" params={{ ticketId: one.id }}>
              {one.number} {one.subject}
            </Link>
            <span>{one.createdAt.slice(0, 10)}</span>
          </li>
        ))}
        {report.partners.slice(0, shown).map((one) => (
          <li key={one.identifier}>
            <span>{one.name}</span>
            <span>{one.email ?? one.identifier}</span>
          </li>
        ))}
        {report.users.map((one) => (
          <li key={one.id}>
            <span>{one.name}</span>
            <span>{one.email}</span>
          </li>
        ))}
      </ul>
      <a href={personHref(asked, language)} download>
        {t('portal.persons.csv')}
      </a>
    </div>
  );
}
