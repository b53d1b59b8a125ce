type DemoConnection = { platformKey: string; status: string };

export type DemoBusiness = {
  email: string;
  owner: string;
  name: string;
  connections: DemoConnection[];
};

/** Password of every demo login. They exist only in demo, dev and test. */
export const demoPassword = 'demo-password-1';

/** Businesses in every status, so that both demo logins have something to look at. */
export const demoBusinesses: DemoBusiness[] = [
  {
    email: 'owner@example.com',
    owner: 'Amelia Marlow',
    name: 'Marlow & Finch Bakery',
    connections: [
      { platformKey: 'gbol', status: 'Linked' },
      { platformKey: 'suuo', status: 'Linked' },
      { platformKey: 'exgd', status: 'Deauthorized' },
      { platformKey: 'fztf', status: 'PendingAuth' },
      { platformKey: 'zsth', status: 'Unlinked' },
    ],
  },
  {
    email: 'tobias@example.com',
    owner: 'Tobias Krüger',
    name: 'Nordlicht Fahrräder GmbH',
    connections: [
      { platformKey: 'qhyg', status: 'Linked' },
      { platformKey: 'ugxp', status: 'Linked' },
    ],
  },
  {
    email: 'priya@example.com',
    owner: 'Priya Raman',
    name: 'Raman Dental Practice',
    connections: [{ platformKey: 'gbol', status: 'Deauthorized' }],
  },
  {
    email: 'kwame@example.com',
    owner: 'Kwame Mensah',
    name: 'Mensah Joinery',
    connections: [{ platformKey: 'tgff', status: 'PendingAuth' }],
  },
  {
    email: 'sofia@example.com',
    owner: 'Sofia Almeida',
    name: 'Casa Almeida Imports',
    connections: [{ platformKey: 'vxvy', status: 'Unlinked' }],
  },
  {
    email: 'jun@example.com',
    owner: 'Jun Takahashi',
    name: '日本茶 Takahashi Tea',
    connections: [],
  },
  {
    email: 'eleanor@example.com',
    owner: 'Eleanor Whitcombe-Fairweather',
    name: 'The Whitcombe-Fairweather Partnership for Sustainable Coastal Engineering and Harbour Restoration',
    connections: [
      { platformKey: 'akxx', status: 'Linked' },
      { platformKey: 'suuo', status: 'Deauthorized' },
    ],
  },
];

/** A business that came to Codat without the portal: for staff to assign. */
export const foundBusiness = {
  name: 'Orchard Lane Ceramics',
  tags: { region: 'south-west' },
  connections: [{ platformKey: 'gbol', status: 'Linked' }] satisfies DemoConnection[],
};
