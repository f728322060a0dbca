// One search over everything: documents, counterparts and pages. Arrow keys choose, Enter goes.
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { IconBuilding, IconFile, IconSearch, IconUser } from '@tabler/icons-react';
import { documentsQuery, partnersQuery, sessionQuery, type DocumentSummary, type Partner } from '@/api/queries';
import { asProblem, problemWords } from '@/api/problem';
import { identifierText } from '@/format/identifiers';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DocumentStatusBadge } from '@/ui/Status';
import { endTypeAhead } from './typeAhead';
import classes from './SearchDialog.module.css';

// In the order of the navigation, then what the header leads to; of the operator's, staff alone find them.
const pages = [
  ['/', 'nav.overview'],
  ['/documents', 'nav.documents'],
  ['/documents/sent', 'nav.sent'],
  ['/documents/received', 'nav.received'],
  ['/stopped', 'nav.stopped'],
  ['/smartmail', 'nav.smartmail'],
  ['/partners', 'nav.partners'],
  ['/statistics', 'nav.statistics'],
  ['/tickets', 'nav.tickets'],
  ['/settings', 'nav.settings'],
  ['/notifications', 'frame.news'],
  ['/exports', 'frame.exports'],
  ['/account', 'frame.account'],
] as const;
const staffPages = [
  ['/operations', 'nav.operations'],
  ['/customers', 'nav.customers'],
  ['/leads', 'nav.leads'],
] as const;

interface Hit {
  key: string;
  go: () => void;
  view: React.ReactNode;
}

export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const router = useRouter();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 120);
  const [chosen, setChosen] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const takeOver = useCallback((field: HTMLInputElement | null) => {
    if (!field) return;
    field.focus();
    const ahead = endTypeAhead();
    if (ahead) setTyped((now) => now + ahead);
  }, []);
  useEffect(() => () => void endTypeAhead(), []);
  const asking = settled !== '';
  const documents = useQuery({ ...documentsQuery({ query: settled, limit: 8 }), enabled: asking, placeholderData: keepPreviousData });
  const partners = useQuery({ ...partnersQuery(settled, ''), enabled: asking, placeholderData: keepPreviousData });

  const go = (href: string) => () => {
    onClose();
    void router.navigate({ href });
  };
  const wanted = typed.trim().toLowerCase();
  const groups: { name: string; hits: Hit[] }[] = [
    {
      name: 'documents',
      hits: (asking ? (documents.data?.items ?? []) : []).map((row) => ({
        key: row.id,
        go: go(`/documents/${row.id}`),
        view: <DocumentHit row={row} />,
      })),
    },
    {
      name: 'partners',
      hits: (asking ? (partners.data?.items.slice(0, 4) ?? []) : []).map((partner) => ({
        key: partner.identifier,
        go: go(`/documents?counterpart=${encodeURIComponent(partner.identifier)}`),
        view: <PartnerHit partner={partner} />,
      })),
    },
    {
      name: 'pages',
      hits: [...pages, ...(session.user.staff ? staffPages : [])]
        .filter(([, word]) => t(`portal.${word}`).toLowerCase().includes(wanted))
        .map(([href, word]) => ({ key: href, go: go(href), view: <span>{t(`portal.${word}`)}</span> })),
    },
  ];
  if (asking && (documents.data?.items.length ?? 0) === 8)
    groups[0]?.hits.push({
      key: 'all',
      go: go(`/documents?query=${encodeURIComponent(settled)}`),
      view: <span className={classes.all}>{t('portal.search.all', { query: settled })}</span>,
    });
  const hits = groups.flatMap((group) => group.hits);
  const active = hits[Math.min(chosen, hits.length - 1)];
  const searching = asking && (documents.isPending || typed.trim() !== settled);

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((now) => (hits.length ? (now + step + hits.length) % hits.length : 0));
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      active.go();
    }
  };
  useEffect(() => {
    listRef.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  return (
    <Modal.Root opened onClose={onClose} size={600} yOffset="9vh">
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content radius="lg" aria-label={t('portal.frame.search')}>
        <div className={classes.box}>
          <IconSearch size={18} stroke={1.75} aria-hidden />
          <input
            ref={takeOver}
            data-autofocus
            role="combobox"
            aria-expanded
            aria-controls={`${id}-hits`}
            aria-activedescendant={active ? `${id}-${active.key}` : undefined}
            aria-label={t('portal.frame.search')}
            placeholder={t('portal.frame.searchHint')}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setChosen(0);
            }}
            onKeyDown={onKey}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
        <div id={`${id}-hits`} role="listbox" aria-label={t('portal.search.hits')} className={classes.hits} ref={listRef}>
          {groups
            .filter((group) => group.hits.length > 0)
            .map((group) => (
              <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`}>
                <div id={`${id}-${group.name}`} className={classes.group}>
                  {t(`portal.search.${group.name}`)}
                </div>
                {group.hits.map((hit) => (
                  <div
                    key={hit.key}
                    id={`${id}-${hit.key}`}
                    role="option"
                    aria-selected={hit === active}
                    className={classes.hit}
                    onMouseMove={() => setChosen(hits.indexOf(hit))}
                    onClick={hit.go}
                  >
                    {hit.view}
                  </div>
                ))}
              </div>
            ))}
        </div>
        <div className={classes.foot}>
          <span role="status">
            {documents.error
              ? problemWords(t, asProblem(documents.error)).what
              : asking && !searching && groups.slice(0, 2).every((group) => group.hits.length === 0)
                ? t('portal.search.nothing', { query: settled })
                : t('portal.search.help')}
          </span>
          <button type="button" className={classes.advanced} onClick={go(`/documents?find=true${settled && `&query=${encodeURIComponent(settled)}`}`)}>
            {t('portal.search.advanced')}
          </button>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

function DocumentHit({ row }: { row: DocumentSummary }) {
  const { t, amount } = useWords();
  const counterpart = row.direction === 'sent' ? row.receiver : row.sender;
  return (
    <>
      <IconFile size={16} stroke={1.75} aria-hidden />
      <span className={classes.number}>{row.number ?? t('portal.documents.noNumber')}</span>
      <span className={classes.rest}>
        {t(row.direction === 'sent' ? 'portal.search.to' : 'portal.search.from', { name: counterpart.name ?? '' })}
      </span>
      <DocumentStatusBadge status={row.status} />
      <span className={classes.figure}>{row.amount ? amount(row.amount) : dateOf(row.receivedAt)}</span>
    </>
  );
}

function PartnerHit({ partner }: { partner: Partner }) {
  const Mark = partner.kind === 'person' ? IconUser : IconBuilding;
  return (
    <>
      <Mark size={16} stroke={1.75} aria-hidden />
      <span className={classes.number}>{partner.name}</span>
      <span className={classes.rest}>{identifierText(partner.identifier)}</span>
    </>
  );
}
