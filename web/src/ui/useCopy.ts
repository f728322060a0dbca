import { useCallback, useState } from 'react';

// Copies text, also where the clipboard API is missing (plain http on the office network). True for a moment after.
export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const copy = useCallback((text: string) => {
    const done = () => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    };
    if (navigator.clipboard) void navigator.clipboard.writeText(text).then(done);
    else if (copyBySelection(text)) done();
  }, []);
  return [copied, copy];
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const worked = document.execCommand('copy');
  area.remove();
  return worked;
}
