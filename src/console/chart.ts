/**
 * Charts as pictures, drawn on the server: columns and a line by week. Readable in grey and in print, because colours
 * differ in darkness, and the page has the figures in a table behind them. The picture follows the reader's light or dark
 * by itself, since the page's style does not reach into it.
 */
import { BarChart, type BarSeriesOption, LineChart, type LineSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer])

type Option = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption>

/** The tokens of assets/tokens.css that a picture needs, in light and dark. */
const colours = {
  accent: ['#2f3a83', '#aab4f5'],
  ochre: ['#c98a1b', '#efc272'],
  red: ['#9c2f1d', '#f4a493'],
  ink: ['#26221c', '#ece8e0'],
  soft: ['#5f574b', '#b3ac9f'],
  line: ['#dcd5c7', '#3b3944'],
} as const

type Colour = keyof typeof colours

export type Series = {
  readonly name: string
  readonly shape: 'column' | 'line'
  readonly colour: Colour
  /** One for each label; what is not known is a gap. */
  readonly values: readonly (number | undefined)[]
}

export type Chart = {
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  /** Written behind the numbers of the scale. */
  readonly unit?: string
  /** The top of the scale, where it is known. */
  readonly most?: number
  /** Names and not times: each is written out. */
  readonly named?: true
}

/** A picture for a desk, or a narrow one for a phone, whose letters must not shrink with it. */
export type ChartSize = 'wide' | 'narrow'
export const chartSizes: Readonly<Record<ChartSize, { readonly width: number; readonly height: number }>> = {
  wide: { width: 480, height: 240 },
  narrow: { width: 320, height: 240 },
}

/** The picture as an SVG document. */
export function drawChart(chart: Chart, size: ChartSize): string {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, ...chartSizes[size] })
  try {
    canvas.setOption(optionOf(chart, size))
    return withDark(canvas.renderToSVGString())
  } finally {
    canvas.dispose()
  }
}

const light = (colour: Colour) => colours[colour][0]
const text = { color: light('soft'), fontSize: 12, fontFamily: "system-ui, 'Noto Sans', sans-serif" }

function optionOf({ labels, series, unit = '', most, named }: Chart, size: ChartSize): Option {
  const room = (chartSizes[size].width - 78) / Math.max(1, labels.length) - 6
  return {
    animation: false,
    textStyle: text,
    grid: { left: 44, right: 34, top: 40, bottom: named ? 60 : 28 },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 16,
      itemHeight: 10,
      textStyle: { ...text, color: light('ink') },
      selectedMode: false,
    },
    xAxis: {
      type: 'category',
      data: [...labels],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: light('soft') } },
      axisLabel: named
        ? { ...text, interval: 0, width: room, overflow: 'break' }
        : {
            ...text,
            interval:
              labels.length < 7 ? 0 : Math.max(size === 'wide' ? 1 : 2, Math.floor(labels.length / 8)),
          },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: most,
      minInterval: 1,
      ...(most === undefined ? { splitNumber: 4 } : { interval: most / 4 }),
      axisLabel: { ...text, formatter: `{value}${unit}` },
      splitLine: { lineStyle: { color: light('line') } },
    },
    series: series.map((one) => (one.shape === 'column' ? columnOf(one) : lineOf(one, unit))),
  }
}

function columnOf({ name, colour, values }: Series): BarSeriesOption {
  const color = light(colour)
  return {
    name,
    type: 'bar',
    barGap: '10%',
    barCategoryGap: '35%',
    itemStyle: { color },
    data: dataOf(values),
  }
}

function lineOf({ name, colour, values }: Series, unit: string): LineSeriesOption {
  const color = light(colour)
  const last = values.findLastIndex((value) => value !== undefined)
  return {
    name,
    type: 'line',
    symbol: 'circle',
    symbolSize: 6,
    lineStyle: { color, width: 2.5 },
    itemStyle: { color },
    data: dataOf(values).map((value, index) => ({
      value,
      label: {
        ...text,
        show: unit !== '' && index === last,
        color: light('ink'),
        formatter: `{c}${unit}`,
        position: 'top',
      },
    })),
  }
}

function dataOf(values: Series['values']): (number | '-')[] {
  return values.map((value) => value ?? '-')
}

/** Every colour was given as it is in the light: in the dark each stands for its other half. */
function withDark(svg: string): string {
  const rules = Object.values(colours).flatMap(([bright, dark]) =>
    ['fill', 'stroke'].map((paint) => `[${paint}="${bright}"]{${paint}:${dark}}`),
  )
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`
  return svg.replace(/^(<svg[^>]*>)/, `$1${style}`)
}
