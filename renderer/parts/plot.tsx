// Bars over the hours of a day, drawn by uPlot: nothing inline, so that it works under the strict CSP. The numbers stand beside it as text for everybody who sees no drawing.
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './plot.module.css';

export interface PlotSeries { readonly label: string; /** A token of the theme. */ readonly color: string; readonly values: readonly number[]; /** Told apart by shape as well: where the system sets the colours, all bars have one. */ readonly hatched?: boolean }

const HEIGHT = 168;

/** @param seconds Beginnings of the hours, seconds since 1970 UTC. @param theme Redrawn when it changes: a drawing has the colours it was made with. */
export function HourBars({ label, seconds, series, language, theme }: { readonly label: string; readonly seconds: readonly number[]; readonly series: readonly PlotSeries[]; readonly language: string; readonly theme: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const font = getComputedStyle(element).fontFamily;
    // The value of a token is light and dark in one; a colour that was computed is what a canvas takes.
    const token = (name: string): string => { element.style.color = `var(${name})`; const { color } = getComputedStyle(element); element.style.color = ''; return color; };
    const hour = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const number = new Intl.NumberFormat(language);
    const axis = { stroke: token('--ink-3'), grid: { stroke: token('--line'), width: 1 }, ticks: { show: false }, font: `12px ${font}` };
    // Each series beside the other: half an hour of room in the hour for each.
    const bars = UPlot.paths.bars;
    const plot = new UPlot({
      width: element.clientWidth, height: HEIGHT, legend: { show: false }, cursor: { show: false }, padding: [8, 8, 0, 0],
      scales: { x: { time: true, range: (_plot, from, to) => [from - 1800, to + 1800] }, y: { range: (_plot, _from, to) => [0, Math.max(4, to * 1.1)] } },
      axes: [{ ...axis, grid: { show: false }, values: (_plot, splits) => splits.map((at) => hour.format(at * 1000)) }, { ...axis, size: 44, values: (_plot, splits) => splits.map((value) => (Number.isInteger(value) ? number.format(value) : '')) }],
      series: [{}, ...series.map(({ label: name, color, hatched = false }, index) => ({ label: name, fill: hatched ? hatching(token(color)) : token(color), stroke: token(color), width: hatched ? 1 : 0, points: { show: false }, ...(bars === undefined ? {} : { paths: bars({ size: [0.36, 28], align: index === 0 ? -1 : 1 }) }) }))],
    }, [[...seconds], ...series.map(({ values }) => [...values])], element);
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [seconds, series, language, theme]);
  return <div ref={place} className={styles['plot']} role="img" aria-label={label} />;
}

const TILE_PX = 6;

/** Lines from the lower left to the upper right, as in the bar of states. */
function hatching(color: string): () => CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = TILE_PX;
  tile.height = TILE_PX;
  const context = tile.getContext('2d');
  if (context === null) return () => color;
  context.strokeStyle = color;
  context.lineWidth = 2;
  for (const shift of [-TILE_PX, 0, TILE_PX]) {
    context.moveTo(shift - 1, TILE_PX + 1);
    context.lineTo(shift + TILE_PX + 1, -1);
  }
  context.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  return () => pattern ?? color;
}
