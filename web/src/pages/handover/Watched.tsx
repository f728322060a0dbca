// The folder where files to be sent are laid, and what became of them.
import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { watchedFolderQuery, type WatchedFolder } from '@/api/handover';
import { asProblem, problemWords } from '@/api/problem';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import frame from '@/ui/SettingsPage.module.css';
import { FolderFields } from './FolderFields';
import classes from './Handover.module.css';

export function Watched() {
  const { data, error, refetch } = useQuery(watchedFolderQuery);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} mt="md" />;
  return (
    <div className={classes.columns}>
      <FolderForm key={data.version} saved={data} />
      <Files saved={data} />
    </div>
  );
}

function FolderForm({ saved }: { saved: WatchedFolder }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [address, setAddress] = useState(saved.place?.address ?? '');
  const [hostKey, setHostKey] = useState(saved.place?.hostKey ?? '');
  const watch = useMutation({
    mutationFn: () => api.put('/api/v1/settings/watched-folder', { body: { address: address.trim(), version: saved.version, ...(hostKey.trim() ? { hostKey: hostKey.trim() } : {}) } }),
    onSuccess: (answer) => client.setQueryData(watchedFolderQuery.queryKey, answer),
  });
  const stop = useMutation({
    mutationFn: () => api.delete('/api/v1/settings/watched-folder', {}),
    onSuccess: () => client.invalidateQueries({ queryKey: watchedFolderQuery.queryKey }),
  });
  const changed = address.trim() !== (saved.place?.address ?? '') || hostKey.trim() !== (saved.place?.hostKey ?? '');
  const error = watch.error ?? stop.error;
  const fault = error ? problemWords(t, asProblem(error)) : undefined;
  const isOff = !saved.available.folder && !saved.available.sftp;
  return (
    <form
      className={classes.section}
      onSubmit={(event) => {
        event.preventDefault();
        watch.mutate();
      }}
    >
      <p className={frame.lead}>{t('portal.handover.watchLead')}</p>
      <p className={classes.quiet}>{t('portal.handover.names')}</p>
      <p>{saved.place ? saved.place.address : t('portal.handover.watchNone')}</p>
      <FolderFields address={address} hostKey={hostKey} available={saved.available} label={t('portal.handover.watchAddress')} onAddress={setAddress} onHostKey={setHostKey} />
      {saved.place && (
        <p className={classes.quiet}>{saved.lookedAt ? t('portal.handover.lookedAt', { when: dateTimeOf(saved.lookedAt) }) : t('portal.handover.neverLooked')}</p>
      )}
      {saved.trouble && (
        <p role="alert" className={classes.fault}>
          {t(`problem.${saved.trouble}`, { defaultValue: saved.trouble })} {t(`problem.${saved.trouble}-advice`, { defaultValue: '' })}
        </p>
      )}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" disabled={isOff || !changed || address.trim() === ''} loading={watch.isPending}>
          {t('portal.handover.watchStart')}
        </Button>
        {saved.place && (
          <Button size="sm" variant="subtle" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('portal.handover.watchStop')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Files({ saved }: { saved: WatchedFolder }) {
  const { t } = useWords();
  return (
    <section className={classes.section} aria-labelledby="watched-files">
      <h2 id="watched-files">{t('portal.handover.files')}</h2>
      {saved.files.length === 0 && <p className={classes.quiet}>{t('portal.handover.noFiles')}</p>}
      <ul className={classes.list}>
        {saved.files.map((file) => (
          <li key={file.name + file.seenAt} className={classes.waiting}>
            <div>
              <p className={classes.fileName}>{file.name}</p>
              <p className={file.state === 'refused' ? classes.fault : classes.quiet}>
                {t(`portal.handover.fileStates.${file.state}`)}
                {file.reason && `: ${t(`problem.${file.reason}`, { defaultValue: file.reason }).replace(/\{\{\w+\}\}/g, '…')}`} <DateText date={dateTimeOf(file.seenAt)} />
              </p>
            </div>
            {file.document && (
              <Link to="/documents/$id" params={{ id: file.document }}>
                {t('portal.handover.openDocument')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
