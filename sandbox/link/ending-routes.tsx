/** @jsxImportSource hono/jsx */
import { type Context, Hono } from 'hono';
import { sendPage } from '@/sandbox/pages/send-page';
import type { World } from '@/sandbox/world';
import { type Ending, finishFlow } from './finish-flow';
import { NoticePage } from './notice-page';
import { QuestionPage } from './result-pages';
import { LinkRefusal, requireVisit } from './visit';

function describeEnd(statusCode: number | undefined): { heading: string; text: string } {
  if (statusCode === 200) {
    return { heading: 'You are all set', text: 'Your data is connected. You can close this page.' };
  }
  if (statusCode === 201) {
    return { heading: 'Nothing was changed', text: 'You can close this page.' };
  }
  return {
    heading: 'You left before finishing',
    text: 'Nothing was connected. You can close this page and come back at any time.',
  };
}

/** Completing or leaving: the redirect to the client, or a built-in page where none is configured. */
export function endingRoutes(world: World): Hono {
  const routes = new Hono();

  function end(c: Context, ending: Ending): Response {
    const { flow, base } = requireVisit(world, c, true);
    const result = finishFlow(world, flow, ending);
    if ('refused' in result) {
      throw new LinkRefusal(
        400,
        'This redirect isn’t allowed',
        'The Redirect URL points to a host that isn’t in the allowed redirect URLs.',
      );
    }
    return c.redirect(result.url ?? `${base}/done`, 302);
  }

  routes.post('/link/:flowId/complete', (c) => end(c, 'complete'));
  routes.post('/link/:flowId/leave', (c) => end(c, 'leave'));

  routes.get('/link/:flowId/leave', (c) => {
    const { flow, base, clientName } = requireVisit(world, c);
    const back = flow.connectionId ? `${base}/connections/${flow.connectionId}` : base;
    return sendPage(
      c,
      <QuestionPage
        clientName={clientName}
        heading="Leave without finishing?"
        action={`${base}/leave`}
        yes="Yes, leave"
        no="No, stay here"
        back={back}
      >
        What you have connected stays connected. You can come back at any time.
      </QuestionPage>,
    );
  });

  routes.get('/link/:flowId/done', (c) => {
    const { flow, clientName } = requireVisit(world, c, true);
    const { heading, text } = describeEnd(flow.finishedWith?.statusCode);
    return sendPage(c, <NoticePage clientName={clientName} heading={heading} text={text} />);
  });

  return routes;
}
