import { useT } from '#i18n';
import { EmptyList } from '@/app/(admin)/admin/_components/empty-list';
import type { CompanyListInput } from '@/lib/companies/list/schemas';
import type { T } from '@/messages/translator';
import { filterNames } from './filter-names';

/** Tells an empty portal apart from a list, a state or a search without a result. */
export function NoCompanies({ input }: { input: CompanyListInput }) {
  const admin = useT('admin');
  const t = useT('adminCompanies');
  const { title, text, isFiltered } = explain(admin, t, input);
  const action = isFiltered
    ? ({ href: '/admin/companies', text: t('none.action') } as const)
    : undefined;
  return <EmptyList title={title} text={text} action={action} />;
}

function explain(admin: T<'admin'>, t: T<'adminCompanies'>, input: CompanyListInput) {
  const set = filterNames.filter((name) => input[name]);
  const [only] = set;
  const isFiltered = true;
  if (input.q !== '') {
    return {
      title: t('none.searched.title'),
      text: t('none.searched.text', { words: input.q }),
      isFiltered,
    };
  }
  if (set.length > 1) {
    return { title: t('none.filtered.title'), text: t('none.filtered.text'), isFiltered };
  }
  if (only === 'show' && input.show) {
    return { title: t(`none.${input.show}.title`), text: t(`none.${input.show}.text`), isFiltered };
  }
  if (only === 'status' && input.status) {
    const state = admin(`attention.${input.status}`);
    return { title: t('none.state.title'), text: t('none.state.text', { state }), isFiltered };
  }
  if (only) return { title: t('none.filtered.title'), text: t('none.filtered.text'), isFiltered };
  return { title: t('none.empty.title'), text: t('none.empty.text'), isFiltered: false };
}
