// Why a live source gives nothing, in words: what Entra, Graph, LDAP and TLS say as codes. English.

/** Why a directory or tenant signs somebody in no further. */
export const WHY_REFUSED_EN: Readonly<Record<string, string>> = {
  wrong: 'name or password is wrong', 'not-now': 'not at this hour', 'not-here': 'not from this computer', 'password-expired': 'the password has expired', 'password-must-change': 'the password must be changed first',
  disabled: 'the account is disabled', 'account-expired': 'the account has expired', locked: 'the account is locked', 'policy-refuses': 'a policy of the domain lets this account not sign in this way (Protected Users, authentication policy)',
  declined: 'the sign-in was declined', expired: 'the code has expired', 'wrong-certificate': 'the certificate is not registered with the application', 'wrong-application': 'no such application in this tenant', 'application-disabled': 'the application is disabled in this tenant', 'wrong-tenant': 'no such tenant in this cloud', 'needs-consent': 'an administrator has to consent to the application first',
  'certificate-expired': 'the certificate of the application has expired', 'clock-wrong': 'the clock of this computer is wrong: what it signed counts as expired or not begun', 'no-public-client': 'the application allows no sign-in with a code: in its registration, under Authentication, “Allow public client flows” has to be on, or a certificate is used',
  'conditional-access': 'a Conditional Access policy refuses it: an administrator can except the application or this sign-in, or a certificate is used', 'conditional-device': 'a Conditional Access policy asks for a managed or compliant device: enter the code in a browser on such a one, or use a certificate', 'more-proof': 'a second factor is asked for and was not given', 'not-assigned': 'the account is not assigned to the application', 'other-tenant-account': 'the account is of another tenant', 'not-taken': 'the service does not take the sign-in any more: sign in again; if that changes nothing, a right is missing',
};

/** Why a directory or tenant could not be reached, or an import from it broke off. */
export const WHY_SOURCE_EN: Readonly<Record<string, string>> = {
  ENOTFOUND: 'DNS knows no such name here; check its spelling, and whether this computer is in the right network', EAI_AGAIN: 'DNS does not answer here',
  'https-refused': 'nothing answers there; a proxy may be needed (HTTPS_PROXY), or the one that is named is not there', ECONNREFUSED: 'nothing listens at that port; LDAPS is usually at 636, StartTLS at 389', ETIMEDOUT: 'no answer in time; a firewall may be in between', 'no-answer': 'no answer in time; a firewall may be in between', UND_ERR_CONNECT_TIMEOUT: 'no answer in time; a firewall or a proxy may be in between',
  EHOSTUNREACH: 'no way leads there from this network', ENETUNREACH: 'no way leads there from this network', ECONNRESET: 'it ended the connection; a server without a certificate offers no TLS', EPROTO: 'no TLS is spoken at that port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken at that port', ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no TLS is spoken at that port', ERR_SSL: 'no way to encrypt is known to both sides; its TLS may be too old',
  'start-tls-port': 'no TLS from the first byte at port 389: write ldap:// for StartTLS, or leave the port out', 'ldaps-port': 'no StartTLS at port 636: write ldaps://, or leave the port out', 'no-start-tls': 'it offers no StartTLS, so nothing was sent; a domain controller needs a certificate for that, another one may have it',
  'left-alone': 'it throttles what is asked of it, and wants to be left alone until {0} UTC', 'http-429': 'it throttles what is asked of it; try again in some minutes', 'http-503': 'it is not available; try again in some minutes', 'not-json': 'what answered is not Microsoft Graph; a proxy may be in between', 'wrong-next-page': 'the next page would be at another address, or one that was read already; the list can not be read to its end', 'endless-pages': 'page follows page and nothing new is on them; the list can not be read to its end',
  'connection-lost': 'the connection was lost', 'base-not-found': 'the base is not in this directory; check the distinguished name', 'no-rights': 'the account may not read there',
  'ldap-3': 'the server ran out of time; name one organizational unit after the other as base', 'ldap-4': 'the server gives no more at once and knows no pages; name one organizational unit after the other as base', 'ldap-11': 'the server gives no more at once; name one organizational unit after the other as base',
  'ldap-10': 'another server keeps that part of the directory; name that one, or a base of this one', 'ldap-13': 'the server wants an encrypted connection', 'ldap-51': 'the server is busy; try again, or another domain controller', 'ldap-52': 'the directory is not available there; try another domain controller', 'ldap-34': 'the base is no distinguished name such as OU=Laptops,DC=corp,DC=example',
  ADServerDownException: 'no domain controller with Active Directory Web Services (port 9389) answers', ADIdentityNotFoundException: 'the base is not in this directory; check the distinguished name', ADReferralException: 'another server keeps that part of the directory; name that one', AuthenticationException: 'Windows’ account is not accepted there', UnauthorizedAccessException: 'the account may not read there',
};

/** Why a server's certificate is not trusted. */
export const WHY_CERTIFICATE_EN: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed', SELF_SIGNED_CERT_IN_CHAIN: 'no authority known to this computer issued it', UNABLE_TO_GET_ISSUER_CERT: 'no authority known to this computer issued it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'no authority known to this computer issued it', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'no authority known to this computer issued it',
  CERT_HAS_EXPIRED: 'it has expired, or the clock of this computer is wrong', CERT_NOT_YET_VALID: 'it is not valid yet, or the clock of this computer is wrong', CERT_REVOKED: 'it was revoked', CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name than the one that was called: call the server by a name the certificate has', INVALID_PURPOSE: 'it is not for a server',
};
