// What is typed between asking for the search and its field being there. Nobody's first figures are lost.
let typed = '';

function take(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Backspace') typed = typed.slice(0, -1);
  else if (event.key.length === 1) typed += event.key;
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function startTypeAhead(): void {
  typed = '';
  window.addEventListener('keydown', take, true);
}

// Ends it and gives what came.
export function endTypeAhead(): string {
  window.removeEventListener('keydown', take, true);
  const all = typed;
  typed = '';
  return all;
}
