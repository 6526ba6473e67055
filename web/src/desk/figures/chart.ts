// Chart.js, only the parts that draw shares: bars by area or squad, a line by month. Words come with the figures.
import { BarController, BarElement, CategoryScale, Chart, LineController, LineElement, LinearScale, PointElement, Tooltip, type ChartConfiguration } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LineController, LineElement, LinearScale, PointElement, Tooltip)

export interface ChartLine {
  name: string
  /** From 0 to 1; none is left empty, never drawn as zero. */
  share: number | null
  of: string
}

export interface Look {
  ink: string
  muted: string
  grid: string
  fill: string
  font: string
}

/** Many rows lie on their side, so that their names can be read. */
const MOST_UPRIGHT = 6
const SHORT = 9

export function draw(canvas: HTMLCanvasElement, kind: 'bar' | 'line', lines: ChartLine[], look: Look): Chart {
  return new Chart(canvas, kind === 'bar' ? bars(lines, look) : curve(lines, look))
}

function bars(lines: ChartLine[], look: Look): ChartConfiguration<'bar', (number | null)[]> {
  const lies = lines.length > MOST_UPRIGHT
  return {
    type: 'bar',
    data: { labels: lines.map(({ name }) => short(name)), datasets: [{ data: percents(lines), backgroundColor: look.fill, borderRadius: 4, maxBarThickness: 44, minBarLength: 2 }] },
    options: { ...common(lines, look), indexAxis: lies ? 'y' : 'x', scales: { [lies ? 'x' : 'y']: percentAxis(look), [lies ? 'y' : 'x']: nameAxis(look) } },
  }
}

function curve(lines: ChartLine[], look: Look): ChartConfiguration<'line', (number | null)[]> {
  return {
    type: 'line',
    data: { labels: lines.map(({ name }) => name), datasets: [{ data: percents(lines), borderColor: look.fill, backgroundColor: look.fill, borderWidth: 2.5, pointRadius: 4, spanGaps: false, clip: 8 }] },
    options: { ...common(lines, look), scales: { y: percentAxis(look), x: nameAxis(look) } },
  }
}

const percents = (lines: ChartLine[]) => lines.map(({ share }) => (share === null ? null : Math.round(share * 10_000) / 100))
/** What tells long names of one town apart stands at their end. */
const short = (name: string) => (name.length > SHORT ? `…${name.slice(-SHORT)}` : name)

function common(lines: ChartLine[], look: Look) {
  return {
    animation: false as const,
    maintainAspectRatio: false,
    font: { family: look.font, size: 14 },
    plugins: { tooltip: { displayColors: false, callbacks: { title: ([one]: { dataIndex: number }[]) => lines[one?.dataIndex ?? 0]?.name ?? '', label: ({ dataIndex, formattedValue }: { dataIndex: number; formattedValue: string }) => `${formattedValue}%　${lines[dataIndex]?.of ?? ''}` } } },
  }
}

const percentAxis = (look: Look) => ({
  min: 0,
  max: 100,
  border: { display: false },
  grid: { color: look.grid },
  ticks: { stepSize: 25, color: look.muted, font: { family: look.font, size: 14 }, callback: (value: string | number) => `${value}%` },
})
const nameAxis = (look: Look) => ({ grid: { display: false }, border: { color: look.grid }, ticks: { color: look.ink, font: { family: look.font, size: 14 }, autoSkip: false } })
