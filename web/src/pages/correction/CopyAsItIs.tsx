// The whole invoice as the receiver stopped it, with the places marked that the findings speak of: what is typed beside it is
// not in it yet.
import { address } from '@/api/client';
import { useWords } from '@/texts/useWords';
import { CopyFrame } from '../document/CopyFrame';
import classes from './Correction.module.css';

export function CopyAsItIs({ id }: { id: string }) {
  const { t, language } = useWords();
  const href = address('/api/v1/documents/{id}/copies/{kind}', { path: { id, kind: 'readable' }, query: { format: 'html', language, faults: '1' } });
  return (
    <div className={classes.copyNow}>
      <p className={classes.help}>{t('portal.correction.copyNowWhy')}</p>
      <CopyFrame href={href} title={t('portal.correction.copyNow')} onShown={() => undefined} />
    </div>
  );
}
