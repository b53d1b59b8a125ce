/** The source of a status change. */
export type ChangeSource = 'webhook' | 'read' | 'return' | 'sweep' | 'customer' | 'admin';
