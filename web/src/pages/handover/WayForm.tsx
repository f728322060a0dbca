// The way of one kind, being chosen.
import { useState } from 'react';
import { Button, NumberInput, Radio, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { handoverSettingsQuery, type HandoverAvailable, type HandoverSettings, type HandoverWay } from '@/api/handover';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { FolderFields } from './FolderFields';
import classes from './Handover.module.css';

type Item = HandoverSettings['items'][number];

interface WayFormProps {
  item: Item;
  available: HandoverAvailable;
  onClose: () => void;
  onSaved: (secret: string | null) => void;
}

const ways: HandoverWay[] = ['inbox', 'api', 'folder', 'webhook', 'email'];
const hoursMost = 720;

export function WayForm({ item, available, onClose, onSaved }: WayFormProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const [way, setWay] = useState<HandoverWay>(item.effective.way);
  const [address, setAddress] = useState(item.own?.address ?? '');
  const [hostKey, setHostKey] = useState(item.own?.hostKey ?? '');
  const [copy, setCopy] = useState(item.effective.copy);
  const [hours, setHours] = useState<number | string>(item.effective.hours);
  const [newSecret, setNewSecret] = useState(false);
  const isOff = (one: HandoverWay) => (one === 'folder' && !available.folder && !available.sftp) || (one === 'email' && !available.email);
  const asksWhere = way === 'folder' || way === 'webhook' || way === 'email';
  const isComplete = (!asksWhere || address.trim() !== '') && Number.isInteger(hours) && Number(hours) >= 1 && Number(hours) <= hoursMost;
  const save = useMutation({
    mutationFn: () =>
      api.put('/api/v1/handovers/settings/{kind}', {
        path: { kind: item.kind },
        body: {
          way,
          version: item.version,
          hours: Number(hours),
          ...(asksWhere ? { address: address.trim(), copy } : {}),
          ...(way === 'folder' && hostKey.trim() ? { hostKey: hostKey.trim() } : {}),
          ...(newSecret ? { newSecret } : {}),
        },
      }),
    onSuccess: (answer) => {
      client.setQueryData(handoverSettingsQuery.queryKey, answer);
      onSaved(answer.secret);
    },
  });
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) save.mutate();
      }}
    >
      <Radio.Group
        label={t('portal.handover.way')}
        value={way}
        onChange={(value) => {
          save.reset();
          setWay(value as HandoverWay);
          setAddress(value === item.own?.way ? (item.own.address ?? '') : '');
        }}
      >
        <div className={classes.choices}>
          {ways.map((value) => (
            <Radio key={value} value={value} disabled={isOff(value)} label={t(`portal.handover.ways.${value}`)} description={t(`portal.handover.wayWhy.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      {way === 'folder' && <FolderFields address={address} hostKey={hostKey} available={available} label={t('portal.handover.folderAddress')} onAddress={setAddress} onHostKey={setHostKey} />}
      {way === 'webhook' && (
        <TextInput size="sm" type="url" required label={t('portal.handover.webhookAddress')} placeholder={t('portal.handover.webhookHint')} maxLength={500} value={address} onChange={(event) => setAddress(event.currentTarget.value)} />
      )}
      {way === 'webhook' && item.hasSecret && (
        <Switch label={t('portal.handover.newSecret')} description={t('portal.handover.newSecretWhy')} checked={newSecret} onChange={(event) => setNewSecret(event.currentTarget.checked)} />
      )}
      {way === 'email' && (
        <TextInput size="sm" type="email" required label={t('portal.handover.emailAddress')} maxLength={254} value={address} onChange={(event) => setAddress(event.currentTarget.value)} />
      )}
      {asksWhere && <Switch label={t('portal.handover.copy')} checked={copy} onChange={(event) => setCopy(event.currentTarget.checked)} />}
      {way !== 'inbox' && way !== 'email' && (
        <NumberInput size="sm" className={classes.hours ?? ''} label={t('portal.handover.hours')} suffix={` ${t('portal.handover.hoursNumber').toLowerCase()}`} min={1} max={hoursMost} allowDecimal={false} value={hours} onChange={setHours} />
      )}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" disabled={!isComplete} loading={save.isPending}>
          {t('portal.handover.save')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.handover.cancel')}
        </Button>
      </div>
    </form>
  );
}
