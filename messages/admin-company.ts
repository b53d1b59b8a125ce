import texts from './en/admin-company.json';
import { textsByKey, translatorOf } from './translator';

export const t = translatorOf(texts);

/** What an action of staff answered with, by its key, e.g. `adminCompany.reread.same`. */
export const { text: adminCompanyText } = textsByKey({ adminCompany: texts });
