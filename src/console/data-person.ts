/** Whom an address of data protection names: for everybody else there is no such page. */
import type { FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { opensPerson } from '../store/person.ts'
import { mayErase } from '../turn/act-erase.ts'
import { askingOf, type Console } from './asked.ts'

/** The person, for data protection that may see them; fails with `person:not_found`. */
export async function dataPersonOf({ database }: Console, request: FastifyRequest): Promise<string> {
  const { staff } = askingOf(request)
  const { id } = request.params as { id: string }
  if (!mayErase(staff) || !(await opensPerson(database.prisma, staff, id)))
    throw new Failure('person:not_found')
  return id
}
