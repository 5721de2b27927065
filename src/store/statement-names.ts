/**
 * Names for the statements of Prisma that come again. What has a name is read and planned once by each connection; what
 * has none is read and planned every time, which costs a page of forty small questions more than answering them.
 */

/** From this time on that it is asked. */
const namedFrom = 3
/** Each connection keeps a plan for each name. */
const namedAtMost = 400
/** Asked once or twice, then forgotten. */
const countedAtMost = 4_000
/** Prisma writes a list of ids out, and one of many is seldom as long twice; statements by hand take it as one value. */
const longestList = 24

type Statement = { readonly sql: string; readonly args: readonly unknown[] }

/** The name of a statement, always the same for the same words; empty for one that stays without. */
export function makeStatementNames(): (statement: Statement) => string {
  const names = new Map<string, string>()
  const asked = new Map<string, number>()
  return ({ sql, args }) => {
    const name = names.get(sql)
    if (name !== undefined) return name
    const listed = args.length > longestList && sql.includes(' IN (')
    if (listed || names.size >= namedAtMost) return ''
    const times = (asked.get(sql) ?? 0) + 1
    if (times < namedFrom) {
      if (asked.size >= countedAtMost) asked.clear()
      asked.set(sql, times)
      return ''
    }
    asked.delete(sql)
    const fresh = `prisma_${names.size + 1}`
    names.set(sql, fresh)
    return fresh
  }
}
