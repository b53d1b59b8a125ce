import { handleAuth } from '@/lib/auth/oidc/next-auth';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  return handleAuth(request, nextauth);
}

export { handle as GET, handle as POST };
