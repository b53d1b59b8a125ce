const heartbeatMs = 15_000;

/**
 * Shows one step of the work: a line when it starts, another every 15 s, and one with the time it
 * took. `work` gets `note(text)`, whose text ends up on the last line.
 */
export async function step(label, work) {
  const started = Date.now();
  const elapsed = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  let remark = '';
  console.log(`  ${label}…`);
  const heartbeat = setInterval(() => console.log(`  ${label}… ${elapsed()}`), heartbeatMs);
  try {
    const result = await work((text) => {
      remark = `, ${text}`;
    });
    console.log(`✓ ${label} (${elapsed()}${remark})`);
    return result;
  } catch (error) {
    console.log(`✗ ${label} (${elapsed()})`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
