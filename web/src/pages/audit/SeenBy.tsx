// Vem har sett det här: what the trail tells of one document, asked for when it is opened.
import { useState } from 'react';
import { Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconChevronRight } from '@tabler/icons-react';
import { documentAuditQuery } from '@/api/audit';
import { useMay } from '@/api/may';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import { sentenceOf } from './auditWords';
import classes from './Audit.module.css';

export function SeenBy({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay('audit:read');
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...documentAuditQuery(id), enabled: open });
  if (!may) return null;
  return (
    <section className={classes.seenBy}>
      <h2>
        <UnstyledButton className={classes.row} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight size={16} stroke={1.75} aria-hidden className={open ? classes.turned : undefined} />
          {t('portal.audit.ofDocument')}
        </UnstyledButton>
      </h2>
      {open && error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {open && !error && !data && <Skeleton height={80} />}
      {open && data?.items.length === 0 && <p className={classes.quiet}>{t('portal.audit.ofDocumentNone')}</p>}
      {open && data && data.items.length > 0 && (
        <>
          <ol className={classes.short}>
            {data.items.map((entry) => (
              <li key={`${entry.company}.${entry.sequence}`}>
                <DateText date={dateTimeOf(entry.at)} /> {sentenceOf(t, entry)}
              </li>
            ))}
          </ol>
          <Link to="/settings/audit" search={{ objectId: id }}>
            {t('portal.audit.ofDocumentAll')}
          </Link>
        </>
      )}
    </section>
  );
}
