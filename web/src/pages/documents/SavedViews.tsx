// Views of a list: what stands in its address, under a name. One's own follow the user; those that are shared are the
// company's.
import { useState } from 'react';
import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBookmark, IconUsers, IconX } from '@tabler/icons-react';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { sharedViewsQuery, viewsQuery } from '@/api/people';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { parseSearch, stringifySearch } from '@/search';
import { useWords } from '@/texts/useWords';
import { without } from '@/without';
import { readListSearch, type ListSearch } from './listSearch';
import classes from './Documents.module.css';

type View = components['schemas']['SavedViewsInput']['items'][number];
const paths = { sent: '/documents/sent', received: '/documents/received', documents: '/documents' } as const;

export function SavedViews({ search, direction }: { search: ListSearch; direction: 'sent' | 'received' | undefined }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const list = direction ?? 'documents';
  const { data } = useQuery(viewsQuery);
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const all = data?.items ?? [];
  const mine = all.filter((view) => view.list === list);
  const save = useMutation({
    mutationFn: (items: View[]) => api.put('/api/v1/me/views', { body: { items } }),
    onSuccess: (answer) => {
      client.setQueryData(viewsQuery.queryKey, answer);
      setName('');
    },
  });
  const shared = (useQuery({ ...sharedViewsQuery, enabled: opened }).data?.items ?? []).filter((view) => view.list === list);
  const mayShare = useMay('filters:write');
  const again = () => client.invalidateQueries({ queryKey: sharedViewsQuery.queryKey });
  const share = useMutation({
    mutationFn: (body: components['schemas']['SharedViewInput']) => api.post('/api/v1/views', { body }),
    onSuccess: () => setName(''),
    onSettled: again,
  });
  const removeShared = useMutation({ mutationFn: (viewId: string) => api.delete('/api/v1/views/{viewId}', { path: { viewId } }), onSettled: again });
  const query = stringifySearch(without(search, 'cursor', 'at', 'find')).replace(/^\?/, ''); // a view begins at its first page
  const error = save.error ?? share.error ?? removeShared.error;
  const fault = error ? problemWords(t, asProblem(error)) : undefined;
  const goTo = (view: { query: string }) => {
    setOpened(false);
    void navigate({ to: paths[list], search: readListSearch(parseSearch(`?${view.query}`)) });
  };
  return (
    <Popover position="bottom-end" trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button leftSection={<IconBookmark size={16} stroke={1.75} />} onClick={() => setOpened(!opened)} aria-expanded={opened}>
          {t('portal.views.mine')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.columnChoice}>
        {shared.length > 0 && (
          <section aria-label={t('portal.views.shared')}>
            <h2 className={classes.viewsHead}>{t('portal.views.shared')}</h2>
            {shared.map((view) => (
              <ViewRow
                key={view.id}
                name={view.name}
                title={t('portal.views.sharedBy', { name: view.by })}
                removal={t('portal.views.removeShared', { name: view.name })}
                onOpen={() => goTo(view)}
                {...(view.mayRemove ? { onRemove: () => removeShared.mutate(view.id) } : {})}
              />
            ))}
          </section>
        )}
        {mine.length > 0 && (
          <section aria-label={t('portal.views.own')}>
            {shared.length > 0 && <h2 className={classes.viewsHead}>{t('portal.views.own')}</h2>}
            {mine.map((view) => (
              <ViewRow
                key={view.id}
                name={view.name}
                removal={t('portal.views.remove', { name: view.name })}
                onOpen={() => goTo(view)}
                onRemove={() => save.mutate(all.filter((other) => other.id !== view.id))}
              />
            ))}
          </section>
        )}
        {shared.length + mine.length === 0 && <p className={classes.quiet}>{t('portal.views.noneYet')}</p>}
        <form
          className={classes.saveView}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() && data) save.mutate([...all, { list, name: name.trim(), query }]);
          }}
        >
          <TextInput size="xs" label={t('portal.views.save')} placeholder={t('portal.views.name')} maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" size="xs" loading={save.isPending} disabled={!name.trim() || !data}>
            {t('portal.views.keep')}
          </Button>
        </form>
        {mayShare && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconUsers size={16} stroke={1.75} />}
            loading={share.isPending}
            disabled={!name.trim()}
            onClick={() => share.mutate({ list, name: name.trim(), query })}
          >
            {t('portal.views.share')}
          </Button>
        )}
        {fault && (
          <p role="alert">
            {fault.what} {fault.advice}
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface ViewRowProps {
  name: string;
  title?: string;
  removal: string;
  onOpen: () => void;
  onRemove?: () => void;
}

function ViewRow({ name, title, removal, onOpen, onRemove }: ViewRowProps) {
  return (
    <div className={classes.savedView}>
      <Button variant="subtle" color="gray" justify="start" title={title} onClick={onOpen}>
        {name}
      </Button>
      {onRemove && (
        <ActionIcon aria-label={removal} onClick={onRemove}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      )}
    </div>
  );
}
