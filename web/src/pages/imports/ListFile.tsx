// A file into a list: chosen, its columns said, looked at row by row, then taken in whole or not at all.
import { useState } from 'react';
import { Button, Checkbox, FileButton, Select, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconUpload } from '@tabler/icons-react';
import { previewList, takeList, type ListKind, type ListPreview } from '@/api/imports';
import { ApiProblem, asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { chosenIn, columnsText, fieldsOf, withColumn, type Chosen } from './columns';
import { ListRows } from './ListRows';
import classes from './Imports.module.css';

export function ListFile({ kind }: { kind: ListKind }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState<Chosen>();
  const [skip, setSkip] = useState(false);
  const columns = chosen ? columnsText(kind, chosen) : undefined;
  const look = useQuery({
    queryKey: ['list-preview', kind, file?.name, file?.size, file?.lastModified, columns],
    queryFn: () => previewList(kind, file as File, columns),
    enabled: file !== undefined,
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
  });
  const preview = file ? look.data : undefined;
  const take = useMutation({
    mutationFn: (plan: string) => takeList(kind, file as File, plan, skip, columns),
    onSuccess: () => void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'list-preview' }),
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'preview-outdated') void look.refetch();
    },
  });
  const choose = (next: File | null) => {
    if (!next) return;
    setFile(next);
    setChosen(undefined);
    setSkip(false);
    take.reset();
  };
  const outdated = take.error instanceof ApiProblem && take.error.code === 'preview-outdated';
  const fault = look.error ?? (outdated ? null : take.error);
  if (take.data)
    return (
      <div className={classes.box}>
        <p className={classes.done} role="status">
          <IconCheck size={16} stroke={1.75} aria-hidden />
          {t('portal.imports.done', { created: number(take.data.created), changed: number(take.data.changed) })}
        </p>
        <FileChoice label={t('portal.imports.again')} onChange={choose} />
      </div>
    );
  return (
    <div className={classes.box}>
      <div className={classes.head}>
        <FileChoice label={t(file ? 'portal.imports.otherFile' : 'portal.imports.chooseFile')} onChange={choose} />
        <span className={classes.quiet}>{file ? file.name : t('portal.imports.fileHelp')}</span>
      </div>
      {fault && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(fault)).what} {problemWords(t, asProblem(fault)).advice}
        </p>
      )}
      {outdated && (
        <p role="alert" className={classes.fault}>
          {t('portal.imports.outdated')}
        </p>
      )}
      {file && look.isPending && <Skeleton height={120} mt="sm" />}
      {preview && (
        <>
          <Mapping kind={kind} preview={preview} chosen={chosen ?? chosenIn(preview)} onChange={setChosen} />
          <Summary preview={preview} />
          <ListRows preview={preview} />
          <Confirm preview={preview} skip={skip} onSkip={setSkip} busy={take.isPending || look.isFetching} onConfirm={() => take.mutate(preview.plan)} />
        </>
      )}
    </div>
  );
}

function FileChoice({ label, onChange }: { label: string; onChange: (file: File | null) => void }) {
  return (
    <FileButton accept=".csv,.txt,.xlsx" onChange={onChange}>
      {(props) => (
        <Button {...props} size="sm" leftSection={<IconUpload size={16} stroke={1.75} aria-hidden />}>
          {label}
        </Button>
      )}
    </FileButton>
  );
}

interface MappingProps {
  kind: ListKind;
  preview: ListPreview;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

function Mapping({ kind, preview, chosen, onChange }: MappingProps) {
  const { t } = useWords();
  const data = preview.columns.map((column) => ({ value: String(column.index), label: column.heading || t('portal.imports.columnNumber', { number: column.index + 1 }) }));
  const about = [preview.encoding && t('portal.imports.encoding', { encoding: preview.encoding }), preview.separator && t('portal.imports.separator', { separator: preview.separator === '\t' ? 'tab' : preview.separator })];
  return (
    <fieldset className={classes.mapping}>
      <legend>
        {t('portal.imports.mapping')} <span className={classes.quiet}>{about.filter(Boolean).join(' · ')}</span>
      </legend>
      {fieldsOf[kind].map((field) => (
        <Select
          key={field}
          size="xs"
          label={t(`portal.imports.field.${field}`)}
          data={data}
          clearable
          placeholder={t('portal.imports.notInFile')}
          value={chosen[field] === undefined ? null : String(chosen[field])}
          onChange={(value) => onChange(withColumn(chosen, field, value === null ? null : Number(value)))}
        />
      ))}
    </fieldset>
  );
}

function Summary({ preview }: { preview: ListPreview }) {
  const { t, number } = useWords();
  return (
    <dl className={classes.counts} aria-label={t('portal.imports.summary')}>
      {(['created', 'changed', 'unchanged', 'refused'] as const).map((what) => (
        <div key={what} data-what={what}>
          <dt>{t(`portal.imports.counts.${what}`)}</dt>
          <dd>{number(preview[what])}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ConfirmProps {
  preview: ListPreview;
  skip: boolean;
  busy: boolean;
  onSkip: (skip: boolean) => void;
  onConfirm: () => void;
}

function Confirm({ preview, skip, busy, onSkip, onConfirm }: ConfirmProps) {
  const { t, number } = useWords();
  const count = preview.created + preview.changed;
  if (count === 0 && preview.refused === 0) return <p className={classes.quiet}>{t('portal.imports.nothing')}</p>;
  return (
    <div className={classes.foot}>
      {preview.refused > 0 && count > 0 && (
        <Checkbox size="xs" label={t('portal.imports.skip', { count: preview.refused, number: number(preview.refused) })} checked={skip} onChange={(event) => onSkip(event.currentTarget.checked)} />
      )}
      <Button variant="filled" size="sm" loading={busy} disabled={count === 0 || (preview.refused > 0 && !skip)} onClick={onConfirm}>
        {t('portal.imports.confirm', { count, number: number(count) })}
      </Button>
    </div>
  );
}
