// A list of documents: all, sent or received. What it shows stands in the address.
import { useCallback } from 'react';
import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { asProblem, isAboutQuery, problemWords } from '@/api/problem';
import { documentsQuery, facetsQuery } from '@/api/queries';
import { UploadButton } from '@/frame/uploads/UploadButton';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { PageHead } from '@/ui/PageHead';
import { DocumentList } from './DocumentList';
import { FacetPanel } from './FacetPanel';
import { FilterDrawer } from './FilterDrawer';
import { readKnown } from './knownSearch';
import { filterOf, queryOf, type ListSearch } from './listSearch';
import { Toolbar } from './Toolbar';
import { useColumns } from './useColumns';
import { viewOf, viewsFor } from './views';
import classes from './Documents.module.css';

const paths = { sent: '/documents/sent', received: '/documents/received', all: '/documents' } as const;
const names = { sent: 'sentDocuments', received: 'receivedDocuments', all: 'allDocuments' } as const;

export const AllDocumentsPage = () => <DocumentsPage list="all" />;
export const SentDocumentsPage = () => <DocumentsPage list="sent" />;
export const ReceivedDocumentsPage = () => <DocumentsPage list="received" />;

function DocumentsPage({ list }: { list: keyof typeof paths }) {
  const { t, number } = useWords();
  const path = paths[list];
  const direction = list === 'all' ? undefined : list;
  const search = useSearch({ from: `/frame${path}`, ...reading(readKnown) });
  const navigate = useNavigate();
  const wide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const columns = useColumns();

  const documents = useQuery(documentsQuery(queryOf(search, direction)));
  const facets = useQuery(facetsQuery(filterOf(search, direction)));
  const whole = useQuery(facetsQuery(direction ? { direction } : {}));

  // A new filter or order starts at the first page again; typing does not fill the browser's history.
  const change = useCallback(
    (to: Partial<Record<keyof ListSearch, unknown>>, replace = false) => {
      void navigate({
        to: path,
        // From what the address says by then: a field that is left by a press on a button has changed it already.
        search: (now) => readKnown({ ...now, cursor: undefined, at: undefined, ...to }),
        replace,
        resetScroll: 'cursor' in to,
      });
    },
    [navigate, path],
  );

  const finding = (find: boolean) =>
    void navigate({ to: path, search: (now) => readKnown({ ...now, find: find || undefined }), replace: true, resetScroll: false });
  const problem = documents.error ? asProblem(documents.error) : undefined;
  const refused = problem && isAboutQuery(problem) ? Object.values(problemWords(t, problem)).filter(Boolean).join(' ') : undefined;
  const views = viewsFor(direction);
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <PageHead
          title={t(`portal.documents.${names[list]}`)}
          quiet={whole.data && number(whole.data.total.count)}
          actions={
            direction !== 'received' && <UploadButton />
          }
        />
        <Tabs
          value={viewOf(search, views)}
          onChange={(value) => change({ status: views.find((view) => view.name === value)?.statuses })}
          className={classes.views}
        >
          <Tabs.List aria-label={t('portal.documents.views')}>
            {views.map((view) => (
              <Tabs.Tab
                key={view.name}
                value={view.name}
                rightSection={
                  view.statuses && whole.data ? (
                    <span className={classes.viewCount}>
                      {number(
                        whole.data.status
                          .filter((facet) => view.statuses?.includes(facet.value))
                          .reduce((sum, facet) => sum + facet.count, 0),
                      )}
                    </span>
                  ) : null
                }
              >
                {t(`portal.documents.view.${view.name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </div>
      <div className={classes.body}>
        {wide && (
          <aside className={classes.facets} aria-label={t('portal.documents.filter')}>
            <FacetPanel facets={facets.data} search={search} direction={direction} onChange={change} />
          </aside>
        )}
        <div className={classes.content}>
          <Toolbar
            search={search}
            direction={direction}
            onChange={change}
            columns={columns}
            facets={facets.data}
            refused={refused}
            onFilter={() => finding(true)}
          />
          {refused ? (
            <div className={classes.hold} />
          ) : (
            <DocumentList
              search={search}
              direction={direction}
              documents={documents}
              facets={facets.data}
              columns={columns}
              onChange={change}
            />
          )}
        </div>
      </div>
      <FilterDrawer
        opened={search.find === true}
        onClose={() => finding(false)}
        facets={facets.data}
        search={search}
        direction={direction}
        onChange={change}
      />
    </div>
  );
}
