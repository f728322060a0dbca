// The figures in a table: what the chart draws, with links to the documents and the period before.
import { Link } from '@tanstack/react-router';
import type { Figures, Measure, StatisticsList } from '@/api/statistics';
import type { ListSearch } from '@/pages/documents/listSearch';
import { useWords } from '@/texts/useWords';
import tables from '@/ui/Table.module.css';
import { changeText, hasShare, shownOf } from './figures';
import { isOfTimes } from './statisticsSearch';
import classes from './Statistics.module.css';

export interface Line {
  key: string;
  label: string;
  now: Figures | null | undefined;
  before: Figures | null | undefined;
  comparedWith?: string | undefined; // the month that `before` is of
  documents?: ListSearch | undefined;
}

interface FigureTableProps {
  caption: string;
  heading: string;
  measure: Measure;
  currency: string | undefined;
  lines: readonly Line[];
  total: StatisticsList['total'];
  totalDocuments: ListSearch | undefined;
}

export function FigureTable({ caption, heading, measure, currency, lines, total, totalDocuments }: FigureTableProps) {
  const { t, language } = useWords();
  const whole: Line = { key: 'total', label: t('portal.statistics.total'), now: total?.figures, before: total?.before, documents: totalDocuments };
  const second = hasShare(measure) ? t('portal.statistics.share') : isOfTimes(measure) ? t('portal.statistics.ninetyShort') : undefined;
  const row = (line: Line) => {
    const shown = shownOf(t, language, measure, line.now, currency);
    const before = shownOf(t, language, measure, line.before, currency);
    const change = changeText(language, measure, line.now, line.before);
    return (
      <tr key={line.key}>
        <th scope="row">
          {line.documents && (line.now?.documents ?? 0) > 0 ? (
            <Link to="/documents" search={line.documents} aria-label={t('portal.statistics.showDocuments', { what: line.label })}>
              {line.label}
            </Link>
          ) : (
            line.label
          )}
        </th>
        <td>
          {shown.text}
          {!second && shown.more && <span className={classes.quiet}> {shown.more}</span>}
        </td>
        {second && <td>{shown.more ?? '–'}</td>}
        <td className={classes.wide}>
          {line.comparedWith && line.before && <span className={classes.quiet}>{line.comparedWith} </span>}
          {line.before ? before.text : '–'}
          {line.before && second && before.more && <span className={classes.quiet}> {before.more}</span>}
        </td>
        <td className={classes.wide}>{change ?? '–'}</td>
      </tr>
    );
  };
  return (
    <div className={classes.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={`${tables.table} ${classes.table}`}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col">{isOfTimes(measure) ? t('portal.statistics.medianShort') : t(`portal.statistics.measure.${measure}`)}</th>
            {second && <th scope="col">{second}</th>}
            <th scope="col" className={classes.wide}>
              {t('portal.statistics.before')}
            </th>
            <th scope="col" className={classes.wide}>
              {t('portal.statistics.change')}
            </th>
          </tr>
        </thead>
        <tbody>{lines.map(row)}</tbody>
        <tfoot>{row(whole)}</tfoot>
      </table>
    </div>
  );
}
