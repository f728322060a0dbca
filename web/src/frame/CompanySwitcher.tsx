import { useState } from 'react';
import { Menu, ScrollArea, TextInput, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBuilding, IconCheck, IconSelector } from '@tabler/icons-react';
import { api } from '@/api/client';
import { sessionQuery, takeSession, type Session } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Frame.module.css';

const searchableFrom = 8;

export function CompanySwitcher({ session }: { session: Session }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    mutationFn: (companyId: string) => api.put('/api/v1/session', { body: { companyId } }),
    onSuccess: async (next) => {
      await navigate({ to: '/' });
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, takeSession(next));
    },
  });

  if (session.companies.length < 2)
    return (
      <div className={classes.company}>
        <IconBuilding size={16} stroke={1.75} aria-hidden />
        <span>{session.company.name}</span>
      </div>
    );

  const matching = session.companies.filter((company) => company.name.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Menu position="bottom-start" width={300} onClose={() => setWanted('')}>
      <Menu.Target>
        <UnstyledButton className={classes.company} aria-label={t('portal.frame.company', { company: session.company.name })}>
          <IconBuilding size={16} stroke={1.75} aria-hidden />
          <span>{session.company.name}</span>
          <IconSelector size={16} stroke={1.75} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('portal.frame.switchCompany')}</Menu.Label>
        {session.companies.length >= searchableFrom && (
          <TextInput
            size="xs"
            m={4}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            placeholder={t('portal.frame.findCompany')}
            aria-label={t('portal.frame.findCompany')}
          />
        )}
        <ScrollArea.Autosize mah={360}>
          {matching.map((company) => (
            <Menu.Item
              key={company.id}
              onClick={() => company.id !== session.company.id && change.mutate(company.id)}
              rightSection={company.id === session.company.id ? <IconCheck size={16} stroke={1.75} aria-hidden /> : null}
            >
              {company.name} <span style={{ color: 'var(--pg-dim)' }}>{identifierText(company.identifier)}</span>
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
