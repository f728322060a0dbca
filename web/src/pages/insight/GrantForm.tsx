// What one company lets another see: which way, which types, to read or to act.
import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox, Radio, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { insightQuery, type DocumentType } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { documentTypes, type Cell } from './cells';
import classes from './Insight.module.css';

export function GrantForm({ cell, onClose }: { cell: Cell; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const { grant, owner, viewer } = cell;
  const [sent, setSent] = useState(grant?.sent ?? true);
  const [received, setReceived] = useState(grant?.received ?? true);
  const [some, setSome] = useState((grant?.types.length ?? 0) > 0);
  const [types, setTypes] = useState<string[]>(grant?.types ?? []);
  const [mayAct, setMayAct] = useState(grant?.mayAct ?? false);
  useEffect(() => heading.current?.focus(), []);
  const path = { ownerId: owner.id, viewerId: viewer.id };
  const onSuccess = async () => {
    await client.invalidateQueries({ queryKey: insightQuery.queryKey });
    onClose();
  };
  const give = useMutation({
    mutationFn: () => api.put('/api/v1/insight/{ownerId}/{viewerId}', { path, body: { sent, received, types: some ? (types as DocumentType[]) : [], mayAct } }),
    onSuccess,
  });
  const take = useMutation({ mutationFn: () => api.delete('/api/v1/insight/{ownerId}/{viewerId}', { path }), onSuccess });
  const failed = give.error ?? take.error;
  const fault = failed ? problemWords(t, asProblem(failed)) : undefined;
  const lacks = !sent && !received ? 'chooseDirection' : some && types.length === 0 ? 'chooseTypes' : undefined;
  return (
    <form
      className={classes.panel}
      aria-labelledby="insight-edit"
      onSubmit={(event) => {
        event.preventDefault();
        if (!lacks) give.mutate();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <h2 id="insight-edit" ref={heading} tabIndex={-1}>
        {t('portal.insight.edit', { viewer: viewer.name, owner: owner.name })}
      </h2>
      {grant && <p className={classes.quiet}>{t('portal.insight.since', { date: dateOf(grant.changedAt), by: grant.changedBy ?? '' })}</p>}
      <fieldset className={classes.group}>
        <legend>{t('portal.insight.directions')}</legend>
        <Checkbox label={t('portal.nav.sent')} checked={sent} onChange={(event) => setSent(event.currentTarget.checked)} />
        <Checkbox label={t('portal.nav.received')} checked={received} onChange={(event) => setReceived(event.currentTarget.checked)} />
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('portal.insight.types')}</legend>
        <SegmentedControl
          size="sm"
          aria-label={t('portal.insight.types')}
          value={some ? 'some' : 'all'}
          onChange={(value) => setSome(value === 'some')}
          data={[
            { value: 'all', label: t('portal.insight.allTypes') },
            { value: 'some', label: t('portal.insight.someTypes') },
          ]}
        />
        {some && (
          <Checkbox.Group value={types} onChange={setTypes} aria-label={t('portal.insight.types')}>
            <div className={classes.choices}>
              {documentTypes.map((type) => (
                <Checkbox key={type} value={type} label={t(`portal.type.${type}`)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
      </fieldset>
      <Radio.Group label={t('portal.insight.may')} value={mayAct ? 'act' : 'read'} onChange={(value) => setMayAct(value === 'act')}>
        <div className={classes.choices}>
          <Radio value="read" label={t('portal.insight.read')} />
          <Radio value="act" label={t('portal.insight.act')} description={t('portal.insight.actWhy', { owner: owner.name })} />
        </div>
      </Radio.Group>
      {lacks && <p className={classes.quiet}>{t(`portal.insight.${lacks}`)}</p>}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={give.isPending} disabled={lacks !== undefined}>
          {t('portal.insight.give')}
        </Button>
        {grant && (
          <Button size="sm" loading={take.isPending} onClick={() => take.mutate()}>
            {t('portal.insight.take')}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t('portal.insight.cancel')}
        </Button>
      </div>
    </form>
  );
}
