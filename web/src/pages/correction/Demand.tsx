// What the receiver wants, in plain words, and the place on the invoice.
import type { ReactNode } from 'react';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import type { CorrectionFinding, CutOut } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { colourVariables } from '@/theme/tokens';
import { findingWords } from './findingWords';
import classes from './Correction.module.css';

export function Demand({ finding, when }: { finding: CorrectionFinding; when?: ReactNode }) {
  const { t, language } = useWords();
  const stops = finding.severity === 'error';
  const Mark = stops ? IconHandStop : IconAlertTriangle;
  const { what, advice } = findingWords(t, finding, language);
  return (
    <div className={classes.demand} data-stops={stops || undefined}>
      <Mark size={18} stroke={1.75} aria-hidden />
      <div className="prose">
        <p>
          <strong>{what}</strong> {advice !== what && advice}
        </p>
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
