// What the receiver wants, in plain words, and the place on the invoice.
import type { ReactNode } from 'react';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import type { CorrectionFinding, CutOut } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { colourVariables } from '@/theme/tokens';
import { findingWords } from './findingWords';
import classes from './Correction.module.css';

// Findings of one place stand together; the advice that they share is said once.
export function Demand({ findings, when }: { findings: readonly CorrectionFinding[]; when?: ReactNode }) {
  const { t, language } = useWords();
  const stops = findings.some((finding) => finding.severity === 'error');
  const Mark = stops ? IconHandStop : IconAlertTriangle;
  const told = findings.map((finding) => findingWords(t, finding, language));
  return (
    <div className={classes.demand} data-stops={stops || undefined}>
      <Mark size={18} stroke={1.75} aria-hidden />
      <div className="prose">
        {told.map(({ what, advice }, index) => (
          <p key={index}>
            <strong>{what}</strong> {advice !== what && advice !== told[index + 1]?.advice && advice}
          </p>
        ))}
        {when && <p className={classes.when}>{when}</p>}
      </div>
    </div>
  );
}

// Paper stays paper: the cut-out is drawn in the light scheme's colours whatever the screen's is.
const paper = colourVariables('light') as React.CSSProperties;

export function CutOutOf({ cutOut }: { cutOut: CutOut }) {
  const { t, language } = useWords();
  return (
    <figure className={classes.cutOut}>
      <figcaption>{cutOut.heading[language]}</figcaption>
      <dl className="prose" style={paper}>
        {cutOut.cells.map((cell, index) => (
          <div key={index} data-marked={cell.marked || undefined}>
            <dt>{cell.label[language]}</dt>
            <dd>{cell.value ?? <span className={classes.emptyValue}>{t('portal.correction.empty')}</span>}</dd>
            {cell.note && <dd className={classes.note}>{cell.note[language]}</dd>}
          </div>
        ))}
      </dl>
    </figure>
  );
}
