// What people call a tenant, and what stands for it in a sign-in address.

/**
 * @param text Untrusted: its ID, a domain of it, and what is copied for one of them: an address of the portal, a sign-in address, the name of an account, an ID in braces.
 * @returns The ID or the domain alone, of letters beyond ASCII as DNS has them; what is neither as it came.
 */
export function toTenantName(text: string): string {
  const bare = text.trim().replace(/^https?:\/\/(?:login\.[^/]+\/)?/i, '').replace(/[/?#].*$/, '').replace(/^.*@/, '').replace(/^\{([^}]*)\}$/, '$1').replace(/\.$/, '');
  return /^[\p{ASCII}]*$/u.test(bare) || /\s/.test(bare) ? bare : (URL.parse(`https://${bare}`)?.hostname ?? bare);
}
