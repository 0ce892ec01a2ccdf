// Media without agent and keys. SQLite changes no CHECK, but a column can be put in the place of another; nothing but rows of media refers to it.
export const manualMedia = `
ALTER TABLE media ADD COLUMN mode_anew TEXT NOT NULL DEFAULT 'repair' CHECK (mode_anew IN ('repair', 'safe-boot', 'inspect', 'manual'));
UPDATE media SET mode_anew = mode;
ALTER TABLE media DROP COLUMN mode;
ALTER TABLE media RENAME COLUMN mode_anew TO mode;
`;
