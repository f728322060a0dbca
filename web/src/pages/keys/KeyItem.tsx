// One key: what it may do, who answers for it, when it was used, and what can be done with it.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { api } from '@/api/client';
import type { ApiKey } from '@/api/keys';
import { asProblem, problemWords } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { dateOf, dateTimeOf, now } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ChangeKey } from './ChangeKey';
import { scopeWords, useFreshKeys } from './keyWords';
import classes from './Keys.module.css';

const day_ms = 86_400_000;

export function KeyItem({ apiKey, showCompany }: { apiKey: ApiKey; showCompany: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState<'change' | 'revoke'>();
  const isOver = apiKey.state === 'revoked' || apiKey.state === 'expired';
  return (
    <li className={classes.item}>
      <div className={classes.what}>
        <p className={classes.name}>
          {apiKey.name}
          {showCompany && <span className={classes.quiet}> {apiKey.company.name}</span>}
        </p>
        <p>{apiKey.scopes.map((scope) => scopeWords(t, scope)).join(' · ')}</p>
        <Facts apiKey={apiKey} />
        <Warning apiKey={apiKey} />
      </div>
      {!isOver && !open && <Acts apiKey={apiKey} onOpen={setOpen} />}
      {open === 'change' && <ChangeKey apiKey={apiKey} onClose={() => setOpen(undefined)} />}
      {open === 'revoke' && <Revoke apiKey={apiKey} onClose={() => setOpen(undefined)} />}
    </li>
  );
}

function Facts({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useWords();
  const made = { date: dateOf(apiKey.createdAt), name: apiKey.madeBy?.name ?? t('portal.apiKeys.gone') };
  const facts = [
    apiKey.madeBy ? t('portal.apiKeys.madeBy', made) : t('portal.apiKeys.madeByServer', { date: made.date }),
    apiKey.lastUsedAt === null
      ? t('portal.apiKeys.neverUsed')
      : apiKey.lastUsedFrom === null
        ? t('portal.apiKeys.used', { time: dateTimeOf(apiKey.lastUsedAt) })
        : t('portal.apiKeys.usedFrom', { time: dateTimeOf(apiKey.lastUsedAt), address: apiKey.lastUsedFrom }),
    apiKey.revokedAt !== null
      ? t('portal.apiKeys.revokedAt', { date: dateOf(apiKey.revokedAt) })
      : apiKey.expiresAt === null
        ? t('portal.apiKeys.noEnd')
        : t(apiKey.state === 'expired' ? 'portal.apiKeys.endedAt' : 'portal.apiKeys.endsAt', { date: dateOf(apiKey.expiresAt) }),
  ];
  return <p className={classes.quiet}>{facts.join(' · ')}</p>;
}

// Why a key does not do what it was made for, or soon will not.
function Warning({ apiKey }: { apiKey: ApiKey }) {
  const { t, number } = useWords();
  const lost = apiKey.scopes.filter((scope) => !apiKey.effectiveScopes.includes(scope));
  const days = apiKey.expiresAt === null ? 0 : Math.max(0, Math.floor((Date.parse(apiKey.expiresAt) - now()) / day_ms));
  const name = apiKey.madeBy?.name ?? t('portal.apiKeys.gone');
  const said =
    apiKey.state === 'silent'
      ? t('portal.apiKeys.silent', { name })
      : apiKey.state === 'active' && lost.length > 0
        ? t('portal.apiKeys.lost', { name, scopes: lost.map((scope) => scopeWords(t, scope)).join(', ') })
        : apiKey.endsSoon
          ? t('portal.apiKeys.endsSoon', { count: days, number: number(days) })
          : undefined;
  if (said === undefined) return null;
  return (
    <p className={classes.warning}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <span>{said}</span>
    </p>
  );
}

function Acts({ apiKey, onOpen }: { apiKey: ApiKey; onOpen: (what: 'change' | 'revoke') => void }) {
  const { t } = useWords();
  const fresh = useFreshKeys();
  const { data: session } = useQuery(sessionQuery);
  const takeOver = useMutation({
    mutationFn: () => api.post('/api/v1/keys/{keyId}/take-over', { path: { keyId: apiKey.id } }),
    onSettled: fresh,
  });
  const fault = takeOver.error ? problemWords(t, asProblem(takeOver.error)) : undefined;
  const { name } = apiKey;
  return (
    <div className={classes.acts}>
      <Button size="sm" aria-label={t('portal.apiKeys.changeOf', { name })} onClick={() => onOpen('change')}>
        {t('portal.apiKeys.change')}
      </Button>
      {apiKey.madeBy?.id !== session?.user.id && (
        <Button size="sm" aria-label={t('portal.apiKeys.takeOverOf', { name })} title={t('portal.apiKeys.takeOverWhy')} loading={takeOver.isPending} onClick={() => takeOver.mutate()}>
          {t('portal.apiKeys.takeOver')}
        </Button>
      )}
      <Button size="sm" variant="subtle" aria-label={t('portal.apiKeys.revokeOf', { name })} onClick={() => onOpen('revoke')}>
        {t('portal.apiKeys.revoke')}
      </Button>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
    </div>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useWords();
  const fresh = useFreshKeys();
  const revoke = useMutation({
    mutationFn: () => api.delete('/api/v1/keys/{keyId}', { path: { keyId: apiKey.id } }),
    onSuccess: onClose,
    onSettled: fresh,
  });
  const fault = revoke.error ? problemWords(t, asProblem(revoke.error)) : undefined;
  const { name } = apiKey;
  return (
    <div className={classes.asked} role="group" aria-label={t('portal.apiKeys.revokeOf', { name })}>
      <p role="status">{t('portal.apiKeys.revokeWhy', { name })}</p>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button size="sm" variant="filled" color="red" autoFocus loading={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('portal.apiKeys.revokeIt')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.apiKeys.cancel')}
        </Button>
      </div>
    </div>
  );
}
