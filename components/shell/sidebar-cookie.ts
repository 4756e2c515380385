/** Remembers "narrow" or "wide"; read by the server, so that the page is drawn right the first time. */
export const SIDEBAR_COOKIE = "sidebar";
