// The files that the bank hub was handed, and its receipts.
import { useQuery } from '@tanstack/react-query';
import { bankFilesQuery, type BankFile, type BankSettings } from '@/api/bank';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Bank.module.css';

export function BankFiles({ settings }: { settings: BankSettings }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(bankFilesQuery);
  if (settings.hub === null && (data?.items.length ?? 0) === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="bank-files">
      <h2 id="bank-files">{t('portal.bank.files')}</h2>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={classes.quiet}>{t('portal.bank.noFiles')}</p>}
      {data && data.items.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('portal.bank.file')}</th>
              <th scope="col" className={classes.wide}>
                {t('portal.bank.made')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('portal.bank.records')}
              </th>
              <th scope="col">{t('portal.bank.receipt')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((file) => (
              <FileRow key={file.id} file={file} />
            ))}
          </tbody>
        </table>
      )}
      {settings.format !== null && settings.modelledOn !== null && (
        <p className={classes.quiet}>
          {t('portal.bank.modelledOn', { title: settings.format, modelledOn: settings.modelledOn })} {!settings.certified && t('portal.bank.notCertified')}
        </p>
      )}
    </section>
  );
}

function FileRow({ file }: { file: BankFile }) {
  const { t, number } = useWords();
  const bad = file.state === 'refused' || file.state === 'unread';
  const why = file.reason ?? file.trouble;
  return (
    <tr>
      <th scope="row">{file.id}</th>
      <td className={classes.wide}>{dateTimeOf(file.madeAt)}</td>
      <td className={classes.figure}>{number(file.records)}</td>
      <td>
        <span className={bad ? classes.fault : undefined}>{t(`portal.bank.fileState.${file.state}`)}</span>
        {why && <span className={classes.quiet}> {why}</span>}
      </td>
    </tr>
  );
}
