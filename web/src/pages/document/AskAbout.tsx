// The way from a document to those who can help with it.
import { lazy, Suspense, useState } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLifebuoy } from '@tabler/icons-react';
import { useMay } from '@/api/may';
import type { Document } from '@/api/queries';
import { useWords } from '@/texts/useWords';

const MakeTicket = lazy(() => import('../tickets/MakeTicket').then((page) => ({ default: page.MakeTicket })));

export function AskAbout({ document, large }: { document: Document; large: boolean }) {
  const { t } = useWords();
  const may = useMay('tickets:write');
  const [asking, setAsking] = useState(false);
  if (!may) return null;
  const word = t('portal.tickets.makeAbout');
  return (
    <>
      <Tooltip label={word}>
        <ActionIcon variant="default" size={large ? 44 : 30} aria-label={word} onClick={() => setAsking(true)}>
          <IconLifebuoy size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      {asking && (
        <Suspense>
          <MakeTicket document={document} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
