'use client';

import { useEffect } from 'react';

const hydrated = 'portal:hydrated';

/**
 * Keeps what people type before the page's scripts have loaded. A password manager may have put its
 * own element into a form by then; React finds a page that it did not make and makes it again, with
 * empty fields. Put this first in the body.
 */
export function KeepTyped({ nonce }: { nonce?: string | undefined }) {
  useEffect(() => {
    document.dispatchEvent(new Event(hydrated));
  }, []);
  return (
    <script
      {...(nonce && { nonce })}
      // The browser hides the nonce, and this part's own bundles differ in how they are minified.
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own function, which runs before any bundle.
      dangerouslySetInnerHTML={{
        __html: `(${restoreTyped.toString()})(${JSON.stringify(hydrated)})`,
      }}
    />
  );
}

type TypedField = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Runs as text in the page: it may use nothing from outside, nor what compilers need helpers for. */
function restoreTyped(endsAt: string): void {
  const fields = 'input:not([type=hidden],[type=file]),select,textarea';
  const waiting = new Map<string, TypedField>();
  let focused: EventTarget | null = null;

  /** Fields in these nodes, each under what tells it from the others. */
  const namedIn = (lists: NodeList[]): Map<string, TypedField> => {
    const found = new Map<string, TypedField>();
    const add = (field: TypedField) => {
      const name = `${field.tagName} ${field.id} ${field.name} ${field.type}`;
      let i = 0;
      while (found.has(`${name} ${i}`)) i += 1;
      found.set(`${name} ${i}`, field);
    };
    for (const list of lists) {
      for (const node of Array.from(list)) {
        if (!(node instanceof Element)) continue;
        if (node.matches(fields)) add(node as TypedField);
        for (const field of Array.from(node.querySelectorAll(fields))) add(field as TypedField);
      }
    }
    return found;
  };
  const wasTyped = (field: TypedField): boolean => {
    if (field instanceof HTMLSelectElement) {
      return Array.from(field.options).some((option) => option.selected !== option.defaultSelected);
    }
    if (field.type === 'checkbox' || field.type === 'radio') {
      const box = field as HTMLInputElement;
      return box.checked !== box.defaultChecked;
    }
    return field.value !== field.defaultValue;
  };
  const restore = (from: TypedField, to: TypedField): void => {
    if (from.type === 'checkbox' || from.type === 'radio') {
      (to as HTMLInputElement).checked = (from as HTMLInputElement).checked;
    } else {
      to.value = from.value;
    }
    to.dispatchEvent(new Event('input', { bubbles: true }));
    to.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const refocus = (from: TypedField, to: TypedField): void => {
    to.focus({ preventScroll: true });
    if (from instanceof HTMLSelectElement || to instanceof HTMLSelectElement) return;
    // Fields such as those of an address have no selection.
    if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd);
  };

  const observer = new MutationObserver((records) => {
    for (const [name, field] of namedIn(records.map(({ removedNodes }) => removedNodes))) {
      if (!field.isConnected && (wasTyped(field) || field === focused)) waiting.set(name, field);
    }
    for (const [name, field] of namedIn(records.map(({ addedNodes }) => addedNodes))) {
      const old = waiting.get(name);
      if (!old || old === field || !field.isConnected) continue;
      waiting.delete(name);
      if (wasTyped(old)) restore(old, field);
      if (old === focused && document.activeElement === document.body) refocus(old, field);
    }
  });
  const noteFocus = ({ target }: FocusEvent): void => {
    focused = target;
  };
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener('focusin', noteFocus);
  document.addEventListener(
    endsAt,
    () => {
      // What this very hydration has changed is still to be heard of.
      setTimeout(() => {
        observer.disconnect();
        document.removeEventListener('focusin', noteFocus);
      });
    },
    { once: true },
  );
}
