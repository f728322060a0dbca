// What differs between two versions, in business terms; what stays is only counted.
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { Difference } from '@/api/stops';
import { valueParts } from '@/format/identifiers';
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
              {one.before ? <Value term={one.term} value={one.before} /> : <span>{t('portal.missing')}</span>}
            </td>
            <td className={classes.becomes}>
              <IconPlus size={14} stroke={1.75} aria-hidden />
              {one.after === null ? <span>{t('portal.correction.takenAway')}</span> : <Value term={one.term} value={one.after} />}
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

const shortMost = 16; // characters that are never broken over two lines

function Value({ term, value: given }: { term: string; value: string }) {
  const { t, language } = useWords();
  const { before, value } = valueParts(t, language, term, given);
  return (
    <>
      {before && <span>{before} </span>}
      <span data-short={value.length <= shortMost || undefined}>{value}</span>
    </>
  );
}
