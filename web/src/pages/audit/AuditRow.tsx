// One thing that was done: a sentence, and below it, when it is opened, all that the trail knows.
import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconChevronRight } from '@tabler/icons-react';
import type { AuditEntry } from '@/api/audit';
import { dateOf, secondsOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { changesOf, factsOf, sentenceOf, whoOf } from './auditWords';
import classes from './Audit.module.css';

interface AuditRowProps {
  entry: AuditEntry;
  company: string | undefined; // where several companies' trails are shown
  open: boolean;
  onToggle: () => void;
  onPerson: (id: string) => void;
}

export function AuditRow({ entry, company, open, onToggle, onPerson }: AuditRowProps) {
  const { t } = useWords();
  const sentence = sentenceOf(t, entry);
  const detail = `audit-${entry.company}-${entry.sequence}`;
  return (
    <li>
      <UnstyledButton className={classes.row} aria-expanded={open} aria-controls={open ? detail : undefined} onClick={onToggle}>
        <IconChevronRight size={16} stroke={1.75} aria-hidden className={open ? classes.turned : undefined} />
        <span className={classes.when}>
          <DateText date={`${dateOf(entry.at)} ${secondsOf(entry.at)}`} />
        </span>
        <span className={classes.sentence}>
          {sentence}
          {entry.reason && <span className={classes.quiet}> {t('portal.audit.because', { reason: entry.reason })}</span>}
        </span>
        {company && <span className={classes.company}>{company}</span>}
      </UnstyledButton>
      {open && <Detail id={detail} entry={entry} onPerson={onPerson} />}
    </li>
  );
}

function Detail({ id, entry, onPerson }: { id: string; entry: AuditEntry; onPerson: (id: string) => void }) {
  const { t, number } = useWords();
  const changes = changesOf(t, entry);
  const { actor } = entry;
  return (
    <div id={id} className={classes.detail}>
      <dl>
        <dt>{t('portal.audit.who')}</dt>
        <dd>
          {whoOf(t, entry)}{' '}
          {actor.id !== null && (
            <UnstyledButton className={classes.only} onClick={() => actor.id !== null && onPerson(actor.id)}>
              {t('portal.audit.person', { name: whoOf(t, entry) })}
            </UnstyledButton>
          )}
        </dd>
        {entry.reason && (
          <>
            <dt>{t('portal.audit.reason')}</dt>
            <dd>{entry.reason}</dd>
          </>
        )}
        <dt>{t('portal.audit.address')}</dt>
        <dd>{entry.address ?? t('portal.audit.noAddress')}</dd>
        {factsOf(t, entry).map(({ field, value }) => (
          <div key={field} className={classes.pair}>
            <dt>{field}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt>{t('portal.audit.row')}</dt>
        <dd>{number(entry.sequence)}</dd>
        <dt>{t('portal.audit.hash')}</dt>
        <dd>
          <code>{entry.hash}</code>
        </dd>
      </dl>
      {changes.length > 0 && (
        <table className={classes.changes}>
          <thead>
            <tr>
              <th scope="col">{t('portal.audit.field')}</th>
              <th scope="col">{t('portal.audit.before')}</th>
              <th scope="col">{t('portal.audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entry.object === 'document' && entry.objectId && (
        <Link to="/documents/$id" params={{ id: entry.objectId }}>
          {t('portal.audit.open')}
        </Link>
      )}
    </div>
  );
}
