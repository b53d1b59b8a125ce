'use client';

import { type ReactNode, useActionState, useEffect } from 'react';
import { useT } from '#i18n';
import { startLink } from '@/app/(customer)/actions';
import { usePauseRefresh } from '@/components/live/pause-refresh';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Props = {
  companyId: string;
  /** Aims at one connection; without it the person chooses at codat.io. */
  connectionId?: string | undefined;
  look?: 'primary' | 'plain';
  size?: 'medium' | 'large';
  /** Text of the button. */
  children: ReactNode;
  /** More fields, above the button. */
  fields?: ReactNode;
  className?: string;
  buttonClassName?: string;
};

/** The one way to leave for codat.io: a form, so that it works with scripts off. */
export function StartLinkForm(props: Props) {
  const t = useT('connections');
  const [state, action, isLeaving] = useActionState(startLink, idleForm);
  usePauseRefresh(isLeaving);
  useFreshOnReturn(isLeaving);
  return (
    <form action={action} className={props.className}>
      <input type="hidden" name="companyId" value={props.companyId} />
      {props.connectionId ? (
        <input type="hidden" name="connectionId" value={props.connectionId} />
      ) : null}
      {props.fields}
      <FormSummary state={state} />
      <SubmitButton
        look={props.look ?? 'plain'}
        size={props.size ?? 'medium'}
        className={props.buttonClassName}
        pendingText={t('actions.opening')}
      >
        {props.children}
      </SubmitButton>
    </form>
  );
}

/**
 * Reloads the page when the browser restores it as it was left, while `leaving`: otherwise its button
 * would stay pressed, and people who come back from an expired link need it.
 */
function useFreshOnReturn(leaving: boolean): void {
  useEffect(() => {
    if (!leaving) return;
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [leaving]);
}
