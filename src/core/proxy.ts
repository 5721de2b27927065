/**
 * A relative who writes for somebody, as that person agreed: about some matters, until a day. What they write is the
 * person's; what staff answer goes to the person and never to them.
 */
export const proxyMatters = ['need', 'followup', 'info'] as const
export type ProxyMatter = (typeof proxyMatters)[number]

/** How staff heard that the person agrees. */
export const proxyMedia = ['came', 'called', 'wrote'] as const
export type ProxyMedium = (typeof proxyMedia)[number]

/** Whoever still needs it says so again. */
export const proxyDaysAtMost = 365
