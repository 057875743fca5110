/** The product that the deploy test deploys: the one whose nights make homepages, too. */
export const DOMAIN = 'film';
