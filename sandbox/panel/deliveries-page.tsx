/** @jsxImportSource hono/jsx */
import type { listDeliveries } from '@/sandbox/webhooks/deliveries';
import { PanelPage, PostButton } from './panel-page';

type Delivery = ReturnType<typeof listDeliveries>[number];

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { webhookId, eventType, companyId, generatedDate, state, attempts } = delivery;
  return (
    <tr>
      <td>
        {eventType}
        <br />
        <code class="soft">{webhookId}</code>
      </td>
      <td>
        {companyId ? (
          <a href={`/_sandbox/companies/${companyId}`}>
            <code>{companyId.slice(0, 8)}</code>
          </a>
        ) : (
          'client'
        )}
      </td>
      <td>{generatedDate}</td>
      <td>
        <span class={`status ${state}`}>{delivery.dropped ? 'Dropped on purpose' : state}</span>
        {delivery.nextAttemptAt && state !== 'Success' && (
          <div class="soft">next {delivery.nextAttemptAt}</div>
        )}
      </td>
      <td>
        {attempts.map(({ at, status, error }) => (
          <div key={at}>
            {at.slice(11, 19)} {error ?? status}
          </div>
        ))}
      </td>
      <td>
        <PostButton action={`/_sandbox/deliveries/${webhookId}/resend`} back="/_sandbox/deliveries">
          Resend
        </PostButton>
      </td>
    </tr>
  );
}

interface DeliveriesPageProps {
  /** Newest first. */
  deliveries: readonly Delivery[];
  note: string | undefined;
}

/** The last webhooks with each attempt. */
export function DeliveriesPage({ deliveries, note }: DeliveriesPageProps) {
  return (
    <PanelPage title="Webhook deliveries" section="/_sandbox/deliveries" note={note}>
      <section class="card scroll" aria-label="Deliveries" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">Company</th>
              <th scope="col">Generated</th>
              <th scope="col">State</th>
              <th scope="col">Attempts</th>
              <th scope="col">Action</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.webhookId} delivery={delivery} />
            ))}
          </tbody>
        </table>
        {deliveries.length === 0 && <p class="soft">Nothing has been sent yet.</p>}
      </section>
    </PanelPage>
  );
}
