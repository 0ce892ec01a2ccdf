// Courses of 19 July 2024 as far as figures were published: how many, and at which hours after 05:00 UTC that Friday how many were back. Between two figures nothing is known; they are joined by work in daytime.

export interface RealCourse {
  readonly name: string; readonly hosts: number;
  /** Hours since the beginning and how many were back by then, in order; the last is the end. */
  readonly known: readonly (readonly [hour: number, back: number])[];
  readonly people: number;
}

export const REAL_COURSES: readonly RealCourse[] = [
  // 15,000 servers and 70,000 PCs down; about 20,000 still open after the weekend; up to four weeks; about 70 people at the first call.
  { name: 'Providence', hosts: 85_000, known: [[0, 0], [76, 65_000], [672, 85_000]], people: 70 },
  // More than 3,000 PCs, a task force of about 40, eight days.
  { name: 'Yale', hosts: 3_000, known: [[0, 0], [192, 3_000]], people: 40 },
  // Hundreds of PCs and more than 100 servers, all by Monday afternoon.
  { name: 'Grant Thornton AU', hosts: 500, known: [[0, 0], [76, 500]], people: 8 },
  // 9,000 to 10,000 PCs; a firm's team worked two days.
  { name: 'UKSH', hosts: 9_500, known: [[0, 0], [48, 9_500]], people: 40 },
  // About 99 % of all sensors by 29 July 20:00 EDT; nothing is known of the last one.
  { name: 'Falcon sensors, to 99 % (in thousands)', hosts: 8_415, known: [[0, 0], [259, 8_415]], people: 100 },
];
