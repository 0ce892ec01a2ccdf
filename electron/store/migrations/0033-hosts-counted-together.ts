// Hosts of an import are counted hundreds at a time, by who stores them (core/keys/new-hosts.ts): triggers for each of them took longer than all the rest of storing it.
import { adding, countIn, COUNTS, INTO_HOURS, isOpen, key, step, STEPS } from './0018-kept-course.ts';

const values = (row: string): string => `${isOpen(row)}, 0, ${row}.state = 'blocked', 0, ${row}.state = 'repaired', ${row}.state = 'verified'`;
const isStep = (row: string): string => `${row}.state <> 'known' AND ${row}.state <> 'closed'`;

export const hostsCountedTogether = `
DROP TRIGGER hosts_counted_in;
DROP TRIGGER hosts_down_at_once;
CREATE TRIGGER hosts_counted_in AFTER INSERT ON hosts WHEN NEW.import_file_id IS NULL BEGIN ${countIn(key('NEW', '0'))} END;
CREATE TRIGGER hosts_down_at_once AFTER INSERT ON hosts WHEN NEW.import_file_id IS NULL AND NEW.state <> 'known' BEGIN
  ${step(values('NEW'), isStep('NEW'), '1', '0')}
  INSERT INTO hosts_open SELECT NEW.state_at, NEW.host_id WHERE ${isOpen('NEW')};
END;
`;

/** What the triggers would have done for the hosts from `:first` on. They are the last by number, and found by that. */
export const COUNT_NEW_HOSTS: readonly string[] = [
  `INSERT INTO ${COUNTS} SELECT ${key('h', '0')}, count(*) FROM hosts h NOT INDEXED WHERE h.host_id >= :first GROUP BY 1, 2, 4, 5 ON CONFLICT DO UPDATE SET hosts = hosts + excluded.hosts`,
  `INSERT INTO host_steps SELECT h.host_id, 1, h.state_at, ${values('h')} FROM hosts h NOT INDEXED WHERE h.host_id >= :first AND ${isStep('h')}`,
  `${INTO_HOURS} SELECT substr(s.at, 1, 13), coalesce(h.site, ''), 0, ${STEPS.map((name) => `sum(s.${name})`).join(', ')} FROM hosts h NOT INDEXED CROSS JOIN host_steps s ON s.host_id = h.host_id WHERE h.host_id >= :first GROUP BY 1, 2 ${adding}`,
  `INSERT INTO hosts_open SELECT h.state_at, h.host_id FROM hosts h NOT INDEXED WHERE h.host_id >= :first AND ${isOpen('h')}`,
];
