// What the list shows, as a file: made while one does something else.
import { useState } from 'react';
import { Button, Modal, Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconFileExport } from '@tabler/icons-react';
import { api } from '@/api/client';
import { exportForms, exportsQuery, isZip, type ExportForm } from '@/api/exports';
import { asProblem, problemWords } from '@/api/problem';
import type { Facets } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { ExportState } from '../exports/ExportState';
import { queryOf, type ListSearch } from './listSearch';
import { without } from '@/without';
import classes from './Documents.module.css';

interface ExportListProps {
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  facets: Facets | undefined;
}

const bytesInGigabyte = 1_000_000_000;

export function ExportList(props: ExportListProps) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button leftSection={<IconFileExport size={16} stroke={1.75} />} onClick={() => setOpened(true)}>
        {t('portal.exports.action')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('portal.exports.dialogTitle')} closeButtonProps={{ 'aria-label': t('portal.close') }}>
        {opened && <ExportDialog {...props} onClose={() => setOpened(false)} />}
      </Modal>
    </>
  );
}

function ExportDialog({ search, direction, facets, onClose }: ExportListProps & { onClose: () => void }) {
  const { t, language, number } = useWords();
  const client = useQueryClient();
  const [form, setForm] = useState<ExportForm>('xlsx');
  const { data } = useQuery(exportsQuery);
  const start = useMutation({
    mutationFn: () => api.post('/api/v1/exports', { body: { form, language, filter: without(queryOf(search, direction), 'limit', 'cursor') } }),
    onSettled: () => void client.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
  const count = facets?.total.count ?? 0;
  const most = data && (isZip(form) ? data.limits.files : data.limits.rows);
  const tooMany = most !== undefined && count > most;
  const fault = start.error ? problemWords(t, asProblem(start.error)) : undefined;
  const started = start.data && (data?.items.find(({ id }) => id === start.data.id) ?? start.data);
  if (started)
    return (
      <div className={classes.export}>
        <p>{t('portal.exports.started')}</p>
        <ExportState one={started} />
        <div className={classes.exportFoot}>
          <Link to="/exports">{t('portal.exports.mine')}</Link>
          <Button onClick={onClose}>{t('portal.close')}</Button>
        </div>
      </div>
    );
  return (
    <form
      className={classes.export}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <p>{facets?.partial ? t('portal.exports.whatAtLeast', { number: number(count) }) : t('portal.exports.what', { count, number: number(count) })}</p>
      <Radio.Group label={t('portal.exports.as')} value={form} onChange={(value) => setForm(value as ExportForm)}>
        {exportForms.map((one) => (
          <Radio key={one} value={one} label={t(`portal.exports.form.${one}`)} description={t(`portal.exports.about.${one}`)} mt="xs" />
        ))}
      </Radio.Group>
      {data && isZip(form) && (
        <p className={classes.quiet}>{t('portal.exports.mostZip', { most: number(data.limits.files), size: number(data.limits.bytes / bytesInGigabyte) })}</p>
      )}
      {tooMany && <p role="alert">{t('portal.exports.most', { most: number(most) })}</p>}
      {fault && (
        <p role="alert">
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.exportFoot}>
        <Link to="/exports">{t('portal.exports.mine')}</Link>
        <Button variant="default" onClick={onClose}>
          {t('portal.exports.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={start.isPending} disabled={tooMany || count === 0}>
          {t('portal.exports.start')}
        </Button>
      </div>
    </form>
  );
}
