// A new key, being asked for.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { keyScopes, type KeyScope, type MadeKey } from '@/api/keys';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { EndField, ScopeFields } from './Fields';
import { daysOf, useFreshKeys, type End } from './keyWords';
import classes from './Keys.module.css';

export function MakeKey({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeKey) => void }) {
  const { t } = useWords();
  const fresh = useFreshKeys();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<KeyScope[]>(['documents:read']);
  const [end, setEnd] = useState<Exclude<End, 'keep'>>('90');
  const isComplete = name.trim() !== '' && scopes.length > 0;
  const make = useMutation({
    mutationFn: () => api.post('/api/v1/keys', { body: { name: name.trim(), scopes, expiresInDays: daysOf(end) } }),
    onSuccess: (made) => {
      void fresh();
      onMade(made);
    },
  });
  const fault = make.error ? problemWords(t, asProblem(make.error)) : undefined;
  return (
    <form
      className={classes.form}
      aria-label={t('portal.apiKeys.make')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !make.isPending) make.mutate();
      }}
    >
      <TextInput size="sm" data-autofocus autoFocus required withAsterisk={false} label={t('portal.apiKeys.name')} description={t('portal.apiKeys.nameWhy')} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <ScopeFields scopes={keyScopes} value={scopes} description={t('portal.apiKeys.scopesWhy')} onChange={setScopes} />
      <EndField value={end} onChange={(chosen) => chosen !== 'keep' && setEnd(chosen)} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" disabled={!isComplete} loading={make.isPending}>
          {t('portal.apiKeys.makeIt')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.apiKeys.cancel')}
        </Button>
        {!isComplete && <span className={classes.quiet}>{t(scopes.length > 0 ? 'portal.apiKeys.needsName' : 'portal.apiKeys.needsScope')}</span>}
      </div>
    </form>
  );
}
