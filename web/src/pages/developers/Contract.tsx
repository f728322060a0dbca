// The contract, shown by Swagger UI as it is delivered: a bundle and a style sheet of their own, fetched when the page is
// open and from this server alone. A call that is tried from here carries the key that was typed in and nothing of the
// portal's session.
import { useEffect, useRef, useState } from 'react';
import { Skeleton, useComputedColorScheme } from '@mantine/core';
import styles from 'swagger-ui-dist/swagger-ui.css?url';
import { unreachable } from '@/api/problem';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Developers.module.css';

function withStyles(): Promise<HTMLLinkElement> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = styles;
    link.onload = () => resolve(link);
    link.onerror = () => reject(unreachable());
    document.head.append(link);
  });
}

async function show(box: HTMLElement): Promise<HTMLLinkElement> {
  const [{ default: SwaggerUI }, link] = await Promise.all([import('swagger-ui-dist/swagger-ui-es-bundle.js'), withStyles()]);
  SwaggerUI({
    domNode: box,
    url: '/api/openapi.json',
    validatorUrl: null,
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    filter: true,
    persistAuthorization: false,
    requestInterceptor: (request) => ({ ...request, credentials: 'omit' }),
  });
  return link;
}

export function Contract() {
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'fetching' | 'shown'>('fetching');
  const [fault, setFault] = useState<unknown>();
  const [round, setRound] = useState(0);
  useDarkMode();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let isGone = false;
    let link: HTMLLinkElement | undefined;
    show(element).then(
      (added) => {
        link = added;
        if (isGone) added.remove();
        else setState('shown');
      },
      (error: unknown) => !isGone && setFault(error),
    );
    return () => {
      isGone = true;
      link?.remove();
      element.replaceChildren();
    };
  }, [round]);
  const again = () => {
    setFault(undefined);
    setRound((before) => before + 1);
  };
  return (
    <>
      {fault !== undefined && <ErrorNotice error={fault} onRetry={again} />}
      {fault === undefined && state === 'fetching' && <Skeleton height={480} mt="md" />}
      <div ref={box} className={classes.contract} />
    </>
  );
}

// Swagger UI's own dark colours hang on a class of the root.
function useDarkMode() {
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    document.documentElement.classList.toggle('dark-mode', scheme === 'dark');
    return () => document.documentElement.classList.remove('dark-mode');
  }, [scheme]);
}
