export interface SourcePart {
  kind: 'text' | 'tag' | 'value' | 'comment';
  text: string;
}

const token = /(<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$))|(<\/?[^\s<>/]+|\/?>)|((?<==)"[^"<]*"|(?<==)'[^'<]*')/g;

// Cuts XML into parts for colouring. Nothing is changed: the parts joined are the text. Anything else is plain text.
export function colourXml(xml: string): SourcePart[] {
  const parts: SourcePart[] = [];
  let at = 0;
  for (const match of xml.matchAll(token)) {
    if (match.index > at) parts.push({ kind: 'text', text: xml.slice(at, match.index) });
    parts.push({ kind: match[1] ? 'comment' : match[2] ? 'tag' : 'value', text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < xml.length) parts.push({ kind: 'text', text: xml.slice(at) });
  return parts;
}
