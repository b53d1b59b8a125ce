/** @jsxImportSource hono/jsx */
import type { listRequests } from '@/sandbox/api/request-log';
import { PanelPage } from './panel-page';

interface RequestsPageProps {
  /** Newest first. */
  requests: ReturnType<typeof listRequests>;
  quota: { limit: number; remaining: number };
}

/** The last calls of the API. */
export function RequestsPage({ requests, quota }: RequestsPageProps) {
  return (
    <PanelPage title="API calls" section="/_sandbox/requests" note={undefined}>
      <p class="soft">{`${quota.remaining} of ${quota.limit} calls left today.`}</p>
      <section class="card scroll" aria-label="Calls" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">Method</th>
              <th scope="col">Path</th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {requests.map(({ id, at, method, path, query, status }) => (
              <tr key={id}>
                <td>{at}</td>
                <td>{method}</td>
                <td>
                  <code>{`${path}${query}`}</code>
                </td>
                <td>{status === 0 ? 'dropped' : (status ?? 'under way')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {requests.length === 0 && <p class="soft">No call yet.</p>}
      </section>
    </PanelPage>
  );
}
