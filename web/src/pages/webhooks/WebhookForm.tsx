// A webhook being made or changed: where, and of which events in words.
import { useState } from 'react';
import { Button, Checkbox, MultiSelect, Radio, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { webhooksQuery, type Direction, type DocumentType, type Webhook, type WebhookEventType } from '@/api/webhooks';
import { useWords } from '@/texts/useWords';
import { eventWords } from './words';
import classes from './Webhooks.module.css';

interface WebhookFormProps {
  webhook?: Webhook;
  eventTypes: WebhookEventType[];
  onClose: () => void;
  onSaved: (secret: string | null) => void;
}

const ways = ['both', 'sent', 'received'] as const;
type Way = (typeof ways)[number];
const types: DocumentType[] = ['invoice', 'credit-note', 'reminder', 'interest-invoice', 'order', 'order-response', 'despatch-advice', 'other'];
// What most programs want to know; the others are chosen by who needs them.
const usual: WebhookEventType[] = ['document.delivered', 'document.stopped', 'document.failed', 'document.accepted', 'document.rejected'];

function wayOf(directions: readonly Direction[] = []): Way {
  return directions.length === 1 ? (directions[0] ?? 'both') : 'both';
}

export function WebhookForm({ webhook, eventTypes, onClose, onSaved }: WebhookFormProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [all, setAll] = useState(webhook?.events.includes('*') ?? false);
  const [events, setEvents] = useState<string[]>(webhook?.events.filter((event) => event !== '*') ?? usual);
  const [way, setWay] = useState<Way>(wayOf(webhook?.directions));
  const [documentTypes, setDocumentTypes] = useState<string[]>(webhook?.documentTypes ?? []);
  const [includeSubsidiaries, setIncludeSubsidiaries] = useState(webhook?.includeSubsidiaries ?? false);
  const isComplete = url.trim() !== '' && (all || events.length > 0);
  const save = useMutation({
    mutationFn: () => {
      const body = {
        url: url.trim(),
        description: description.trim() || null,
        events: all ? (['*'] as const).slice() : (events as WebhookEventType[]),
        directions: way === 'both' ? [] : [way],
        documentTypes: documentTypes as DocumentType[],
        includeSubsidiaries,
      };
      return webhook ? api.patch('/api/v1/webhooks/{webhookId}', { path: { webhookId: webhook.id }, body }) : api.post('/api/v1/webhooks', { body });
    },
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey, exact: true });
      onSaved(answer.secret ?? null);
    },
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const fault = problem && problemWords(t, problem);
  const urlFault = fault && problem.where === '/url' ? `${fault.what} ${fault.advice}` : undefined;
  return (
    <form
      className={classes.form}
      aria-label={t(webhook ? 'portal.webhooks.change' : 'portal.webhooks.make')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) save.mutate();
      }}
    >
      <TextInput size="sm" type="url" required label={t('portal.webhooks.url')} description={t('portal.webhooks.urlWhy')} placeholder={t('portal.webhooks.urlHint')} maxLength={2048} value={url} error={urlFault} onChange={(event) => setUrl(event.currentTarget.value)} />
      <TextInput size="sm" label={t('portal.webhooks.description')} description={t('portal.webhooks.descriptionWhy')} maxLength={200} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
      <Switch label={t('portal.webhooks.all')} description={t('portal.webhooks.allWhy')} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      {!all && (
        <Checkbox.Group label={t('portal.webhooks.events')} value={events} onChange={setEvents}>
          <div className={classes.events}>
            {eventTypes.map((type) => (
              <Checkbox key={type} size="sm" value={type} label={eventWords(t, type)} description={type} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Radio.Group label={t('portal.webhooks.way')} value={way} onChange={(value) => setWay(value as Way)}>
        <div className={classes.choices}>
          {ways.map((value) => (
            <Radio key={value} size="sm" value={value} label={t(`portal.webhooks.ways.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <MultiSelect
        size="sm"
        label={t('portal.webhooks.types')}
        placeholder={documentTypes.length === 0 ? t('portal.webhooks.everyType') : ''}
        data={types.map((value) => ({ value, label: t(`portal.type.${value}`) }))}
        value={documentTypes}
        onChange={setDocumentTypes}
      />
      <Switch label={t('portal.webhooks.subsidiaries')} description={t('portal.webhooks.subsidiariesWhy')} checked={includeSubsidiaries} onChange={(event) => setIncludeSubsidiaries(event.currentTarget.checked)} />
      {fault && !urlFault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" disabled={!isComplete} loading={save.isPending}>
          {t('portal.webhooks.save')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.webhooks.cancel')}
        </Button>
      </div>
      {!isComplete && <p className={classes.quiet}>{t('portal.webhooks.incomplete')}</p>}
    </form>
  );
}
