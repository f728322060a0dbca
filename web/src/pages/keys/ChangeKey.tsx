// A key's name, its end, and scopes that are taken from it.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ApiKey, KeyScope } from '@/api/keys';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { EndField, ScopeFields } from './Fields';
import { daysOf, useFreshKeys, type End } from './keyWords';
import classes from './Keys.module.css';

export function ChangeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useWords();
  const fresh = useFreshKeys();
  const [name, setName] = useState(apiKey.name);
  const [scopes, setScopes] = useState<KeyScope[]>(apiKey.scopes);
  const [end, setEnd] = useState<End>('keep');
  const isComplete = name.trim() !== '' && scopes.length > 0;
  const change = useMutation({
    mutationFn: () =>
      api.patch('/api/v1/keys/{keyId}', {
        path: { keyId: apiKey.id },
        body: { name: name.trim(), scopes, ...(end === 'keep' ? {} : { expiresInDays: daysOf(end) }) },
      }),
    onSuccess: async () => {
      await fresh();
      onClose();
    },
  });
  const fault = change.error ? problemWords(t, asProblem(change.error)) : undefined;
  return (
    <form
      className={classes.form}
      aria-label={t('portal.apiKeys.changeOf', { name: apiKey.name })}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !change.isPending) change.mutate();
      }}
    >
      <TextInput size="sm" autoFocus required withAsterisk={false} label={t('portal.apiKeys.name')} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <ScopeFields scopes={apiKey.scopes} value={scopes} description={t('portal.apiKeys.fewerWhy')} onChange={setScopes} />
      <EndField mayKeep value={end} onChange={setEnd} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" disabled={!isComplete} loading={change.isPending}>
          {t('portal.apiKeys.save')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.apiKeys.cancel')}
        </Button>
        {!isComplete && <span className={classes.quiet}>{t(scopes.length > 0 ? 'portal.apiKeys.needsName' : 'portal.apiKeys.needsScope')}</span>}
      </div>
    </form>
  );
}
