// A file into a register: looked at first (columns, rows, what is wrong), then taken in with progress.
import { useState } from 'react';
import { Button, FileButton, Progress, SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconAlertCircle, IconCheck, IconUpload } from '@tabler/icons-react';
import { importQuery, previewImport, startImport, type Import, type ImportPreview, type Register } from '@/api/filters';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { without } from '@/without';
import classes from './Registers.module.css';

type Field = 'value' | 'label' | 'supplier' | 'from' | 'to';
const fields: readonly Field[] = ['value', 'label', 'supplier', 'from', 'to'];
const rowsShown = 6;
const errorsShown = 8;

interface ImportFileProps {
  register: Register;
  onClose: () => void;
  onDone: () => void;
}

// Which column is what, as the API wants it.
export function columnsText(chosen: Partial<Record<Field, number>>): string {
  return fields.flatMap((field) => (chosen[field] === undefined ? [] : [`${field}:${chosen[field]}`])).join(',');
}

export function guessed(preview: ImportPreview): Partial<Record<Field, number>> {
  const chosen: Partial<Record<Field, number>> = {};
  for (const column of preview.columns) if (column.guess && chosen[column.guess] === undefined) chosen[column.guess] = column.index;
  return chosen;
}

export function ImportFile({ register, onClose, onDone }: ImportFileProps) {
  const { t, number } = useWords();
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState<Partial<Record<Field, number>>>();
  const [mode, setMode] = useState<'replace' | 'add'>(register.rows > 0 ? 'replace' : 'add');
  const columns = chosen ? columnsText(chosen) : '';
  const look = useQuery({
    queryKey: ['import-preview', register.id, file?.name, file?.size, file?.lastModified, columns],
    queryFn: () => previewImport(register.id, file as File, columns || undefined),
    enabled: file !== undefined,
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  });
  const preview = file ? look.data : undefined;
  const taken = chosen ?? (preview ? guessed(preview) : {});
  const start = useMutation({ mutationFn: () => startImport(register.id, file as File, mode, columnsText(taken)) });
  const fault = look.error ?? start.error;
  if (start.data) return <ImportProgress started={start.data} valid={preview?.valid ?? 0} onClose={onClose} onDone={onDone} />;
  return (
    <section className={classes.import} aria-label={t('portal.registers.import')}>
      <div className={classes.importHead}>
        <FileButton
          accept=".csv,.txt,.xlsx"
          onChange={(next) => {
            if (!next) return;
            setFile(next);
            setChosen(undefined);
            start.reset();
          }}
        >
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={16} stroke={1.75} aria-hidden />}>
              {t(file ? 'portal.registers.otherFile' : 'portal.registers.chooseFile')}
            </Button>
          )}
        </FileButton>
        <span className={classes.quiet}>{file ? file.name : t('portal.registers.fileHelp')}</span>
        <Button variant="subtle" color="gray" onClick={onClose} className={classes.end}>
          {t('portal.correction.cancel')}
        </Button>
      </div>
      {fault && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(fault)).what} {problemWords(t, asProblem(fault)).advice}
        </p>
      )}
      {file && look.isPending && <Skeleton height={120} mt="sm" />}
      {preview && (
        <>
          <p className={classes.verdict}>
            {t('portal.registers.found', { valid: number(preview.valid), total: number(preview.total) })}{' '}
            <span className={classes.quiet}>
              {[preview.encoding && t('portal.registers.encoding', { encoding: preview.encoding }), preview.separator && t('portal.registers.separator', { separator: preview.separator === '\t' ? 'tab' : preview.separator })].filter(Boolean).join(' · ')}
            </span>
          </p>
          <Mapping preview={preview} chosen={taken} onChange={setChosen} />
          <Sample preview={preview} chosen={taken} />
          <Errors errors={preview.errors} total={preview.total - preview.valid} preview={preview} />
          <div className={classes.importFoot}>
            {register.rows > 0 && (
              <SegmentedControl size="xs" aria-label={t('portal.registers.mode')} value={mode} onChange={(value) => setMode(value as typeof mode)} data={(['replace', 'add'] as const).map((value) => ({ value, label: t(`portal.registers.modes.${value}`) }))} />
            )}
            <Button variant="filled" size="sm" className={classes.end} loading={start.isPending} disabled={taken.value === undefined || preview.valid === 0} onClick={() => start.mutate()}>
              {t('portal.registers.takeIn', { count: preview.valid, number: number(preview.valid) })}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface MappingProps {
  preview: ImportPreview;
  chosen: Partial<Record<Field, number>>;
  onChange: (chosen: Partial<Record<Field, number>>) => void;
}

function Mapping({ preview, chosen, onChange }: MappingProps) {
  const { t } = useWords();
  const data = preview.columns.map((column) => ({ value: String(column.index), label: column.heading || t('portal.registers.columnNumber', { number: column.index + 1 }) }));
  return (
    <fieldset className={classes.mapping}>
      <legend>{t('portal.registers.mapping')}</legend>
      {fields.map((field) => (
        <Select
          key={field}
          size="xs"
          label={t(`portal.registers.field.${field}`)}
          data={data}
          clearable={field !== 'value'}
          allowDeselect={field !== 'value'}
          placeholder={t(field === 'value' ? 'portal.registers.mustChoose' : 'portal.registers.notInFile')}
          value={chosen[field] === undefined ? null : String(chosen[field])}
          error={field === 'value' && chosen.value === undefined}
          onChange={(value) => {
            const others: typeof chosen = without(chosen, field);
            onChange(value === null ? others : { ...others, [field]: Number(value) });
          }}
        />
      ))}
    </fieldset>
  );
}

function Sample({ preview, chosen }: Omit<MappingProps, 'onChange'>) {
  const { t } = useWords();
  const shown = fields.filter((field) => chosen[field] !== undefined);
  if (shown.length === 0 || preview.rows.length === 0) return null;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('portal.registers.sample')}>
      <table className={classes.sample}>
        <thead>
          <tr>
            {shown.map((field) => (
              <th key={field} scope="col">
                {t(`portal.registers.field.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, rowsShown).map((row, index) => (
            <tr key={index}>
              {shown.map((field) => (
                <td key={field}>{row[chosen[field] ?? -1] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// The words for a row's fault; a code that has none stands as the server says it.
function rowErrorWords(t: ReturnType<typeof useWords>['t'], error: ImportPreview['errors'][number]): string {
  for (const section of ['portal.registers.error', 'problem']) {
    const words = t(`${section}.${error.code}`, { defaultValue: '' });
    if (words && !words.includes('{{')) return words;
  }
  return error.detail;
}

function Errors({ errors, total, preview }: { errors: ImportPreview['errors']; total: number; preview?: ImportPreview }) {
  const { t, number } = useWords();
  if (errors.length === 0) return null;
  const heading = (index: number | null) => (index === null ? '' : (preview?.columns.find((column) => column.index === index)?.heading ?? t('portal.registers.columnNumber', { number: index + 1 })));
  const count = Math.max(total, errors.length);
  return (
    <div className={classes.errors}>
      <h2>
        <IconAlertCircle size={16} stroke={1.75} aria-hidden />
        {t('portal.registers.rowErrors', { count, number: number(count) })}
      </h2>
      <ul>
        {errors.slice(0, errorsShown).map((error, index) => (
          <li key={index}>
            <span className={classes.errorRow}>{t('portal.registers.row', { number: number(error.row) })}</span>
            {error.column !== null && <span className={classes.quiet}>{heading(error.column)}</span>}
            <span>{rowErrorWords(t, error)}</span>
          </li>
        ))}
      </ul>
      {count > errorsShown && <p className={classes.quiet}>{t('portal.registers.moreErrors', { count: count - errorsShown, number: number(count - errorsShown) })}</p>}
    </div>
  );
}

interface ImportProgressProps {
  started: Import;
  valid: number; // rows that the preview found good
  onClose: () => void;
  onDone: () => void;
}

function ImportProgress({ started, valid, onClose, onDone }: ImportProgressProps) {
  const { t, number } = useWords();
  const { data = started, error } = useQuery({
    ...importQuery(started.id),
    queryFn: async (context) => {
      const run = importQuery(started.id).queryFn;
      if (typeof run !== 'function') throw new Error('no question');
      const answer = await run(context);
      if (answer.state !== 'running') onDone();
      return answer;
    },
  });
  const failed = data.state === 'failed' || error !== null;
  return (
    <section className={classes.import} aria-label={t('portal.registers.import')}>
      {data.state === 'running' && !failed && (
        <>
          <Progress size={4} value={data.total === 0 ? 0 : (data.done * 100) / data.total} aria-label={t('portal.registers.import')} />
          <p className={classes.quiet}>{t('portal.registers.importing', { done: number(data.done), total: number(data.total) })}</p>
        </>
      )}
      {data.state === 'done' && (
        <p className={classes.done} role="status">
          <IconCheck size={16} stroke={1.75} aria-hidden />
          {t('portal.registers.imported', { count: valid, number: number(valid) })}
        </p>
      )}
      {failed && (
        <p role="alert" className={classes.fault}>
          {error ? problemWords(t, asProblem(error)).what : t('portal.registers.importFailed')}
        </p>
      )}
      <Errors errors={data.errors} total={data.errors.length} />
      {data.state !== 'running' && (
        <Button mt="sm" onClick={onClose}>
          {t('portal.close')}
        </Button>
      )}
    </section>
  );
}
