// What is left, hour by hour: as it was, then as wide as the estimate is. Nights are shaded; blocked hosts stand at the foot. The numbers stand beside it as text.
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { endOfDrawing, HOUR_S, spanOf } from './drawing-span.ts';
import styles from './plot.module.css';
import { useTextSize } from './use-text-size.ts';

export interface BurnDown {
  /** Ends of the hours, seconds since 1970 UTC, the last is now; what was down then, and what of it was blocked. */
  readonly seconds: readonly number[]; readonly down: readonly number[]; readonly blocked: readonly number[];
  /** What the estimate expects on the way to its three ends; null: it says nothing. */
  readonly ahead: { readonly earliest: number; readonly likely: number; readonly latest: number; readonly path: readonly { readonly share: number; readonly left: number }[] } | null;
}

const POINTS_AHEAD = 96;
const NIGHT = { from: 20, to: 6 } as const;

/** @param heightRem Height in the size of the text, so that a wall has a larger one. */
export function BurnDownPlot({ label, now, course, heightRem, language, theme, scale }: { readonly label: string; readonly now: string; readonly course: BurnDown; readonly heightRem: number; readonly language: string; readonly theme: string; readonly scale: string }) {
  const place = useRef<HTMLDivElement>(null);
  const textSize = useTextSize();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const token = (name: string): string => { element.style.color = `var(${name})`; const { color } = getComputedStyle(element); element.style.color = ''; return color; };
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const px = (size: number): number => Math.round(size * rem);
    const size = (): { width: number; height: number } => ({ width: element.clientWidth, height: px(heightRem) });
    const font = `${px(0.75)}px ${getComputedStyle(element).fontFamily}`;
    const [ink, faint, line, night, accent, blocked] = ['--ink-1', '--ink-3', '--line', '--surface-inset', '--accent-fill', '--blocked-fill'].map(token) as [string, string, string, string, string, string];
    const [weekday, dayOfMonth] = [new Intl.DateTimeFormat(language, { weekday: 'short' }), new Intl.DateTimeFormat(language, { day: 'numeric' })];
    const day = { format: (at: number): string => `${weekday.format(at)} ${dayOfMonth.format(at)}` };
    const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const number = new Intl.NumberFormat(language);
    const data = dataOf(course);
    const at = course.seconds.at(-1) ?? 0;
    const translucent = (color: string, alpha: number): string => `rgb(${(color.match(/[\d.]+/g) ?? []).slice(0, 3).join(' ')} / ${String(alpha)})`;
    const axis = { stroke: faint, ticks: { show: false }, font };
    const plot = new UPlot({
      ...size(), legend: { show: false }, cursor: { show: false }, padding: [px(0.9), px(1.6), 0, 0],
      scales: { x: { time: true, range: () => spanOf(data[0]) }, y: { range: (_plot, _from, to) => [0, Math.max(4, to * 1.06)] } },
      axes: [
        { ...axis, grid: { show: false }, size: px(1.75), space: px(4.5), values: (_plot, splits, _axis, _space, step) => splits.map((second) => (step >= 86_400 || new Date(second * 1000).getHours() === 0 ? day : clock).format(second * 1000)) },
        { ...axis, grid: { stroke: line, width: 1 }, size: px(3.4), space: px(2), values: (_plot, splits) => splits.map((value) => (Number.isInteger(value) ? number.format(value) : '')) },
      ],
      series: [
        {}, { stroke: blocked, width: 1, fill: translucent(blocked, 0.3), points: { show: false } },
        { stroke: translucent(accent, 0.5), width: 1, points: { show: false } }, { stroke: translucent(accent, 0.5), width: 1, points: { show: false } },
        { stroke: accent, width: px(0.125), dash: [px(0.3), px(0.3)], points: { show: false } }, { stroke: ink, width: px(0.14), points: { show: false } },
      ],
      bands: [{ series: [3, 2], fill: translucent(accent, 0.18) }],
      hooks: {
        drawClear: [({ ctx, bbox, valToPos, scales }) => {
          ctx.fillStyle = night;
          const [from, to] = [scales['x']?.min ?? 0, scales['x']?.max ?? 0];
          for (const [begins, ends] of nightsBetween(from, to)) {
            const left = valToPos(Math.max(begins, from), 'x', true);
            ctx.fillRect(left, bbox.top, valToPos(Math.min(ends, to), 'x', true) - left, bbox.height);
          }
        }],
        draw: [({ ctx, bbox, valToPos }) => {
          const x = valToPos(at, 'x', true);
          ctx.fillStyle = ink;
          ctx.fillRect(Math.round(x), bbox.top, Math.max(1, devicePixelRatio), bbox.height);
          ctx.beginPath();
          ctx.arc(x, valToPos(course.down.at(-1) ?? 0, 'y', true), px(0.25) * devicePixelRatio, 0, 2 * Math.PI);
          ctx.fill();
          ctx.font = `${String(px(0.75) * devicePixelRatio)}px ${getComputedStyle(element).fontFamily}`;
          ctx.fillStyle = faint;
          const isLeft = x < bbox.left + bbox.width * 0.8;
          ctx.textAlign = isLeft ? 'left' : 'right';
          ctx.textBaseline = 'top';
          ctx.fillText(now, x + (isLeft ? 1 : -1) * px(0.4) * devicePixelRatio, bbox.top);
        }],
      },
    }, data, element);
    const watch = new ResizeObserver(() => plot.setSize(size()));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [course, heightRem, language, theme, now, scale, textSize]);
  return <div ref={place} className={styles['burnDown']} role="img" aria-label={label} />;
}

/** One row of instants for all: those seen, then those to come. */
function dataOf({ seconds, down, blocked, ahead }: BurnDown): UPlot.AlignedData {
  const now = seconds.at(-1) ?? 0;
  const toCome = ahead === null ? [] : Array.from({ length: POINTS_AHEAD }, (_, index) => now + ((index + 1) / POINTS_AHEAD) * Math.max(HOUR_S, endOfDrawing({ seconds, ahead }) - now) * 1.04);
  const nothing = toCome.map(() => null);
  const before = seconds.map((_, index) => (index === seconds.length - 1 ? down[index] ?? 0 : null));
  const towards = (end: number): (number | null)[] => (ahead === null ? [] : [...before, ...toCome.map((second) => leftAt(ahead.path, end <= now ? 1 : (second - now) / (end - now)))]);
  return [[...seconds, ...toCome], [...blocked, ...nothing], ...(ahead === null ? [before, before, before] : [towards(ahead.earliest), towards(ahead.latest), towards(ahead.likely)]), [...down, ...nothing]];
}

function leftAt(path: readonly { readonly share: number; readonly left: number }[], share: number): number {
  const next = path.findIndex((point) => point.share >= share);
  if (next < 0) return path.at(-1)?.left ?? 0;
  const [one, other] = [path[Math.max(0, next - 1)], path[next]];
  if (one === undefined || other === undefined || other.share === one.share) return other?.left ?? 0;
  return one.left + ((other.left - one.left) * (share - one.share)) / (other.share - one.share);
}

/** By the desk's own clock. */
function nightsBetween(from: number, to: number): [number, number][] {
  const evening = new Date(from * 1000);
  evening.setHours(NIGHT.from - 24, 0, 0, 0);
  const nights: [number, number][] = [];
  for (let begins = evening.getTime() / 1000; begins < to && nights.length < 400; begins += 24 * HOUR_S) nights.push([begins, begins + (24 - NIGHT.from + NIGHT.to) * HOUR_S]);
  return nights.filter(([, ends]) => ends > from);
}
