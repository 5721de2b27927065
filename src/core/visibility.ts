/**
 * Who may know what. `open`: staff of the queue, the case and the office. `restricted`: only members of the request's
 * queue. `sealed`: only its named holders, and for everybody else it does not exist.
 */
export const visibilities = ['open', 'restricted', 'sealed'] as const
export type Visibility = (typeof visibilities)[number]
