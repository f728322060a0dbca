import { Link } from '@tanstack/react-router';
import { IconChevronRight } from '@tabler/icons-react';
import type { Document } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { DocumentStatusBadge } from '@/ui/Status';
import { DateText } from '@/ui/DateText';
import { counterpartOf } from '../documents/columns';
import { Actions } from './Actions';
import { Downloads } from './Downloads';
import { keyFacts } from './keyFacts';
import { ListWalk } from './ListWalk';
import { documentName } from './names';
import classes from './Document.module.css';

export function DocumentHead({ document, small = false }: { document: Document; small?: boolean }) {
  const { t, amount } = useWords();
  const counterpart = counterpartOf(document);
  const due = document.amount && (
    <div className={classes.due}>
      <span className={classes.label}>{t(document.type === 'credit-note' ? 'portal.document.toCredit' : 'portal.document.toPay')}</span>
      <span className={classes.amount}>{amount(document.amount)}</span>
    </div>
  );
  if (small)
    return (
      <header className={classes.smallHead}>
        <div className={classes.titleRow}>
          <h1>{documentName(t, document)}</h1>
          <DocumentStatusBadge status={document.status} tinted />
        </div>
        <p className={classes.whom}>
          {t(document.direction === 'sent' ? 'portal.document.toWhom' : 'portal.document.fromWhom')}{' '}
          <Counterpart document={document} />
        </p>
        <div className={classes.smallDue}>
          {due}
          {document.dueDate && (
            <div className={classes.dueDate}>
              <span className={classes.label}>{t('portal.column.dueDate')}</span>
              <DateText date={document.dueDate} />
            </div>
          )}
        </div>
      </header>
    );
  const us = (party: Document['sender']) => party.name ?? t('portal.missing');
  const sent = document.direction === 'sent';
  const facts = [
    { name: t('portal.document.from'), value: sent ? us(document.sender) : <Counterpart document={document} /> },
    { name: t('portal.document.to'), value: sent ? <Counterpart document={document} /> : us(document.receiver) },
    ...keyFacts(t, document),
  ];
  const list = sent ? '/documents/sent' : '/documents/received';
  return (
    <header className={classes.head}>
      <nav className={classes.crumbs} aria-label={t('portal.document.crumbs')}>
        <Link to={list}>{t(`portal.nav.${document.direction}`)}</Link>
        {counterpart.name && counterpart.identifier && (
          <>
            <IconChevronRight size={14} stroke={1.75} aria-hidden />
            <Link to={list} search={{ counterpart: counterpart.identifier }}>
              {counterpart.name}
            </Link>
          </>
        )}
        <ListWalk id={document.id} />
      </nav>
      <div className={classes.titleRow}>
        <h1>{documentName(t, document)}</h1>
        <DocumentStatusBadge status={document.status} tinted />
        <div className={classes.actions}>
          <Downloads document={document} />
          <Actions document={document} />
        </div>
      </div>
      <div className={classes.factRow}>
        <dl className={classes.keyFacts}>
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {due}
      </div>
    </header>
  );
}

export function Counterpart({ document }: { document: Document }) {
  const { t } = useWords();
  const counterpart = counterpartOf(document);
  const id = identifierText(counterpart.identifier);
  if (!counterpart.identifier) return counterpart.name ?? t('portal.missing');
  return (
    <>
      <Link to="/documents" search={{ counterpart: counterpart.identifier }}>
        {counterpart.name ?? id}
      </Link>{' '}
      <span className={`${classes.quiet} prose`}>
        {[id, document.internal ? t('portal.documents.internal') : ''].filter(Boolean).join(', ')}
      </span>
    </>
  );
}
