/** The most copies of an environment: each is objects of its own, a kilobyte or more. */
export const MOST_COPIES = 2 ** 18;
