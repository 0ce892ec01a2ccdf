// What a supervisor has set for this desk, one row; every column begins with the value that asks for most care.
export const policies = `
CREATE TABLE policies (
  policies_number INTEGER PRIMARY KEY CHECK (policies_number = 1),
  -- Codes of CALL_STEPS (core/codes.ts) in that order, separated by blanks.
  call_steps TEXT NOT NULL DEFAULT 'identity key-id reason outcome',
  four_eyes_printing INTEGER NOT NULL DEFAULT 1 CHECK (four_eyes_printing IN (0, 1)),
  -- More disclosures than this by one operator in so many minutes are flagged; 0: never.
  disclosure_rate_count INTEGER NOT NULL DEFAULT 20 CHECK (disclosure_rate_count BETWEEN 0 AND 10000),
  disclosure_rate_minutes INTEGER NOT NULL DEFAULT 10 CHECK (disclosure_rate_minutes BETWEEN 1 AND 1440),
  hide_after_s INTEGER NOT NULL DEFAULT 120 CHECK (hide_after_s BETWEEN 10 AND 600),
  clipboard_allowed INTEGER NOT NULL DEFAULT 0 CHECK (clipboard_allowed IN (0, 1)),
  media_without_passcode_allowed INTEGER NOT NULL DEFAULT 0 CHECK (media_without_passcode_allowed IN (0, 1))
) STRICT;
INSERT INTO policies (policies_number) VALUES (1);
`;
