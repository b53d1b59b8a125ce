const OFFERED_BY = ['gbol', 'qhyg', 'mqjo'];

const SAMPLE: Readonly<Record<string, string>> = {
  name: 'Robin Sample',
  given_name: 'Robin',
  middle_name: '',
  family_name: 'Sample',
  nickname: 'Robin',
  preferred_username: 'robin.sample',
  gender: '',
  birthdate: '1980-02-29',
  address: '{"country":"GB"}',
  email: 'robin.sample@example.com',
  email_verified: 'true',
  phone_number: '+44 20 7946 0000',
  phone_number_verified: 'false',
  locale: 'en-GB',
  profile: '',
  picture: '',
  website: '',
  zoneinfo: 'Europe/London',
  updated_at: '1711000000',
};

/** The `openId_*` values of a redirect: a made-up person, where the platform offers OpenID Connect. */
export function openIdValues(platformKey: string): Record<string, string> {
  if (!OFFERED_BY.includes(platformKey)) return {};
  return Object.fromEntries(Object.entries(SAMPLE).map(([key, value]) => [`openId_${key}`, value]));
}
