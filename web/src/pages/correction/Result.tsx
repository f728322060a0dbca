// What came of it, document by document.
import { Link } from '@tanstack/react-router';
import { IconAlertCircle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { address } from '@/api/client';
import type { Problem } from '@/api/problem';
import { problemWords } from '@/api/problem';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import type { Finding } from '@/api/queries';
import { findingWords } from './findingWords';
import classes from './Correction.module.css';

export interface Outcome {
  id: string;
  number: string | null;
  newId: string | null; // null: it was not sent
  problem: Problem | null;
  findings: Finding[];
}

export function Result({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { t, language } = useWords();
  const good = outcomes.filter((one) => one.newId).length;
  return (
    <div role="status">
      <p className={classes.sentLead}>
        {good === outcomes.length ? t('portal.correction.sentAll', { count: good }) : t('portal.correction.sentSome', { part: good, whole: outcomes.length })}
      </p>
      <ul className={classes.outcomes}>
        {outcomes.map((one) => (
          <li key={one.id}>
            {one.newId ? (
              <IconCircleCheck size={18} stroke={1.75} color="var(--st-green)" aria-label={t('portal.correction.sent')} />
            ) : (
              <IconAlertCircle size={18} stroke={1.75} color="var(--st-red)" aria-label={t('portal.correction.notSent')} />
            )}
            <div>
              <Link to="/documents/$id" params={{ id: one.newId ?? one.id }}>
                {one.number ?? t('portal.documents.noNumber')}
              </Link>
              {!one.newId && (
                <p>{one.problem ? plainWords(problemWords(t, one.problem).what) : one.findings[0] ? findingWords(t, one.findings[0], language).what : t('portal.correction.notSent')}</p>
              )}
            </div>
            {one.newId && (
              <a href={address('/api/v1/documents/{id}/corrected-file', { path: { id: one.id } })} download className={classes.fetchFile}>
                <IconDownload size={16} stroke={1.75} aria-hidden />
                {t('portal.correction.fetchFile')}
              </a>
            )}
          </li>
        ))}
      </ul>
      <p className={classes.lead}>{t('portal.correction.fetchWhy')}</p>
    </div>
  );
}
