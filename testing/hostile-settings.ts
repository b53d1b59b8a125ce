/**
 * What every test's database is set to, as an operator's may be. Each makes something of ours fail
 * unless our sessions set it themselves (`db/session.ts`).
 */
export const hostileSettings = [
  ['datestyle', 'SQL, DMY'],
  ['intervalstyle', 'sql_standard'],
  ['timezone', 'Pacific/Chatham'],
  ['bytea_output', 'escape'],
  ['extra_float_digits', '-15'],
  ['search_path', 'nowhere'],
  ['standard_conforming_strings', 'off'],
  ['backslash_quote', 'on'],
  ['transform_null_equals', 'on'],
  ['array_nulls', 'off'],
  ['quote_all_identifiers', 'on'],
  ['default_transaction_isolation', 'serializable'],
  ['default_transaction_deferrable', 'on'],
  ['row_security', 'off'],
  ['gin_fuzzy_search_limit', '1'],
  ['exit_on_error', 'on'],
  ['statement_timeout', '50'],
  ['lock_timeout', '1'],
  ['idle_session_timeout', '1000'],
  ['idle_in_transaction_session_timeout', '50'],
] as const;
