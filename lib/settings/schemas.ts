import { z } from 'zod';

/** Empty takes the URL away. */
export const inviteUrlSchema = z.object({
  inviteUrl: z.string().trim().max(500, 'errors.inviteUrl'),
});

/** The Invite company URL as staff see it. */
export type InviteUrl = {
  /** Null while none is kept, or it does not work because links are one-time. */
  url: string | null;
  /** With one-time links Codat offers no Invite company URL. */
  isHidden: boolean;
};
