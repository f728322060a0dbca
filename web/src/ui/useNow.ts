// The server's time, for what counts down. Looked at twice a minute: the words go by whole minutes.
import { useEffect, useState } from 'react';
import { now } from '@/format/dates';

const step = 30_000; // milliseconds

export function useNow(): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), step);
    return () => clearInterval(timer);
  }, []);
  return at;
}
