// What each row of the file will do: its fate as a word with an icon, whom it is about, and what becomes what.
import { IconAlertCircle, IconPencil, IconPlus, type Icon } from '@tabler/icons-react';
import type { ListPreview, ListRow } from '@/api/imports';
import { useWords } from '@/texts/useWords';
import classes from './Imports.module.css';

const icons: Partial<Record<ListRow['action'], Icon>> = { create: IconPlus, change: IconPencil, refused: IconAlertCircle };

export function ListRows({ preview }: { preview: ListPreview }) {
  const { t, number } = useWords();
  if (preview.rows.length === 0) return null;
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('portal.imports.preview')}>
        <table className={classes.rows}>
          <thead>
            <tr>
              {(['row', 'action', 'what', 'details'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`portal.imports.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <Row key={row.row} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {preview.moreRows > 0 && <p className={classes.quiet}>{t('portal.imports.moreRows', { count: preview.moreRows, number: number(preview.moreRows) })}</p>}
    </>
  );
}

function Row({ row }: { row: ListRow }) {
  const { t, number } = useWords();
  const Mark = icons[row.action];
  return (
    <tr data-action={row.action}>
      <td className={classes.figure}>{number(row.row)}</td>
      <td className={classes.action}>
        <span>
          {Mark && <Mark size={16} stroke={1.75} aria-hidden />}
          {t(`portal.imports.action.${row.action}`)}
        </span>
      </td>
      <td>
        {row.name ?? row.key}
        {row.name && <span className={classes.key}>{row.key}</span>}
      </td>
      <td>{row.fault ? <Fault fault={row.fault} /> : <Changes row={row} />}</td>
    </tr>
  );
}

function Fault({ fault }: { fault: NonNullable<ListRow['fault']> }) {
  const { t } = useWords();
  const words = t(`problem.${fault.code}`, { defaultValue: fault.detail });
  return (
    <span className={classes.faultText}>
      {t(`portal.imports.field.${fault.field}`)}: {words.includes('{{') ? fault.detail : words}
    </span>
  );
}

function Changes({ row }: { row: ListRow }) {
  const { t } = useWords();
  return (
    <ul className={classes.changes}>
      {row.changes.map((change) => (
        <li key={change.field}>
          <span className={classes.quiet}>{t(`portal.imports.field.${change.field}`)}</span> {row.action === 'change' && <del>{change.from ?? t('portal.imports.empty')}</del>} <ins>{change.to}</ins>
        </li>
      ))}
    </ul>
  );
}
