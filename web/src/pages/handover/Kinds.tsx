// Each kind of document with its way, one at a time to be changed.
import { useState } from 'react';
import { Button, CopyButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCopy } from '@tabler/icons-react';
import { api } from '@/api/client';
import { handoverSettingsQuery, type HandoverKind, type HandoverSettings } from '@/api/handover';
import { asProblem, problemWords } from '@/api/problem';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import frame from '@/ui/SettingsPage.module.css';
import { WayForm } from './WayForm';
import classes from './Handover.module.css';

type Item = HandoverSettings['items'][number];

export function Kinds({ saved }: { saved: HandoverSettings }) {
  const { t } = useWords();
  const [editing, setEditing] = useState<HandoverKind>();
  const [secret, setSecret] = useState<string>();
  return (
    <section className={classes.section} aria-labelledby="handover-kinds">
      <p className={frame.lead}>{t('portal.handover.lead')}</p>
      <h2 id="handover-kinds">{t('portal.handover.kinds')}</h2>
      <ul className={classes.kinds}>
        {saved.items.map((item) => (
          <li key={item.kind}>
            <Row item={item} isOpen={editing === item.kind} onEdit={() => setEditing(editing === item.kind ? undefined : item.kind)} />
            {editing === item.kind && (
              <WayForm
                item={item}
                available={saved.available}
                onClose={() => setEditing(undefined)}
                onSaved={(made) => {
                  setSecret(made ?? undefined);
                  setEditing(undefined);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {secret && <Secret secret={secret} onClose={() => setSecret(undefined)} />}
      <p className={classes.quiet}>{t('portal.handover.format')}</p>
    </section>
  );
}

function Row({ item, isOpen, onEdit }: { item: Item; isOpen: boolean; onEdit: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.delete('/api/v1/handovers/settings/{kind}', { path: { kind: item.kind } }),
    onSuccess: () => client.invalidateQueries({ queryKey: handoverSettingsQuery.queryKey }),
  });
  const { way, address, hours } = item.effective;
  const inherits = !item.own && item.kind !== 'default';
  return (
    <div className={classes.kind}>
      <div>
        <h3>{t(`portal.handover.kind.${item.kind}`)}</h3>
        <p className={inherits ? classes.quiet : undefined}>
          {inherits ? t('portal.handover.asDefault') : t(`portal.handover.ways.${way}`)}
          {!inherits && address ? <span className={classes.where}>{address}</span> : null}
        </p>
        {!inherits && way !== 'inbox' && way !== 'email' && (
          <p className={classes.quiet}>
            {t('portal.handover.hours')} {t('portal.handover.hoursUnit', { count: hours })}
          </p>
        )}
        {item.own && item.changedAt && item.changedBy && (
          <p className={classes.quiet}>{t('portal.handover.changedBy', { when: dateTimeOf(item.changedAt), name: item.changedBy })}</p>
        )}
        {remove.error && (
          <p role="alert" className={classes.fault}>
            {problemWords(t, asProblem(remove.error)).what}
          </p>
        )}
      </div>
      <div className={classes.buttons}>
        {item.own && item.kind !== 'default' && !isOpen && (
          <Button size="xs" variant="subtle" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('portal.handover.backToDefault')}
          </Button>
        )}
        <Button size="xs" aria-expanded={isOpen} aria-label={`${t(isOpen ? 'portal.handover.cancel' : 'portal.handover.edit')}: ${t(`portal.handover.kind.${item.kind}`)}`} onClick={onEdit}>
          {t(isOpen ? 'portal.handover.cancel' : 'portal.handover.edit')}
        </Button>
      </div>
    </div>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords();
  return (
    <div role="status" className={classes.secret}>
      <h3>{t('portal.handover.secret')}</h3>
      <code>{secret}</code>
      <p>{t('portal.handover.secretWhy')}</p>
      <div className={classes.buttons}>
        <Copy value={secret} />
        <Button size="xs" variant="subtle" onClick={onClose}>
          {t('portal.close')}
        </Button>
      </div>
    </div>
  );
}

export function Copy({ value }: { value: string }) {
  const { t } = useWords();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button size="xs" leftSection={<IconCopy size={14} stroke={1.75} aria-hidden />} onClick={copy}>
          <span aria-live="polite">{t(copied ? 'portal.handover.copied' : 'portal.handover.copyKey')}</span>
        </Button>
      )}
    </CopyButton>
  );
}
