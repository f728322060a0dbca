// Pairs that somebody has said are not the same: who and when, and a way back.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { partnerDistinctionsQuery } from '@/api/distinctions';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { dateOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Partners.module.css';

type Distinction = components['schemas']['PartnerDistinction'];

export function useDistinguishing() {
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: ['partners'] });
  const say = useMutation({
    mutationFn: ({ identifier, other }: { identifier: string; other: string }) => api.post('/api/v1/partners/{identifier}/distinctions', { path: { identifier }, body: { other } }),
    onSuccess: refresh,
  });
  const takeBack = useMutation({
    mutationFn: ({ identifier, other }: { identifier: string; other: string }) => api.delete('/api/v1/partners/{identifier}/distinctions/{other}', { path: { identifier, other } }),
    onSuccess: refresh,
  });
  return { say, takeBack };
}

// `partner`: only those of this one, which is then not named in them.
export function Distinctions({ partner }: { partner?: string }) {
  const { t } = useWords();
  const { takeBack } = useDistinguishing();
  const said = useQuery(partnerDistinctionsQuery(partner)).data?.items ?? [];
  const words = takeBack.error && problemWords(t, asProblem(takeBack.error));
  if (said.length === 0) return null;
  return (
    <>
      <h2>{t(partner ? 'portal.partner.distinct' : 'portal.partners.distinctTitle')}</h2>
      {words && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      <ul className={classes.known}>
        {said.map((one) => (
          <li key={`${one.identifier} ${one.other}`}>
            {!partner && <Named identifier={one.identifier} name={one.name} />}
            <Named identifier={one.other} name={one.otherName} />
            <span className={classes.quiet}>{t('portal.partners.distinctBy', { name: one.saidBy, date: dateOf(one.saidAt) })}</span>
            <Button
              size="xs"
              variant="subtle"
              loading={takeBack.isPending && isOf(takeBack.variables, one)}
              onClick={() => takeBack.mutate({ identifier: one.identifier, other: one.other })}
            >
              {t('portal.partners.distinctUndo')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

const isOf = (asked: { identifier: string; other: string } | undefined, one: Distinction) => asked?.identifier === one.identifier && asked.other === one.other;

function Named({ identifier, name }: { identifier: string; name: string | null }) {
  return (
    <span>
      <Link to="/partners/$identifier" params={{ identifier }}>
        {name ?? identifierText(identifier)}
      </Link>{' '}
      {name && <span className={classes.quiet}>{identifierText(identifier)}</span>}
    </span>
  );
}
