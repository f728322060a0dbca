import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import { findingsQuery, type Document, type Finding } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { findingWords } from '../correction/findingWords';
import classes from './Document.module.css';

// What is wrong with it, in plain words with the place. Nothing wrong: nothing stands here.
export function Findings({ document }: { document: Document }) {
  const { t } = useWords();
  const { data } = useQuery(findingsQuery(document.id));
  if (!data || data.items.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionHead}>{t('portal.document.findings', { count: data.items.length })}</h2>
      <ul className={classes.findings}>
        {data.items.map((finding, index) => (
          <FindingRow key={`${finding.id}${index}`} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

export function FindingRow({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const stops = finding.severity === 'error';
  const { what, advice } = findingWords(t, finding, language);
  const Mark = stops ? IconHandStop : IconAlertTriangle;
  const beside = [
    finding.term,
    finding.where,
    finding.value ? t('portal.document.found', { value: finding.value }) : null,
  ].filter(Boolean);
  return (
    <li className={classes.finding}>
      <Mark size={18} stroke={1.75} color={`var(--st-${stops ? 'amber' : 'gray'})`} aria-hidden />
      <div>
        <p className={classes.findingWhat}>{what}</p>
        {advice && <p>{advice}</p>}
        <p className={classes.quiet}>{[finding.id, ...beside].join(' · ')}</p>
      </div>
    </li>
  );
}
