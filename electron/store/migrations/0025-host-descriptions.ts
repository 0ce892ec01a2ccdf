// What a directory says of a computer in words. Never a secret: what may be one is not taken in (formats/intake/host-facts.ts).
export const hostDescriptions = `
ALTER TABLE hosts ADD COLUMN description TEXT;
`;
