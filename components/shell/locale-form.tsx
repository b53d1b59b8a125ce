import { useLocale, useT } from '#i18n';
import { Button } from '@/components/ui/button';
import { localesToChoose } from '@/messages/locales';

/** Another language, where there is one. A plain form, so that it works with scripts off. */
export function LocaleForm() {
  const t = useT('layout');
  const { id } = useLocale();
  const locales = localesToChoose(id);
  if (locales.length < 2) return null;
  return (
    <form action="/locale" method="post" className="flex items-center gap-2">
      <label htmlFor="locale" className="sr-only">
        {t('locale.label')}
      </label>
      <select
        id="locale"
        name="locale"
        defaultValue={id}
        className="min-h-9 rounded-lg border border-line bg-surface px-2 text-sm"
      >
        {locales.map(({ id: value, name, tag }) => (
          <option key={value} value={value} lang={tag} translate="no">
            {name}
          </option>
        ))}
      </select>
      <Button type="submit" size="small">
        {t('locale.choose')}
      </Button>
    </form>
  );
}
