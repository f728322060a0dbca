// Still on paper: who could have had e-invoices, and what that would have saved.
import { useState } from 'react';
import { Anchor } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '@/api/client';
import { sessionQuery } from '@/api/queries';
import { movesQuery } from '@/api/statistics';
import { identifierText } from '@/format/identifiers';
import { useActFor } from '@/frame/useActFor';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import tables from '@/ui/Table.module.css';
import { FaultLine } from '../users/FaultLine';
import classes from './Statistics.module.css';

type Move = Answer<'/api/v1/statistics/moves', 'get'>['items'][number];

const shown = 25;

export function Moves() {
  const { t, number, amount } = useWords();
  const { data } = useQuery(movesQuery);
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [fault, setFault] = useState<unknown>();
  if (!data) return null;
  const several = data.items.some(({ company }) => company.id !== session.company.id);
  const savings = data.savings.map(amount).join(', ');
  return (
    <section className={classes.part} aria-labelledby="moves">
      <h2 id="moves">{t('portal.statistics.moves.title')}</h2>
      {data.documents === 0 && <p className={classes.quiet}>{t('portal.statistics.moves.noLetters')}</p>}
      {data.documents > 0 && data.movable === 0 && <p className={classes.quiet}>{t('portal.statistics.moves.nobody')}</p>}
      {data.movable > 0 && (
        <>
          <p>
            {t('portal.statistics.moves.lead', { movable: number(data.movable), documents: number(data.documents) })}{' '}
            {savings && t('portal.statistics.moves.saving', { saving: savings })} {data.partial && t('portal.statistics.moves.partial')}
          </p>
          <div className={classes.scroll} role="region" aria-label={t('portal.statistics.moves.show')} tabIndex={0}>
            <table className={`${tables.table} ${classes.table}`}>
              <thead>
                <tr>
                  <th scope="col">{t('portal.statistics.by.counterpart')}</th>
                  {several && <th scope="col">{t('portal.statistics.by.company')}</th>}
                  <th scope="col">{t('portal.statistics.moves.to')}</th>
                  <th scope="col">{t('portal.statistics.moves.documents')}</th>
                  <th scope="col">{t('portal.statistics.moves.yearly')}</th>
                </tr>
              </thead>
              <tbody>
                {data.items.slice(0, shown).map((move) => (
                  <tr key={`${move.company.id} ${move.counterpart.identifier}`}>
                    <th scope="row">
                      <PartnerLink move={move} onFault={setFault} />
                    </th>
                    {several && <td>{move.company.name}</td>}
                    <td>
                      <Channel channel={move.to} />
                    </td>
                    <td>{number(move.documents)}</td>
                    <td>{move.saving ? amount(move.saving) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <FaultLine error={fault} />
        </>
      )}
    </section>
  );
}

// The partner is one of the row's company: where that can be acted for, it is, and elsewhere there is no page of it.
function PartnerLink({ move, onFault }: { move: Move; onFault: (fault: unknown) => void }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const navigate = useNavigate();
  const actFor = useActFor();
  const identifier = move.counterpart.identifier ?? '';
  const name = move.counterpart.name ?? identifierText(identifier);
  const to = { to: '/partners/$identifier', params: { identifier } } as const;
  if (move.company.id === session.company.id) return <Link {...to}>{name}</Link>;
  // Staff say why they act for a customer, in the frame's dialogue.
  const isStaff = session.user.staff || session.reason !== null;
  if (isStaff || !session.companies.some(({ id }) => id === move.company.id)) return name;
  const open = async () => {
    onFault(undefined);
    try {
      await actFor(move.company.id, () => navigate(to));
    } catch (error) {
      onFault(error);
    }
  };
  return (
    <Anchor component="button" type="button" inherit onClick={() => void open()}>
      {name}
    </Anchor>
  );
}
