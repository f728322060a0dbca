// What is being done with one Smartmail or many: first asked about where money leaves or a deadline moves, then done, then
// told for each.
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { actOn, type ActionName, type ActionOutcome, type SmartmailItem } from '@/api/smartmail';

// What an action needs to know of a document, and what is said about it afterwards.
export interface Target {
  id: string;
  number: string | null;
  letterPrice: SmartmailItem['letterPrice'];
}

export const targetOf = ({ document, letterPrice }: SmartmailItem): Target => ({ id: document.id, number: document.number, letterPrice });

export interface Done {
  action: ActionName;
  targets: readonly Target[];
  outcomes: readonly ActionOutcome[];
}

export interface Acting {
  asked: { action: Exclude<ActionName, 'remind'>; targets: readonly Target[] } | undefined;
  done: Done | undefined;
  busy: boolean;
  start: (action: ActionName, targets: readonly Target[]) => void;
  confirm: (days?: number) => void;
  dismiss: () => void; // the question
  forget: () => void; // the outcome
}

export function useActing(): Acting {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Acting['asked']>();
  const [done, setDone] = useState<Done>();
  const [busy, setBusy] = useState(false);

  const run = async (action: ActionName, targets: readonly Target[], days?: number) => {
    setBusy(true);
    setDone(undefined);
    const outcomes = await actOn(action, targets.map((target) => target.id), days);
    setBusy(false);
    setAsked(undefined);
    setDone({ action, targets, outcomes });
    for (const key of ['smartmail', 'document', 'documents', 'facets', 'overview']) void client.invalidateQueries({ queryKey: [key] });
  };

  return {
    asked,
    done,
    busy,
    start: (action, targets) => {
      if (busy || targets.length === 0) return;
      if (action === 'remind') void run(action, targets);
      else setAsked({ action, targets });
    },
    confirm: (days) => {
      if (asked && !busy) void run(asked.action, asked.targets, days);
    },
    dismiss: () => setAsked(undefined),
    forget: () => setDone(undefined),
  };
}
