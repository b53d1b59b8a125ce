import { handleAuth } from '@/lib/auth/oidc/next-auth';

type Context = RouteContext<'/api/auth/[...nextauth]'>;

async function handle(request: Request, { params }: Context): Promise<Response> {
  const { nextauth } = await params;
  return handleAuth(request, nextauth);
}

export { handle as GET, handle as POST };
