// The chain of versions, the newest first, each with what it changed in business terms.
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Document } from '@/api/queries';
import { versionsQuery } from '@/api/stops';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import { DocumentStatusBadge } from '@/ui/Status';
import { DifferenceTable } from '../correction/DifferenceTable';
import classes from './Document.module.css';

export default function Versions({ document }: { document: Document }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(versionsQuery(document.id));
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={160} />;
  return (
    <ol className={classes.versions}>
      {[...data.items].reverse().map((version) => (
        <li key={version.id}>
          <div className={classes.versionHead}>
            {version.id === document.id ? (
              <strong>{t('portal.document.versionNumber', { number: version.version })}</strong>
            ) : (
              <Link to="/documents/$id" params={{ id: version.id }}>
                {t('portal.document.versionNumber', { number: version.version })}
              </Link>
            )}
            <DocumentStatusBadge status={version.status} tinted={false} />
            <span className={classes.quiet}>
              <DateText date={dateTimeOf(version.receivedAt)} /> {version.by ?? ''}
            </span>
            {version.id === document.id && <span className={classes.quiet}>{t('portal.document.thisVersion')}</span>}
          </div>
          {version.reason && <p className="prose">{version.reason}</p>}
          {version.difference.length > 0 ? <DifferenceTable difference={version.difference} /> : <p className={classes.quiet}>{t('portal.document.firstVersion')}</p>}
        </li>
      ))}
    </ol>
  );
}
