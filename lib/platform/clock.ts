/** What time it is. Only edges (routes, jobs, commands) hold a clock; below them instants are arguments. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
