/** One change at Codat. */
export type SetupStep =
  | { kind: 'set-redirect-url'; from: string; to: string }
  | { kind: 'create-consumer'; url: string; eventTypes: string[] }
  | {
      kind: 'delete-consumer';
      id: string;
      disabled: boolean;
      filtered: boolean;
      missingTypes: string[];
    };
