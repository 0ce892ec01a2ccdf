// Codes for scanners as bwip-js computes them, each drawn as one path: nothing that is an image or has an address.
import { code128, qrcode, type DrawingContext } from 'bwip-js/browser';

/** `path` in units of the code, its quiet zone included. */
export interface Drawn { readonly width: number; readonly height: number; readonly path: string }

/** Modules of quiet zone: ISO/IEC 18004 asks for 4 around a QR code, ISO/IEC 15417 for 10 left and right of Code 128. */
const QR_QUIET = 4;
const BAR_QUIET = 10;
const BAR_ABOVE = 4;
/** bwip-js draws a module of a matrix two units wide, and one of a bar code one. */
const QR_UNITS = 2;

/** @param text Digits alone are coded in numeric mode. Units: half modules. */
export function qrCode(text: string): Drawn {
  return qrcode({ bcid: 'qrcode', text, scale: 1 }, pathDrawing(QR_QUIET * QR_UNITS, QR_QUIET * QR_UNITS));
}

/** @param text Pairs of digits are coded in set C. Units: modules. */
export function barCode(text: string): Drawn {
  return code128({ bcid: 'code128', text, scale: 1, height: 16 }, pathDrawing(BAR_QUIET, BAR_ABOVE));
}

/** Lines become rectangles, polygons stay; what is inside an odd number of them is dark. */
function pathDrawing(left: number, top: number): DrawingContext<Drawn> {
  let size = { width: 0, height: 0 };
  const parts: string[] = [];
  const polygon = (points: readonly (readonly [number, number])[]): void => { parts.push(`M${points.map(([x, y]) => `${x + left} ${y + top}`).join('L')}Z`); };
  const nothing = (): void => undefined; // neither code has text, hexagons or dots
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => { size = { width: width + 2 * left, height: height + 2 * top }; },
    line: (x0, y0, x1, y1, width) => {
      if (x0 !== x1) return; // a frame, which neither code has
      const from = x0 - Math.ceil(width / 2); // of a bar of odd width the middle is rounded up
      polygon([[from, y0], [from + width, y0], [from + width, y1], [from, y1]]);
    },
    polygon, hexagon: nothing, ellipse: nothing, fill: nothing, text: nothing,
    end: () => ({ ...size, path: parts.join('') }),
  };
}
