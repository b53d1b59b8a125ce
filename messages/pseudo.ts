const filler = 'ėxtřą ŵöŕđs ťő mąķê įť lôņĝèř ';

/** A message in brackets and at least 40 % longer. What it takes and its plurals stay as they are. */
export function pseudoText(message: string): string {
  const more = Math.max(4, Math.ceil(message.length * 0.4));
  const padding = filler.repeat(Math.ceil(more / filler.length)).slice(0, more);
  return `⟦${message} ${padding.trim()}⟧`;
}

/** A tree of messages with `pseudoText` applied to each. */
export function pseudoTexts<Tree>(tree: Tree): Tree {
  if (typeof tree === 'string') return pseudoText(tree) as Tree;
  const entries = Object.entries(tree as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, value]) => [key, pseudoTexts(value)])) as Tree;
}
