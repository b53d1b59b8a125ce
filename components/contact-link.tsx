type Brand = { supportEmail: string | null; supportPhone: string | null };

/** Where customers get help: the operator's address, or else its phone; null where neither is set. */
export function contactOf({ supportEmail, supportPhone }: Brand): string | null {
  return supportEmail ?? supportPhone;
}

/** The same as a link. */
export function ContactLink({ brand }: { brand: Brand }) {
  const contact = contactOf(brand);
  if (!contact) return null;
  const href = brand.supportEmail ? `mailto:${contact}` : `tel:${contact.replace(/[^\d+]/g, '')}`;
  return (
    <a href={href} className="font-medium text-ink underline underline-offset-4" translate="no">
      {contact}
    </a>
  );
}
