// The list that a document was opened from, so that j and k can walk on from there. Kept while the portal is open.
export interface ListMemory {
  ids: string[];
  before: number; // rows in front of the first id
  total: number | undefined;
}

let remembered: ListMemory | undefined;

export function rememberList(list: ListMemory): void {
  remembered = list;
}

export interface Place {
  position: number; // 1 for the first
  total: number | undefined;
  previous: string | undefined;
  next: string | undefined;
}

export function placeInList(id: string, list: ListMemory | undefined = remembered): Place | undefined {
  const index = list?.ids.indexOf(id) ?? -1;
  if (!list || index < 0) return undefined;
  return { position: list.before + index + 1, total: list.total, previous: list.ids[index - 1], next: list.ids[index + 1] };
}
