import { useEffect, useState } from 'react';

// True once something has lasted long enough to be worth a skeleton: quick answers never flash one.
export function useDelayed(lasting: boolean, milliseconds = 200): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(lasting), lasting ? milliseconds : 0);
    return () => clearTimeout(timer);
  }, [lasting, milliseconds]);
  return lasting && shown;
}
