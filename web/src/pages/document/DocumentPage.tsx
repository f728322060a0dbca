// One document: who → whom, where it stands, the answer for the phone, what has happened, and the copy as its recipient
// sees it.
import { lazy, Suspense, useEffect } from 'react';
import { Skeleton, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconFileOff } from '@tabler/icons-react';
import { ApiProblem } from '@/api/problem';
import { deliveriesQuery, documentQuery, type Document } from '@/api/queries';
import { useAsideShown } from '@/frame/Aside';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { useTitle } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { useNoticeRead } from '@/ui/useNoticeRead';
import { SeenBy } from '../audit/SeenBy';
import { decisionsOf } from '../stopped/Decide';
import { Actions } from './Actions';
import { AnswerBox } from './AnswerBox';
import { Content } from './Content';
import { Deliveries } from './Deliveries';
import { DocumentHead } from './DocumentHead';
import { DocumentTickets } from './DocumentTickets';
import { Downloads } from './Downloads';
import { Facts } from './Facts';
import { Findings } from './Findings';
import { Timeline } from './Timeline';
import { documentName } from './names';
import { useOpening } from './useOpening';
import classes from './Document.module.css';

const loadPanel = () => import('../correction/CorrectionPanel').then((page) => ({ default: page.CorrectionPanel }));
const CorrectionPanel = lazy(loadPanel);

const route = getRouteApi('/frame/documents/$id');

export function DocumentPage() {
  const { t } = useWords();
  const { id } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(documentQuery(id));
  const waiting = useDelayed(isPending);
  useTitle(data ? documentName(t, data) : t('portal.nav.documents'));

  if (error && !data) {
    const absent = error instanceof ApiProblem && error.problem.status < 500 && error.problem.status !== 429;
    if (!absent) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
    return (
      <Notice
        page
        icon={IconFileOff}
        title={t('portal.document.absent')}
        action={<Link to="/documents">{t('portal.document.toList')}</Link>}
      >
        {t('portal.document.absentWhy')}
      </Notice>
    );
  }
  if (!data) return waiting ? <DocumentSkeleton /> : null;
  return <Shown document={data} key={data.id} />;
}

function Shown({ document }: { document: Document }) {
  const beside = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const onCopy = useOpening(document);
  useNoticeRead(document.id, document.direction === 'sent' && ['returned', 'stopped'].includes(document.status));
  const { correct } = route.useSearch();
  const navigate = useNavigate();
  // One click away: its code is here by then.
  useEffect(() => {
    if (document.direction === 'sent') void loadPanel();
  }, [document.direction]);
  return (
    <>
      {beside ? <Beside document={document} onCopy={onCopy} /> : <Stacked document={document} onCopy={onCopy} />}
      {correct && document.direction === 'sent' && (
        <Suspense>
          <CorrectionPanel
            id={document.id}
            onDocument
            onClose={() => void navigate({ to: '/documents/$id', params: { id: document.id }, search: {}, resetScroll: false })}
            onMove={(id) => void navigate({ to: '/documents/$id', params: { id }, search: { correct: '1' } })}
          />
        </Suspense>
      )}
    </>
  );
}

interface ShownProps {
  document: Document;
  onCopy: () => void;
}

function Beside({ document, onCopy }: ShownProps) {
  // Beside an open correction the copy is what is looked at; the facts wait.
  const correcting = useAsideShown();
  return (
    <div className={`${classes.page} ${correcting ? classes.correcting : ''}`}>
      <DocumentHead document={document} />
      <div className={classes.columns}>
        <div className={classes.facts}>
          <AnswerBox document={document} />
          <NewerVersion document={document} />
          <DocumentTickets id={document.id} />
          <Findings document={document} />
          <Timeline document={document} />
          <Deliveries document={document} />
          <SeenBy id={document.id} />
        </div>
        <div className={classes.sunken}>
          <Content document={document} onCopy={onCopy} />
        </div>
      </div>
    </div>
  );
}

const tabs = ['timeline', 'copy', 'deliveries', 'facts'] as const;

// Phone and tablet: amount, due date and answer first, the rest in tabs, the actions in a bar at the bottom.
function Stacked({ document, onCopy }: ShownProps) {
  const { t, number } = useWords();
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const deliveries = useQuery(deliveriesQuery(document.id)).data?.items.length;
  const shown = tabs.find((name) => name === tab) ?? 'timeline';
  return (
    <div className={classes.stacked}>
      <div className={classes.stackedHead}>
        <DocumentHead document={document} small />
        <AnswerBox document={document} />
        <NewerVersion document={document} />
      </div>
      <Tabs
        value={shown}
        onChange={(value) =>
          void navigate({
            to: '/documents/$id',
            params: { id: document.id },
            search: value && value !== 'timeline' ? { tab: value } : {},
            replace: true,
            resetScroll: false,
          })
        }
        className={classes.stackedTabs}
      >
        <Tabs.List grow>
          {tabs.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              rightSection={name === 'deliveries' && deliveries ? <span className={classes.quiet}>{number(deliveries)}</span> : null}
            >
              {t(`portal.document.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="timeline" className={classes.stackedPanel}>
          <DocumentTickets id={document.id} />
          <Findings document={document} />
          <Timeline document={document} />
        </Tabs.Panel>
        <Tabs.Panel value="copy" className={classes.stackedCopy}>
          <Content document={document} onCopy={onCopy} />
        </Tabs.Panel>
        <Tabs.Panel value="deliveries" className={classes.stackedPanel}>
          <Deliveries document={document} />
        </Tabs.Panel>
        <Tabs.Panel value="facts" className={classes.stackedPanel}>
          <Facts document={document} />
          <SeenBy id={document.id} />
        </Tabs.Panel>
      </Tabs>
      <div className={classes.bottomBar}>
        <Actions document={document} large />
        <Downloads document={document} large small={document.direction === 'sent' || decisionsOf(document).length > 0} />
      </div>
    </div>
  );
}

function NewerVersion({ document }: { document: Document }) {
  const { t } = useWords();
  if (!document.supersededBy) return null;
  return (
    <p className={classes.newer}>
      <Link to="/documents/$id" params={{ id: document.supersededBy }}>
        {t('portal.document.newerVersion')}
      </Link>
    </p>
  );
}

function DocumentSkeleton() {
  const { t } = useWords();
  return (
    <div className={classes.skeleton} role="status" aria-label={t('portal.loading')}>
      <Skeleton height={26} width={260} />
      <Skeleton height={40} />
      <Skeleton height={72} width={420} maw="100%" />
      {Array.from({ length: 5 }, (_, index) => (
        <Skeleton key={index} height={44} width={420} maw="100%" />
      ))}
    </div>
  );
}
