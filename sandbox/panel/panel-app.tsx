/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import type { World } from '@/sandbox/world';

export function createPanel(_world: World): Hono {
  return new Hono();
}
