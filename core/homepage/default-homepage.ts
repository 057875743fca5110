import type { Domain } from '../domains/types.ts';
import type { HomepageDefinition } from './types.ts';

const kept = new WeakMap<object, HomepageDefinition>();

const made = ({ title, description, actions }: Domain): HomepageDefinition => {
  const [first] = actions;
  return {
    heroes: [
      {
        id: 'welcome',
        title,
        subtitle: description,
        ctaText: first?.title ?? 'Look around',
        ctaTarget: first?.target ?? '/',
      },
    ],
    sections: { featuredProjects: ['project'], testimonials: ['testimonial'], services: ['service'] },
  };
};

/** The homepage of a product; one without `homepage.json` gets its title, its first action and what the catalogue has of the usual types. */
export const homepageOf = (domain: Domain): HomepageDefinition => {
  if (domain.homepage) return domain.homepage;
  const known = kept.get(domain);
  if (known) return known;
  const definition = made(domain);
  kept.set(domain, definition);
  return definition;
};
