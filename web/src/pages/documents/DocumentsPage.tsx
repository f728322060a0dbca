// A list of documents: all, sent or received. What it shows stands in the address.
import { useCallback, useState } from 'react';
import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { documentsQuery, facetsQuery } from '@/api/queries';
import { UploadButton } from '@/frame/uploads/UploadButton';
import { useWords } from '@/texts/useWords';
import { PageHead } from '@/ui/PageHead';
import { DocumentList } from './DocumentList';
import { FacetPanel } from './FacetPanel';
import { FilterDrawer } from './FilterDrawer';
import { filterOf, queryOf, readListSearch, type ListSearch } from './listSearch';
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
  const search = useSearch({ from: `/frame${path}` });
  const navigate = useNavigate();
  const wide = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false });
  const [filtering, setFiltering] = useState(false);
  const columns = useColumns();

  const documents = useQuery(documentsQuery(queryOf(search, direction)));
  const facets = useQuery(facetsQuery(filterOf(search, direction)));
  const whole = useQuery(facetsQuery(direction ? { direction } : {}));

  // A new filter or order starts at the first page again; typing does not fill the browser's history.
  const change = useCallback(
    (to: Partial<Record<keyof ListSearch, unknown>>, replace = false) => {
      const next = { ...search, cursor: undefined, at: undefined, ...to };
      void navigate({ to: path, search: readListSearch(next as Record<string, unknown>), replace, resetScroll: 'cursor' in to });
    },
    [navigate, path, search],
  );

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
            onFilter={() => setFiltering(true)}
          />
          <DocumentList
            search={search}
            direction={direction}
            documents={documents}
            facets={facets.data}
            columns={columns}
            onChange={change}
          />
        </div>
      </div>
      <FilterDrawer
        opened={filtering}
        onClose={() => setFiltering(false)}
        facets={wide ? undefined : facets.data}
        withFacets={!wide}
        search={search}
        direction={direction}
        onChange={change}
      />
    </div>
  );
}
