import { Card } from '@/components/ui/card';
import type { CheckGroup, StoredFinding } from '@/lib/operations/checks/schemas';
import { t } from '@/messages/settings';
import { FindingRow } from './finding-row';

/** Where on the page a group stands; the overview and the summary lead there. */
export const groupAnchor = (group: CheckGroup) => `group-${group}`;

type Props = { group: CheckGroup; findings: StoredFinding[] };

export function CheckGroupCard({ group, findings }: Props) {
  if (findings.length === 0) return null;
  const titleId = groupAnchor(group);
  return (
    <Card>
      <h2
        id={titleId}
        className="scroll-mt-20 border-b border-line px-4 py-3 font-semibold sm:px-5"
      >
        {t(`groups.${group}`)}
      </h2>
      <ul aria-labelledby={titleId} className="divide-y divide-line">
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </ul>
    </Card>
  );
}
