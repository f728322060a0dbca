// Two partners that may be one, with what speaks for it; merged by a person, or said to be two; either can be undone.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { useDistinguishing } from './Distinctions';
import classes from './Partners.module.css';

type Double = components['schemas']['PartnerDouble'];
type Side = components['schemas']['DoubleSide'];

export function useMerging() {
  const client = useQueryClient();
  const refresh = () => {
    for (const key of [['partners'], ['partner'], ['documents']]) void client.invalidateQueries({ queryKey: key });
  };
  const merge = useMutation({
    mutationFn: ({ keep, other }: { keep: string; other: string }) => api.post('/api/v1/partners/{identifier}/merge', { path: { identifier: keep }, body: { other } }),
    onSuccess: refresh,
  });
  const split = useMutation({
    mutationFn: ({ keep, alias }: { keep: string; alias: string }) => api.post('/api/v1/partners/{identifier}/split', { path: { identifier: keep }, body: { alias } }),
    onSuccess: refresh,
  });
  return { merge, split };
}

export function DoubleCard({ found }: { found: Double }) {
  const { t } = useWords();
  const { merge, split } = useMerging();
  const [merged, setMerged] = useState<{ keep: Side; other: Side }>();
  const { say, takeBack } = useDistinguishing();
  const [isSaid, setSaid] = useState(false);
  const pair = { identifier: found.keep.identifier, other: found.other.identifier };
  const fault = merge.error ?? split.error ?? say.error ?? takeBack.error;
  const words = fault && problemWords(t, asProblem(fault));
  const take = (keep: Side, other: Side) => merge.mutate({ keep: keep.identifier, other: other.identifier }, { onSuccess: () => setMerged({ keep, other }) });
  return (
    <li className={classes.double}>
      <p className={classes.reason}>{t(`portal.partners.reason.${found.reason}`, { value: found.value, defaultValue: found.reason })}</p>
      <div className={classes.sides}>
        <SideOf side={found.keep} />
        <SideOf side={found.other} />
      </div>
      {words && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      {isSaid && (
        <p role="status" className={classes.buttons}>
          {t('portal.partners.distinctSaid')}
          <Button size="xs" variant="subtle" loading={takeBack.isPending} onClick={() => takeBack.mutate(pair, { onSuccess: () => setSaid(false) })}>
            {t('portal.partners.undo')}
          </Button>
        </p>
      )}
      {merged && (
        <p role="status" className={classes.buttons}>
          {t('portal.partners.merged', { name: merged.keep.name })}
          <Button
            size="xs"
            variant="subtle"
            loading={split.isPending}
            onClick={() => split.mutate({ keep: merged.keep.identifier, alias: merged.other.identifier }, { onSuccess: () => setMerged(undefined) })}
          >
            {t('portal.partners.undo')}
          </Button>
        </p>
      )}
      {!merged && !isSaid && (
        <div className={classes.buttons}>
          <Button size="xs" loading={merge.isPending} onClick={() => take(found.keep, found.other)}>
            {t('portal.partners.mergeInto', { name: `${found.keep.name} (${identifierText(found.keep.identifier)})` })}
          </Button>
          <Button size="xs" variant="subtle" color="gray" disabled={merge.isPending} onClick={() => take(found.other, found.keep)}>
            {t('portal.partners.mergeInto', { name: `${found.other.name} (${identifierText(found.other.identifier)})` })}
          </Button>
          <Button size="xs" variant="subtle" color="gray" disabled={merge.isPending} loading={say.isPending} onClick={() => say.mutate(pair, { onSuccess: () => setSaid(true) })}>
            {t('portal.partners.distinct')}
          </Button>
        </div>
      )}
    </li>
  );
}

function SideOf({ side }: { side: Side }) {
  const { t, number } = useWords();
  return (
    <div>
      <Link to="/partners/$identifier" params={{ identifier: side.identifier }}>
        {side.name}
      </Link>
      <p className={classes.quiet}>
        {identifierText(side.identifier)}
        {side.customerNumber && !side.identifier.startsWith('customer:') && ` · ${t('portal.documents.customer', { number: side.customerNumber })}`}
      </p>
      <p className={classes.quiet}>
        {t('portal.partner.sent', { count: side.sentCount, number: number(side.sentCount) })}, {t('portal.partner.received', { count: side.receivedCount, number: number(side.receivedCount) })}
      </p>
    </div>
  );
}
