// The panel beside a page: at 1280 px and wider it stands next to what it is about, otherwise it covers the screen.
import { createContext, useContext, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { ActionIcon, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { createPortal } from 'react-dom';
import { IconX } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import classes from './Aside.module.css';

export const asideFrom = 1280;

interface AsidePlace {
  host: HTMLElement | null;
  setHost: (host: HTMLElement | null) => void;
  shown: boolean;
  setShown: (shown: boolean) => void;
}

const Place = createContext<AsidePlace>({ host: null, setHost: () => undefined, shown: false, setShown: () => undefined });

export function AsidePlaceProvider({ children }: { children: (place: AsidePlace) => ReactNode }) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [shown, setShown] = useState(false);
  const place = useMemo(() => ({ host, setHost, shown, setShown }), [host, shown]);
  return <Place value={place}>{children(place)}</Place>;
}

// Whether a panel takes room beside the page.
export const useAsideShown = () => useContext(Place).shown;

interface AsideProps {
  title: string;
  under?: ReactNode;
  foot?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

export function Aside({ title, under, foot, onClose, children }: AsideProps) {
  const wide = useMediaQuery(`(min-width: ${asideFrom}px)`, undefined, { getInitialValueInEffect: false });
  const { host, setShown } = useContext(Place);
  useEffect(() => {
    setShown(wide);
    return () => setShown(false);
  }, [wide, setShown]);
  const inner = (
    <Panel title={title} under={under} foot={foot} onClose={onClose} takesFocus={wide}>
      {children}
    </Panel>
  );
  if (wide) return host ? createPortal(inner, host) : null;
  return (
    <Drawer.Root opened onClose={onClose} position="right" size="100%" transitionProps={{ duration: 0 }}>
      <Drawer.Content aria-label={title} classNames={{ content: classes.drawer }}>
        {inner}
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Panel({ title, under, foot, onClose, children, takesFocus }: AsideProps & { takesFocus: boolean }) {
  const { t } = useWords();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    const before = document.activeElement;
    // A field inside that asked for the focus keeps it.
    if (!heading.current?.closest('section')?.contains(before)) heading.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [takesFocus]);
  return (
    <section
      className={classes.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !takesFocus) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={classes.head}>
        <div>
          <h2 id={id} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {under && <p>{under}</p>}
        </div>
        <ActionIcon size={36} onClick={onClose} aria-label={t('portal.close')} className={classes.close}>
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      </header>
      <div className={classes.body}>{children}</div>
      {foot && <footer className={classes.foot}>{foot}</footer>}
    </section>
  );
}
