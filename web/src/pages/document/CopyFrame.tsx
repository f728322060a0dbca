// The copy in a frame of its own: no scripts run in it (sandbox), and the portal's theme never reaches it. It is as high
// as its content, and scaled down where it is wider than its place, so that a sheet of paper fits a phone.
import { useRef, useState } from 'react';
import { Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { ApiProblem, unreachable } from '@/api/problem';
import { problemOf } from '@/api/client';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Document.module.css';

type CopyFrameProps = { title: string; onShown: () => void } & ({ href: string; page?: never } | { page: string; href?: never }); // `page`: the copy itself

interface Natural {
  width: number;
  height: number;
}

export function CopyFrame({ href, page: given, title, onShown }: CopyFrameProps) {
  const { ref: placeRef, width: placeWidth } = useElementSize();
  const frame = useRef<HTMLIFrameElement>(null);
  const [natural, setNatural] = useState<Natural>();
  const [fault, setFault] = useState<ApiProblem>();
  const [asked, setAsked] = useState(0);
  const width = placeWidth || 640;
  const scale = natural ? Math.min(1, width / natural.width) : 1;

  const measure = () => {
    const inside = frame.current?.contentDocument;
    if (!inside?.body || inside.contentType !== 'text/html') {
      if (href === undefined) return;
      // A problem instead of a copy: ask again for its words.
      void fetch(href, { headers: { Accept: 'text/html' } }).then(
        async (response) => setFault(response.ok ? unreachable() : await problemOf(response)),
        () => setFault(unreachable()),
      );
      return;
    }
    const { documentElement: page } = inside;
    setNatural({ width: Math.max(page.scrollWidth, width), height: page.scrollHeight });
    onShown();
  };

  if (fault)
    return (
      <ErrorNotice
        error={fault}
        onRetry={() => {
          setFault(undefined);
          setAsked(asked + 1);
        }}
      />
    );
  return (
    <div ref={placeRef} className={classes.paper} style={natural ? { height: natural.height * scale } : undefined}>
      {!natural && <Skeleton height="100%" radius={0} />}
      <iframe
        key={asked}
        ref={frame}
        {...(given === undefined ? { src: href } : { srcDoc: given })}
        title={title}
        sandbox="allow-same-origin"
        onLoad={measure}
        style={{
          width: natural?.width ?? '100%',
          height: natural?.height ?? 400,
          transform: `scale(${scale})`,
          visibility: natural ? 'visible' : 'hidden',
        }}
      />
    </div>
  );
}
