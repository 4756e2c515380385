/**
 * What a page may load: our own files, and of inline scripts only those that carry this answer's nonce. Styles may be inline,
 * because charts and menus place things by style attributes. `isDevelopment`: React rebuilds stack traces with eval.
 */
export const contentSecurityPolicy = (nonce: string, isDevelopment = false): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
