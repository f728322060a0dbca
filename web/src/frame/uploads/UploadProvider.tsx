// Files that a person hands over, by the button or dropped anywhere. They go three at a time; the page stays usable and
// each file's outcome stays until it is put away.
import { createContext, lazy, Suspense, useCallback, useContext, useEffect, useMemo, useReducer, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { asProblem, type Problem } from '@/api/problem';
import { withAllWords } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import { makeKey, sendFile, type Sent } from './sendFile';
import classes from './Uploads.module.css';

const UploadPanel = lazy(() => withAllWords(import('./UploadPanel')));

export interface Upload {
  key: string;
  file: File;
  state: 'waiting' | 'sending' | 'done' | 'refused';
  share: number;
  sent?: Sent;
  problem?: Problem;
  channel?: string; // how it is to go; otherwise the best that reaches
}

type Change =
  | { do: 'add'; uploads: Upload[] }
  | { do: 'set'; key: string; to: Partial<Upload> }
  | { do: 'clear' };

export function reduceUploads(uploads: Upload[], change: Change): Upload[] {
  if (change.do === 'add') return [...uploads, ...change.uploads];
  if (change.do === 'clear') return uploads.filter((upload) => upload.state === 'waiting' || upload.state === 'sending');
  return uploads.map((upload) => (upload.key === change.key ? { ...upload, ...change.to } : upload));
}

const together = 3;
const accepts = '.xml,.zip,application/xml,text/xml,application/zip';
const UploadContext = createContext<(channel?: string) => void>(() => undefined);

// Opens the choice of files, which go by `channel` where that is wished.
export const useUpload = () => useContext(UploadContext);

export function UploadProvider({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [uploads, change] = useReducer(reduceUploads, []);
  const started = useRef(new Set<string>());
  const input = useRef<HTMLInputElement>(null);
  const wish = useRef<string>(undefined);

  const add = useCallback((files: Iterable<File>, channel?: string) => {
    const fresh = [...files].map((file): Upload => ({ key: makeKey(), file, state: 'waiting', share: 0, ...(channel ? { channel } : {}) }));
    if (fresh.length > 0) change({ do: 'add', uploads: fresh });
  }, []);
  const dragging = useDropAnywhere(add);

  useEffect(() => {
    const busy = uploads.filter((upload) => upload.state === 'sending').length;
    const next = uploads.filter((upload) => upload.state === 'waiting' && !started.current.has(upload.key));
    for (const upload of next.slice(0, Math.max(0, together - busy))) {
      started.current.add(upload.key);
      change({ do: 'set', key: upload.key, to: { state: 'sending' } });
      sendFile(upload, (share) => change({ do: 'set', key: upload.key, to: { share } }))
        .then((sent) => {
          change({ do: 'set', key: upload.key, to: { state: 'done', share: 1, sent } });
          for (const key of ['documents', 'facets', 'overview']) void client.invalidateQueries({ queryKey: [key] });
        })
        .catch((error: unknown) => change({ do: 'set', key: upload.key, to: { state: 'refused', problem: asProblem(error) } }));
    }
  }, [uploads, client]);

  const retry = useCallback((key: string) => {
    started.current.delete(key); // the same Idempotency-Key: what did arrive is not doubled
    change({ do: 'set', key, to: { state: 'waiting', share: 0 } });
  }, []);
  const choose = useMemo(
    () => (channel?: string) => {
      wish.current = channel;
      input.current?.click();
    },
    [],
  );

  return (
    <UploadContext value={choose}>
      {children}
      <input
        ref={input}
        type="file"
        multiple
        accept={accepts}
        hidden
        aria-label={t('portal.upload.choose')}
        onChange={(event) => {
          add(event.currentTarget.files ?? [], wish.current);
          event.currentTarget.value = '';
        }}
      />
      {dragging && (
        <div className={classes.drop}>
          <div>
            <IconUpload size={32} stroke={1.5} aria-hidden />
            <p>{t('portal.upload.drop')}</p>
            <p className={classes.dropHelp}>{t('portal.upload.dropHelp')}</p>
          </div>
        </div>
      )}
      <Suspense>{uploads.length > 0 && <UploadPanel uploads={uploads} onClear={() => change({ do: 'clear' })} onRetry={retry} />}</Suspense>
    </UploadContext>
  );
}

function useDropAnywhere(add: (files: Iterable<File>) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setDragging(false);
    };
    const over = (event: DragEvent) => carriesFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setDragging(false);
      add(event.dataTransfer?.files ?? []);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [add]);
  return dragging;
}
