import { Fragment } from 'react';
import type { Document } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { fileSizeText, identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { CopyValue } from './CopyValue';
import { keyFacts } from './keyFacts';
import classes from './Document.module.css';

// All that a phone shows in the tab Uppgifter.
export function Facts({ document }: { document: Document }) {
  const { t, language } = useWords();
  const party = ({ name, identifier }: Document['sender']) => (
    <>
      {name ?? t('portal.missing')} {identifier && <span className={`${classes.quiet} prose`}>{identifierText(identifier)}</span>}
    </>
  );
  const facts = [
    { name: t('portal.document.from'), value: party(document.sender) },
    { name: t('portal.document.to'), value: party(document.receiver) },
    ...keyFacts(t, document),
    { name: t('portal.column.channel'), value: <Channel channel={document.channel} /> },
    { name: t('portal.column.receivedAt'), value: dateTimeOf(document.receivedAt) },
    { name: t('portal.document.format'), value: document.format ?? t('portal.document.formatUnknown') },
    { name: t('portal.document.size'), value: fileSizeText(document.size, language) },
    { name: 'SHA-256', value: <CopyValue value={document.sha256}><code className={classes.hash}>{document.sha256}</code></CopyValue> },
  ];
  return (
    <dl className={classes.factList}>
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
