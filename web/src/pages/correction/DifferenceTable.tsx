// What differs between two versions, in business terms; what stays is only counted.
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { Difference } from '@/api/stops';
import { valueWords } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { placeWords } from './placeWords';
import classes from './Correction.module.css';

export function DifferenceTable({ difference, unchanged }: { difference: readonly Difference[]; unchanged?: number }) {
  const { t, language } = useWords();
  return (
    <table className={classes.difference}>
      <thead>
        <tr>
          <th scope="col">{t('portal.correction.term')}</th>
          <th scope="col">{t('portal.correction.before')}</th>
          <th scope="col">{t('portal.correction.after')}</th>
        </tr>
      </thead>
      <tbody>
        {difference.map((one) => (
          <tr key={`${one.place}/${one.term}/${one.before}/${one.after}`}>
            <th scope="row">
              {one.title[language]} {one.place && <span className={classes.dim}>{placeWords(t, one.place)}</span>}
            </th>
            <td className={classes.was}>
              <IconMinus size={14} stroke={1.75} aria-hidden />
              <span>{one.before ? valueWords(t, one.term, one.before) : t('portal.missing')}</span>
            </td>
            <td className={classes.becomes}>
              <IconPlus size={14} stroke={1.75} aria-hidden />
              <span>{one.after === null ? t('portal.correction.takenAway') : valueWords(t, one.term, one.after)}</span>
            </td>
          </tr>
        ))}
        {unchanged !== undefined && (
          <tr>
            <td colSpan={3} className={classes.unchanged}>
              {t('portal.correction.unchanged', { count: unchanged })}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
